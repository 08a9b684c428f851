import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError, ValidationFailedError, type Violation } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { MediaUses } from '../media/index.js';
import { PostCanceled, PostChanged, PostDeleted, PostScheduled } from './events/index.js';
import { isUuid } from './identifiers.js';
import { changedRow, type ChangedRow, newRow, samePolicies, targetsFrom } from './post.changes.js';
import {
  assertMayChange,
  assertRevision,
  goingOut,
  isAboutContent,
  keptWarnings,
  presentBase,
  staysDraft,
} from './post.guards.js';
import { PostCursor } from './post.cursor.js';
import type { CreatePost, PatchPost, PostFilter, PostPage, PostUpdate, ScheduleInput } from './post.input.js';
import type { Post, PostBase, PostWarning } from './post.js';
import { isOut } from './post.status.js';
import { type CheckedTarget, PostValidator } from './post.validator.js';
import { type LoadedPost, PostsRepository, rowOf, toPost } from './posts.repository.js';
import { checkStorable } from './structure.check.js';
import { mediaIdsOf } from './target.composer.js';

const defaultLimit = 25;
const maxLimit = 100;

/** What can be done with posts. Every method runs inside the caller's unit of work and locks the post first. */
@Injectable()
export class PostsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: PostsRepository,
    private readonly validator: PostValidator,
    private readonly events: EventRecorder,
    private readonly cursor: PostCursor,
    private readonly media: MediaUses,
  ) {}

  /** Throws ValidationFailedError with everything that is wrong, and then nothing was made. */
  async create(input: CreatePost): Promise<Post> {
    const targets = targetsFrom(input.targets);
    const warnings = await this.check(input, input, targets, input.schedule === null);
    const row = newRow(input, targets, warnings);
    await this.repository.insert(row, targets);
    await this.media.replace(row.id, mediaIdsOf(row, targets));
    if (row.occurrenceId !== null) this.recordScheduled(row.id, row.occurrenceId);
    return this.get(row.id);
  }

  /**
   * Changes a post. The caller tells Publishing of what is planned already (`changes`), in the same unit of work.
   * `ifMatchRevision` null: whatever the revision is.
   */
  async update(postId: string, patch: PatchPost, ifMatchRevision: number | null): Promise<PostUpdate> {
    const loaded = await this.load(postId, 'update');
    const before = toPost(loaded);
    assertRevision(before, ifMatchRevision);
    const targets = patch.targets === undefined ? loaded.targets : targetsFrom(patch.targets, loaded.targets);
    const base: PostBase = { ...before, ...presentBase(patch) };
    const warnings = isAboutContent(patch)
      ? [
          ...keptWarnings(before, patch),
          ...(await this.check(patch, base, targets, staysDraft(before, patch))),
        ]
      : this.checkRest(patch, before);
    const changed = changedRow(rowOf(loaded.row), patch, targets, warnings);
    assertMayChange(before, changed);
    await this.repository.save(changed.row, patch.targets === undefined ? null : targets);
    if (isAboutContent(patch)) await this.media.replace(postId, mediaIdsOf(changed.row, targets));
    this.recordChanged(before, changed);
    const { content, schedule } = changed;
    const policy = changed.policy || !samePolicies(loaded.targets, targets);
    return { post: await this.get(postId), before, changes: { content, policy, schedule } };
  }

  /** Gives a post a time: the same occurrence while it is still to come, else a new one. */
  schedule(
    postId: string,
    schedule: ScheduleInput,
    ifMatchRevision: number | null = null,
  ): Promise<PostUpdate> {
    return this.update(postId, { schedule }, ifMatchRevision);
  }

  /** Takes the time away: a draft again. */
  unschedule(postId: string, ifMatchRevision: number | null = null): Promise<PostUpdate> {
    return this.update(postId, { schedule: null }, ifMatchRevision);
  }

  /** The post keeps its time and occurrence as history, but nothing reads them as a plan any more. */
  async markCanceled(postId: string): Promise<Post> {
    const { row } = await this.load(postId, 'update');
    if (row.canceledAt !== null || row.occurrenceId === null) return this.get(postId);
    await this.repository.save({ ...rowOf(row), canceledAt: 'now', revision: row.revision + 1 }, null);
    this.events.record(
      new PostCanceled(this.unitOfWork.workspaceId, { postId, occurrenceId: row.occurrenceId }),
    );
    return this.get(postId);
  }

  /** The caller takes back what is planned first, and refuses when that could not be done. Refused for what is out. */
  async delete(postId: string, ifMatchRevision: number | null = null): Promise<Post> {
    const post = toPost(await this.load(postId, 'update'));
    assertRevision(post, ifMatchRevision);
    if (isOut(post.status)) throw goingOut('deleted');
    await this.repository.markDeleted(postId);
    await this.media.endOf(postId);
    this.events.record(new PostDeleted(this.unitOfWork.workspaceId, { postId }));
    return post;
  }

  /** Throws NotFoundError, also for another workspace's post. */
  async get(postId: string): Promise<Post> {
    return toPost(await this.load(postId, 'none'));
  }

  /** The same under a lock, first of all locks: for commands that span modules. */
  async lock(postId: string): Promise<Post> {
    return toPost(await this.load(postId, 'update'));
  }

  /** Throws ValidationFailedError with everything that keeps a draft from going out as it is. */
  async assertComplete(postId: string): Promise<void> {
    const { row, targets } = await this.load(postId, 'none');
    const { violations } = await this.validator.validate({ base: row, targets, draft: false });
    if (violations.length > 0) throw new ValidationFailedError(violations);
  }

  /** Newest first. */
  async list(filter: PostFilter): Promise<PostPage> {
    const limit = Math.min(maxLimit, Math.max(1, Math.trunc(filter.limit ?? defaultLimit)));
    const before = filter.cursor === undefined ? null : this.cursor.read(filter.cursor);
    const found = (await this.repository.list(filter, before, limit)).map(toPost);
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items,
      nextCursor: found.length > limit && last !== undefined ? this.cursor.after(last.id) : null,
    };
  }

  private async load(postId: string, lock: 'none' | 'update'): Promise<LoadedPost> {
    const loaded = isUuid(postId) ? await this.repository.find(postId, lock) : null;
    if (loaded === null) throw new NotFoundError('There is no such post.', { code: 'post_not_found' });
    return loaded;
  }

  /** Warnings of the change; throws when anything is wrong, be it with content or time. */
  private async check(
    given: PatchPost,
    base: PostBase,
    targets: readonly CheckedTarget[],
    draft: boolean,
  ): Promise<PostWarning[]> {
    const { schedule = null, ...written } = given;
    const time = schedule?.time;
    const untimely: readonly Violation[] = time?.ok === false ? time.violations : [];
    const unstorable = checkStorable(written);
    if (unstorable.length > 0) throw new ValidationFailedError([...untimely, ...unstorable]);
    const verdict = await this.validator.validate({ base, targets, draft });
    const violations = [...untimely, ...verdict.violations];
    if (violations.length > 0) throw new ValidationFailedError(violations);
    return [...(time?.ok === true ? time.warnings : []), ...verdict.warnings];
  }

  /** Labels and the like can be changed whatever became of the accounts. */
  private checkRest(given: PatchPost, before: Post): readonly PostWarning[] {
    const unstorable = checkStorable(given);
    if (unstorable.length > 0) throw new ValidationFailedError(unstorable);
    return before.warnings;
  }

  private recordScheduled(postId: string, occurrenceId: string): void {
    this.events.record(new PostScheduled(this.unitOfWork.workspaceId, { postId, occurrenceId }));
  }

  private recordChanged(before: Post, { row, schedule }: ChangedRow): void {
    const { workspaceId } = this.unitOfWork;
    const postId = row.id;
    this.events.record(new PostChanged(workspaceId, { postId, revision: row.revision }));
    if (schedule === 'new' && row.occurrenceId !== null) this.recordScheduled(postId, row.occurrenceId);
    if (schedule === 'removed') {
      this.events.record(new PostCanceled(workspaceId, { postId, occurrenceId: before.occurrenceId }));
    }
  }
}
