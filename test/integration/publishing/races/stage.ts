import { newId } from '../../../../src/common/ids/index.js';
import { EventRelay } from '../../../../src/common/events/index.js';
import { Skipped, Suspended } from '../../../../src/modules/publishing/engine.signals.js';
import { LedgerRepository } from '../../../../src/modules/publishing/ledger.repository.js';
import type { PublicationRun } from '../../../../src/modules/publishing/publication.run.js';
import { PublicationRepository } from '../../../../src/modules/publishing/publication.repository.js';
import { RunLoader } from '../../../../src/modules/publishing/run.loader.js';
import { RunOutcome } from '../../../../src/modules/publishing/run.outcome.js';
import { PublishError } from '../../../../src/platforms/core/index.js';
import type { Engine } from '../../../support/engine/engine.js';

/** A publication that two are about to change. */
export interface Subject {
  readonly id: string;
  readonly postId: string;
  readonly planId: string;
}

/** One that a run has, as the process of that run sees it. */
export interface Running extends Subject {
  readonly run: PublicationRun;
}

/** One with a call under way, of which nothing has been heard. */
export interface Calling extends Running {
  readonly callId: string;
}

export const part = 'part:0';

/** What the platform made of the call, if it did. */
export const made = (id: string) => ({
  platformPostId: `made-${id}`,
  permalink: `https://fake.example/made-${id}`,
});

export const refusal = (): PublishError =>
  new PublishError({
    kind: 'transient',
    code: 'fake.gone',
    message: 'It does not work.',
    remedy: 'Retry it.',
  });

/** Brings publications into each of their states, by the engine's own code, on accounts of their own. */
export class Stage {
  private accounts = 0;

  constructor(readonly engine: Engine) {}

  async rowOf(id: string): Promise<Record<string, unknown>> {
    const [row] = await this.engine.rows('SELECT * FROM publications WHERE id = $1', [id]);
    if (row === undefined) throw new Error(`publication ${id} is gone`);
    return row;
  }

  /** The platform's id that the commit is done by. */
  async resultOf(id: string): Promise<unknown> {
    const [commit] = await this.engine.rows(
      `SELECT result ->> 'platformPostId' AS result FROM commits WHERE publication_id = $1 AND key = $2`,
      [id, part],
    );
    return commit?.['result'];
  }

  /** The permalinks of each duplicate that was told. */
  async duplicatesOf(id: string): Promise<unknown[]> {
    const told = await this.engine.rows(
      `SELECT data -> 'permalinks' AS permalinks FROM outbox
        WHERE type = 'publishing.duplicate-detected' AND data ->> 'publicationId' = $1`,
      [id],
    );
    return told.map((event) => event['permalinks']);
  }

  async wakeNoOf(id: string): Promise<number> {
    return Number((await this.rowOf(id))['wake_no']);
  }

  /** Planned for now; nobody has it. One for each account. */
  async waiting(accounts = 1): Promise<[Subject, ...Subject[]]> {
    const ids: string[] = [];
    for (let each = 0; each < accounts; each += 1) ids.push(await this.account());
    const postId = await this.engine.post({ accounts: ids });
    await this.engine.app.get(EventRelay).drain();
    const [first, ...more] = await this.subjectsOf(postId);
    if (first === undefined) throw new Error('nothing was planned');
    return [first, ...more];
  }

  async running(subject?: Subject): Promise<Running> {
    const chosen = subject ?? (await this.waiting())[0];
    const { workspaceId } = this.engine;
    const ref = { workspaceId, publicationId: chosen.id, wakeNo: await this.wakeNoOf(chosen.id) };
    const run = await this.engine.app.get(RunLoader).load(ref);
    if (run === null) throw new Error('it could not be claimed');
    return { ...chosen, run };
  }

  async withPlatform(): Promise<Subject> {
    const running = await this.running();
    await this.outcome.after(running.run, new Suspended('look', 0, 'with_platform'));
    return running;
  }

