import { UnitOfWork } from '../../../src/common/database/index.js';
import {
  defaultPolicy,
  type LatePolicy,
  type PatchPost,
  PostsService,
} from '../../../src/modules/content/index.js';
import {
  HoldService,
  type HoldSubject,
  PlanCommands,
  PublishingService,
  ResolveService,
  RetryService,
} from '../../../src/modules/publishing/index.js';
import { PostOutput } from '../../../src/api/posts/post.output.js';
import { PostWithdrawal } from '../../../src/api/posts/post.withdrawal.js';
import { SchedulingService } from '../../../src/modules/scheduling/index.js';
import type { EngineProcess } from '../world/engine.process.js';
import type { World } from '../world/world.js';
import type { CommandKind, PlannedPost } from './scenario.js';

/** The workspace that every schedule happens in. */
export interface Place {
  readonly workspaceId: string;
  /** By `platform/number`. */
  readonly accounts: ReadonlyMap<string, string>;
}

const lateBy: Readonly<Record<PlannedPost['late'], LatePolicy>> = {
  publish: { mode: 'publish' },
  skip: { mode: 'skip', notAfterMinutes: 5 },
  ask: { mode: 'ask', notAfterMinutes: 5 },
};

/** What people do, through the same services that the API calls, and what they may rely on once they are answered. */
export class Commands {
  private readonly postIds: string[] = [];
  private resuming = 0;
  private edits = 0;

  constructor(
    private readonly world: World,
    private readonly place: Place,
  ) {}

  create(engine: EngineProcess, planned: PlannedPost, index: number): Promise<void> {
    return this.inUnit(engine, async () => {
      const post = await engine.get(PostsService).create({
        text: planned.text,
        link: null,
        media: [],
        thread: Array.from({ length: planned.parts - 1 }, (_, part) => ({
          text: `${planned.text}, part ${part + 1}`,
          media: [],
        })),
        targets: planned.targets.map(({ platform, account }) => ({
          accountId: this.place.accounts.get(`${platform}/${account}`) ?? '',
        })),
        schedule: this.scheduleAt(this.world.now + planned.inMs),
        policy: { ...defaultPolicy, success: planned.policy, late: lateBy[planned.late] },
        externalId: null,
        metadata: {},
        labels: [],
      });
      this.postIds[index] = post.id;
    });
  }

  /** Nothing happens to a post that is not there yet. */
  async run(engine: EngineProcess, kind: CommandKind, post: number): Promise<void> {
    const postId = this.postIds[post];
    if (postId === undefined) return;
    switch (kind) {
      case 'cancel':
        return this.cancel(engine, postId);
      case 'edit':
        return this.edit(engine, postId);
      case 'hold':
        return this.hold(engine, this.subject(postId));
      case 'resume':
        return this.resume(engine, this.subject(postId));
      case 'retry':
        return this.retry(engine, postId);
      case 'resolve':
        return this.resolve(engine, postId);
      case 'publish':
        return this.publish(engine, postId);
      case 'move':
        return this.move(engine, postId);
    }
  }

  /** Takes back every hold, so that everything can come to rest. */
  async resumeAll(engine: EngineProcess): Promise<void> {
    for (const { scope, subject } of this.world.checks.snapshot.holds)
      await this.resume(engine, { scope: scope as HoldSubject['scope'], subjectId: subject });
    for (const subjectId of this.postIds) await this.resume(engine, { scope: 'post', subjectId });
  }

  private async cancel(engine: EngineProcess, postId: string): Promise<void> {
    const caller = { workspaceId: this.place.workspaceId, keyId: null };
    for (const { publicationId, result } of await engine.get(PostWithdrawal).cancel(caller, postId))
      if (result === 'canceled') this.world.checks.promises.canceled.add(publicationId);
  }

  private edit(engine: EngineProcess, postId: string): Promise<void> {
    this.edits += 1;
    const text = `other words ${this.edits}`;
    return this.update(engine, postId, { text });
  }

