import { Injectable } from '@nestjs/common';
import {
  checkSettings,
  planContent,
  type JsonObject,
  PlatformRegistry,
  rulesFor,
  selectMedia,
  type TargetContent,
} from '../../platforms/core/index.js';
import { AccountDirectory, type AccountView } from '../accounts/index.js';
import { type MediaDescription, MediaReader } from '../media/index.js';
import { defaultPolicy, type PostPolicy, type TargetPolicy } from './post.policy.js';
import { type LoadedPost, PostsRepository } from './posts.repository.js';
import { composeTarget, inherit, mediaIdsOf } from './target.composer.js';

export interface PostSchedule {
  readonly postId: string;
  /** Null: nothing is planned of it, or it was taken back. */
  readonly occurrenceId: string | null;
  readonly dueAt: Date | null;
  readonly deleted: boolean;
}

export interface ComposedTarget {
  readonly targetId: string;
  readonly accountId: string;
  /** Null: the post's. */
  readonly policy: Partial<TargetPolicy> | null;
  readonly content: TargetContent;
}

export interface ComposedPost {
  readonly postId: string;
  /** Of the content: the same number, the same words. */
  readonly revision: number;
  readonly contentHash: string;
  readonly policy: PostPolicy;
  readonly externalId: string | null;
  readonly targets: readonly ComposedTarget[];
}

/** What Scheduling and Publishing read of posts, inside their own unit of work. */
@Injectable()
export class PostReader {
  constructor(
    private readonly repository: PostsRepository,
    private readonly accounts: AccountDirectory,
    private readonly media: MediaReader,
    private readonly platforms: PlatformRegistry,
  ) {}

  /** Takes a share lock on the post, so that the answer holds until the unit of work ends. */
  async readSchedule(postId: string): Promise<PostSchedule | null> {
    const row = await this.repository.findRow(postId, 'share');
    if (row === null) return null;
    const deleted = row.deletedAt !== null;
    const off = deleted || row.canceledAt !== null;
    return {
      postId,
      occurrenceId: off ? null : row.occurrenceId,
      dueAt: off ? null : row.dueAt,
      deleted,
    };
  }

  /**
   * The content of every target, overrides, media and the defaults of settings applied; null when the post is gone. One
   * snapshot without a lock: for whoever holds the plan's lock, for which edits wait too.
   */
  async compose(postId: string): Promise<ComposedPost | null> {
    return this.composed(await this.repository.find(postId));
  }

  /**
   * The same under a share lock on the post, for whoever makes a plan: an edit either comes before, or sees the plan.
   * Call it before locking a plan (lock order: post, occurrence, plan).
   */
  async composeLocked(postId: string): Promise<ComposedPost | null> {
    return this.composed(await this.repository.find(postId, 'share'));
  }

  private async composed(loaded: LoadedPost | null): Promise<ComposedPost | null> {
    if (loaded === null) return null;
    const { row, targets } = loaded;
    const described = await this.media.describe(mediaIdsOf(row, targets));
    const media = new Map(described.map((item) => [item.id, item]));
    const found = await this.accounts.findMany(targets.map((target) => target.accountId));
    const accounts = new Map(found.map((account) => [account.ref.id, account]));
    return {
      postId: row.id,
      revision: row.contentRevision,
      contentHash: row.contentHash,
      policy: { ...defaultPolicy, ...row.policy },
      externalId: row.externalId,
      targets: targets.map((target) => {
        const effective = inherit(row, target);
        const settings = this.withDefaults(effective.settings, accounts.get(target.accountId));
        return {
          targetId: target.id,
          accountId: target.accountId,
          policy: target.policy,
          content: this.asSent(
            composeTarget(effective, media, settings),
            accounts.get(target.accountId),
            media,
          ),
        };
      }),
    };
  }

  /** With the same choice of media as was checked when it was written, and what is to be made of its files. */
  private asSent(
    written: TargetContent,
    account: AccountView | undefined,
    media: ReadonlyMap<string, MediaDescription>,
  ): TargetContent {
    if (account === undefined || !this.platforms.has(account.ref.platform)) return written;
    const every = this.platforms.get(account.ref.platform).publisher.capabilitiesFor(account.ref);
    const { content } = selectMedia(written, every);
    const capabilities = { ...every, media: rulesFor(every, content).media };
    return planContent(content, { capabilities, detailsOf: (id) => media.get(id)?.details ?? {} }).content;
  }

  private withDefaults(settings: JsonObject, account: AccountView | undefined): JsonObject {
    if (account === undefined || !this.platforms.has(account.ref.platform)) return settings;
    const checked = checkSettings(this.platforms.get(account.ref.platform).descriptor.settings, settings);
    return checked.ok ? checked.settings : settings;
  }
}