  async calling(): Promise<Calling> {
    const running = await this.running();
    const callId = newId();
    if (!(await this.openCall(running, callId))) throw new Error('the call was not opened');
    return { ...running, callId };
  }

  /** The fence of a call, as a commit passes it. */
  openCall({ id, run }: Running, callId = newId()): Promise<boolean> {
    return this.engine.unitOfWork.run(
      this.engine.workspaceId,
      async () => {
        const ledger = this.engine.app.get(LedgerRepository);
        const attemptId = run.attemptId ?? newId();
        const { opened } = await ledger.openCall({
          id: callId,
          publicationId: id,
          accountId: run.publication.accountId,
          brandId: null,
          attemptId,
          contentRevision: run.contentRevision,
          key: part,
          token: run.token,
          requestHash: 'hash',
          fingerprint: id,
          request: {},
          deadlineMs: 60_000,
          repeatSafeForMs: null,
        });
        const commit = opened ? await ledger.findCommit(id, run.contentRevision, part) : null;
        if (commit !== null) run.commits.set(part, commit);
        return opened;
      },
      { durable: true },
    );
  }

  /** Looks have proven, as far as looks can, that the call created nothing. */
  async calledAbsent(): Promise<Calling> {
    const calling = await this.calling();
    await this.engine.unitOfWork.run(this.engine.workspaceId, async () => {
      const ledger = this.engine.app.get(LedgerRepository);
      const commit = await ledger.findCommit(calling.id, calling.run.contentRevision, part);
      if (commit === null) throw new Error('there is no commit');
      await ledger.judge(commit, 'absent');
      await ledger.clearIfProven(commit);
    });
    calling.run.commits.clear();
    return calling;
  }

  async failed(calling?: Calling): Promise<Subject> {
    const running = calling ?? (await this.running());
    // The third retry has failed as well.
    running.run.publication.retries = 3;
    await this.outcome.after(running.run, refusal());
    return running;
  }

  async unconfirmed(): Promise<Calling> {
    const calling = await this.calling();
    await this.outcome.unconfirmed(calling.run, 'Nobody can tell.');
    return calling;
  }

  async skipped(): Promise<Subject> {
    const running = await this.running();
    await this.outcome.after(running.run, new Skipped('too_late'));
    return running;
  }

  /** Later than its post allows; a person is asked. */
  async asking(): Promise<Subject> {
    const running = await this.running();
    const { id, token } = running.run;
    await this.engine.unitOfWork.run(this.engine.workspaceId, () =>
      this.engine.app.get(PublicationRepository).askWhetherLate(id, token),
    );
    await this.outcome.after(running.run, new Suspended('hold', 3_600_000));
    return running;
  }

  /** Out, but for the second part of its thread. */
  async incomplete(): Promise<Subject> {
    const { engine } = this;
    engine.server.fates.push(
      { kind: 'hold', until: Promise.resolve(), reached: () => undefined },
      { kind: 'status', status: 400 },
    );
    const postId = await engine.post({ thread: ['two'], accounts: [await this.account()] });
    await engine.settle();
    return this.onlyOf(postId);
  }

  /** Written for later; neither occurrence nor plan is made. */
  async written(inMs: number): Promise<string> {
    return this.engine.post({ accounts: [await this.account()], inMs });
  }

  get outcome(): RunOutcome {
    return this.engine.app.get(RunOutcome);
  }

  async onlyOf(postId: string): Promise<Subject> {
    const [only] = await this.subjectsOf(postId);
    if (only === undefined) throw new Error('nothing was planned');
    return only;
  }

  private async subjectsOf(postId: string): Promise<Subject[]> {
    const rows = await this.engine.rows(
      'SELECT id, plan_id AS "planId" FROM publications WHERE post_id = $1 ORDER BY id',
      [postId],
    );
    return rows.map((row) => ({ postId, id: String(row['id']), planId: String(row['planId']) }));
  }

  private account(): Promise<string> {
    this.accounts += 1;
    return this.engine.connect(`race${this.accounts}`);
  }
}
