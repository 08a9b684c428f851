import { isEnd } from '../../../src/modules/publishing/publication.states.js';
import type { Backend } from '../database/backends.js';
import { kindOf } from '../platform/kinds.js';
import type { Entry, Mark, VisibleRequest } from '../platform/model.platforms.js';
import type { SimulatedProcess, Task } from '../world/processes.js';
import { checkLedger } from './ledger.checks.js';
import { checkPlans, checkRows } from './row.checks.js';
import { type CallRow, emptySnapshot, type PublicationRow, readSnapshot, type Snapshot } from './snapshot.js';
import { demand, Violation } from './violation.js';

/** A request that has left a process. */
export interface Sent {
  readonly mark: Mark;
  readonly callId: string;
  readonly platform: string;
  readonly process: SimulatedProcess;
  readonly at: number;
  /** What it made visible, now or later. */
  entry: Entry | null;
  /** Whether the answer came to the process that had asked. */
  answered: boolean;
}

/** What people were told and may rely on from then on. */
export class Promises {
  readonly canceled = new Set<string>();
  /** `scope/subject` of holds that were answered and not resumed. */
  readonly held = new Set<string>();
}

/** Who may write to the rows of a publication: the task that has claimed it. */
export type Owners = Map<string, number>;

export interface History {
  readonly before: Snapshot;
  readonly now: Snapshot;
  readonly sent: readonly Sent[];
  readonly entries: readonly Entry[];
  readonly owners: Owners;
  readonly promises: Promises;
  /** Who has committed. */
  readonly task: Task;
  readonly time: number;
}

const sendWindowMs = 5_000;

/** Looks at everything after each transaction that has written something, at each request, and once more at rest. */
export class Checks {
  snapshot: Snapshot = emptySnapshot;
  /** What was found where the engine would take it for a failure of its own call. */
  failure: Violation | null = null;
  readonly sentRequests: Sent[] = [];
  readonly entries: Entry[] = [];
  readonly promises = new Promises();
  private readonly owners: Owners = new Map();
  private readonly settledRevisions = new Set<string>();
  private lastSeq = 0;

  constructor(
    private readonly control: Backend,
    private readonly time: { readonly now: number },
    private readonly here: {
      task(): Task;
      /** Whether a transaction is open where the request comes from. */
      transactionIsOpen(): boolean;
    },
  ) {}

  async afterCommit(task: Task): Promise<void> {
    const before = this.snapshot;
    const now = await readSnapshot(this.control, this.lastSeq);
    this.snapshot = now;
    this.checkFeed(now);
    const { sentRequests: sent, entries, owners, promises } = this;
    const history = { before, now, sent, entries, owners, promises, task, time: this.time.now };
    checkRows(history);
    checkPlans(history);
    checkLedger(history);
  }

  /** The first byte of a visible request is about to be written. Answers when its call ends at the latest. */
  sent(request: VisibleRequest, platform: string): { sent: Sent; deadlineAt: number } {
    return this.keeping(() => this.checkSent(request, platform));
  }

  /** The platform shows something new, now or from a time that is decided. */
  appeared(entry: Entry): void {
    this.keeping(() => this.checkAppeared(entry));
  }

  private keeping<T>(check: () => T): T {
    try {
      return check();
    } catch (error) {
      if (error instanceof Violation) this.failure ??= error;
      throw error;
    }
  }

  private checkSent({ mark }: VisibleRequest, platform: string): { sent: Sent; deadlineAt: number } {
    const { process } = this.here.task();
    const row = this.publication(mark.publicationId);
    const call = this.lastCall(mark);
    demand(!this.here.transactionIsOpen(), '15', () => `a transaction is open during ${where(mark)}`);
    demand(call !== undefined, '2', () => `no call is recorded for ${where(mark)}`);
    demand(
      call.outcome === null,
      '2',
      () => `the last call of ${where(mark)} has ended as ${call.outcome ?? ''}`,
    );
    demand(
      !this.sentRequests.some(({ callId }) => callId === call.id),
      '2',
      () => `call ${call.no} of ${where(mark)} is sent twice`,
    );
    const late = this.time.now - call.started_at;
    demand(late <= sendWindowMs, '2', () => `${where(mark)} is sent ${late} ms after its call was recorded`);
    demand(
      this.time.now >= row.due,
      '14',
      () => `${where(mark)} goes out ${row.due - this.time.now} ms early`,
    );
    demand(row.content_revision === mark.revision, '9', () => `${where(mark)} says what was edited away`);
    demand(
      row.state !== 'canceled' && !this.promises.canceled.has(row.id),
      '9',
      () => `${where(mark)} goes out although it was canceled`,
    );
    const made: Sent = {
      mark,
      callId: call.id,
      platform,
      process,
      at: this.time.now,
      entry: null,
      answered: false,
    };
    this.sentRequests.push(made);
    return { sent: made, deadlineAt: call.started_at + kindOf(platform).callDeadlineMs };
  }