  private update(engine: EngineProcess, postId: string, patch: PatchPost): Promise<void> {
    return this.inUnit(engine, async () => {
      const posts = engine.get(PostsService);
      await posts.lock(postId);
      await posts.update(postId, patch, null);
      await engine.get(PostOutput).assertNothingOut(postId);
      await engine.get(PlanCommands).contentChanged(postId);
    });
  }

  private move(engine: EngineProcess, postId: string): Promise<void> {
    const dueAt = this.world.now + this.world.random.pick([1_000, 60_000, 5 * 60_000]);
    return this.inUnit(engine, async () => {
      const posts = engine.get(PostsService);
      await posts.lock(postId);
      const { post, changes } = await posts.schedule(postId, this.scheduleAt(dueAt));
      if (changes.schedule === 'new') await engine.get(PostOutput).assertNothingPlanned(postId);
      if (changes.schedule !== 'moved' || post.occurrenceId === null || post.dueAt === null) return;
      await engine.get(SchedulingService).reschedule(post.occurrenceId, post.dueAt);
      await engine.get(PlanCommands).reschedule(post.occurrenceId, post.dueAt);
    });
  }

  private async hold(engine: EngineProcess, subject: HoldSubject): Promise<void> {
    await this.inUnit(engine, () => engine.get(HoldService).hold(subject, null));
    // While somebody resumes, nobody knows which of the two came last.
    if (this.resuming === 0) this.world.checks.promises.held.add(nameOf(subject));
  }

  private async resume(engine: EngineProcess, subject: HoldSubject): Promise<void> {
    this.world.checks.promises.held.delete(nameOf(subject));
    this.resuming += 1;
    await this.inUnit(engine, () => engine.get(HoldService).resume(subject));
    this.resuming -= 1;
    this.world.checks.promises.held.delete(nameOf(subject));
  }

  private async retry(engine: EngineProcess, postId: string): Promise<void> {
    for (const { id, post, state } of this.world.checks.snapshot.publications) {
      if (post !== postId || (state !== 'failed' && state !== 'skipped')) continue;
      await engine.get(RetryService).retry(this.place.workspaceId, id);
    }
  }

  /** A person who looks closely: what is there is named, what is not is not. */
  private async resolve(engine: EngineProcess, postId: string): Promise<void> {
    const { snapshot, entries } = this.world.checks;
    for (const row of snapshot.publications) {
      if (row.post !== postId || row.state !== 'unconfirmed') continue;
      const open = snapshot.commits.find(
        (commit) =>
          commit.publication === row.id &&
          commit.state === 'open' &&
          commit.revision === row.content_revision,
      );
      const entry = entries.find(({ mark }) => mark.publicationId === row.id && mark.commit === open?.key);
      await engine
        .get(ResolveService)
        .resolve(
          this.place.workspaceId,
          row.id,
          entry === undefined
            ? { verdict: 'not_published', retry: this.world.random.chance(0.5) }
            : { verdict: 'published', platformPostId: entry.id, permalink: null },
        );
    }
  }

  private async publish(engine: EngineProcess, postId: string): Promise<void> {
    const requestId = `${postId}-${this.world.random.between(1, 2)}`;
    await engine.get(PublishingService).publishNow(this.place.workspaceId, postId, { requestId });
  }

  private subject(postId: string): HoldSubject {
    const accounts = [...this.place.accounts.values()];
    return this.world.random.pick<HoldSubject>([
      { scope: 'post', subjectId: postId },
      { scope: 'account', subjectId: this.world.random.pick(accounts) },
      { scope: 'workspace', subjectId: this.place.workspaceId },
    ]);
  }

  private scheduleAt(time: number): NonNullable<PatchPost['schedule']> {
    return {
      scheduledFor: new Date(time).toISOString(),
      timezone: null,
      time: { ok: true, dueAt: new Date(time), warnings: [] },
    };
  }

  private async inUnit(engine: EngineProcess, work: () => Promise<unknown>): Promise<void> {
    await engine.get(UnitOfWork).run(this.place.workspaceId, work);
  }
}

function nameOf({ scope, subjectId }: HoldSubject): string {
  return scope === 'workspace' ? 'workspace' : `${scope}/${subjectId}`;
}