  private checkAppeared(entry: Entry): void {
    const { mark } = entry;
    const twin = this.entries.find(
      (other) =>
        other.mark.publicationId === mark.publicationId &&
        other.mark.revision === mark.revision &&
        other.mark.commit === mark.commit,
    );
    demand(twin === undefined, '1', () => `${where(mark)} is in the inbox twice`);
    const { post, account } = this.publication(mark.publicationId);
    const again = this.entries.find((other) => {
      const row = this.publication(other.mark.publicationId);
      return row.post === post && row.account === account && other.mark.commit === mark.commit;
    });
    demand(again === undefined, '1', () => `${mark.commit} of post ${post} is on ${entry.account} twice`);
    this.entries.push(entry);
    const sent = this.sentRequests.at(-1);
    if (sent !== undefined) sent.entry = entry;
    this.checkThread(entry);
  }

  publication(id: string): PublicationRow {
    const row = this.snapshot.publications.find((candidate) => candidate.id === id);
    demand(row !== undefined, '10', () => `publication ${id} does not exist`);
    return row;
  }

  /** Nothing is left to do. */
  atRest(): void {
    const { publications, plans, deliveries, unnumbered, calls, commits } = this.snapshot;
    for (const row of publications) {
      demand(isEnd(row.state), '7', () => `publication ${row.id} is ${row.state} for ever`);
      const own = this.entries.filter(({ mark }) => mark.publicationId === row.id);
      const out = own.length > 0;
      if (row.state === 'failed' || row.state === 'skipped' || row.state === 'canceled')
        demand(!out, '6', () => `publication ${row.id} is ${row.state} but live`);
      if (row.state === 'published') demand(out, '6', () => `publication ${row.id} is published but nowhere`);
      if (row.state === 'unconfirmed')
        demand(
          commits.some((commit) => commit.publication === row.id && commit.state === 'open') || out,
          '6',
          () => `publication ${row.id} is unconfirmed without anything to judge`,
        );
    }
    for (const plan of plans) demand(plan.settled, '7', () => `plan ${plan.id} has never settled`);
    demand(unnumbered === 0, '11', () => `${unnumbered} events have no number`);
    demand(deliveries.length === 0, '11', () => `${deliveries.length} deliveries are pending for ever`);
    for (const { callId, answered, process, mark } of this.sentRequests) {
      if (!answered || !process.alive) continue;
      const call = calls.find(({ id }) => id === callId);
      demand(call !== undefined && call.outcome !== null, '5', () => `the answer to ${where(mark)} is lost`);
    }
  }

  private lastCall(mark: Mark): CallRow | undefined {
    return this.snapshot.calls
      .filter(
        ({ publication, revision, key }) =>
          publication === mark.publicationId && revision === mark.revision && key === mark.commit,
      )
      .at(-1);
  }

  private checkFeed({ numbered }: Snapshot): void {
    for (const { seq, type, plan, revision } of numbered) {
      demand(seq === this.lastSeq + 1, '11', () => `after event ${this.lastSeq} comes ${seq}`);
      this.lastSeq = seq;
      if (type !== 'publishing.plan-settled') continue;
      const name = `${plan ?? ''}/${revision ?? 0}`;
      demand(!this.settledRevisions.has(name), '8', () => `plan and revision ${name} have settled twice`);
      this.settledRevisions.add(name);
    }
  }

  private checkThread(entry: Entry): void {
    const { mark, replyTo } = entry;
    const part = Number(mark.commit.split(':')[1]);
    if (part === 0) {
      demand(replyTo === null, '12', () => `${where(mark)} replies to something`);
      return;
    }
    const before = this.entries.find(
      (other) => other.mark.publicationId === mark.publicationId && other.mark.commit === `part:${part - 1}`,
    );
    demand(before !== undefined, '12', () => `${where(mark)} is out before the part it follows`);
    demand(replyTo === before.id, '12', () => `${where(mark)} replies to ${replyTo ?? 'nothing'}`);
  }
}

export function where({ publicationId, revision, commit }: Mark): string {
  return `${commit} of publication ${publicationId} at revision ${revision}`;
}

/** Platforms on which the same key names the same post for ever: a look that saw nothing yet proves nothing wrong. */
export function isNamed(platform: string): boolean {
  return kindOf(platform).source === 'key';
}
