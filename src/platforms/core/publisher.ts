import type { Violation } from '../../common/errors/index.js';
import type { AccountRef } from './account.js';
import type { PlatformCapabilities } from './capabilities.js';
import type { TargetContent } from './content.js';
import type {
  OpenCommit,
  PublishContext,
  PublishResult,
  ReadContext,
  ReconcileContext,
  ReconcileResult,
} from './context.js';
import type { PlatformDescriptor } from './descriptor.js';
import type { ManageContext, PublishedPost } from './manage.js';
import type { PostMetrics } from './metrics.js';
import type { LimitReading, SeenAnswer } from './pacing.js';
import { checkContent } from './preflight.js';

/**
 * Names of the retry profiles: 1, 5, 15 min · from 5 s, doubling · 1, 2, 4 min · 5 min to 4 h · 5 min to 24 h · not at all. The delays
 * themselves are policy data of the engine.
 */
export const retryProfileNames = ['standard', 'exponential', 'quick', 'patient', 'mail', 'never'] as const;
export type RetryProfileName = (typeof retryProfileNames)[number];

/** Base of every publisher. A subclass carries `@PlatformPublisher(key)` and is provided by its platform's module. */
export abstract class BasePublisher {
  abstract readonly descriptor: PlatformDescriptor;

  /** How often and after what time a failure that may pass is tried again. */
  get retryProfile(): RetryProfileName {
    return 'standard';
  }

  /**
   * True when no commit of a publication builds on another, as mails to several recipients. What cannot be told of one then
   * keeps none of the others from going out: `commit` throws a `PublishError` of kind `outcome_unknown` for it.
   */
  get commitsAreIndependent(): boolean {
    return false;
  }

  /** How many commits `publish` makes for this content when all goes well; null when only a run can tell. */
  commitCount(_content: TargetContent): number | null {
    return null;
  }

  /** Straight-line code that the engine makes durable; see `PublishContext`. */
  abstract publish(ctx: PublishContext): Promise<PublishResult>;

  /** Key of the commit that `publish` makes first: what is looked for after a backup was restored. */
  get firstCommit(): string {
    return 'part:0';
  }

  /**
   * Looks on the platform whether the call of an open commit took effect. Throwing concludes nothing: the engine looks again
   * later. `absent` only from an authoritative source for this very call, or from a list read until an entry older than the call.
   */
  abstract reconcile(ctx: ReconcileContext, commit: OpenCommit): Promise<ReconcileResult>;

  /**
   * Deletes one thing of ours: exactly one call, which the engine records before and after. What is gone already counts as
   * deleted. Offered where `capabilities.canDelete`.
   */
  deletePost(_ctx: ManageContext, { key }: PublishedPost): Promise<void> {
    return Promise.reject(new Error(`${this.constructor.name} cannot delete "${key}".`));
  }

  /** What has to be deleted, in this order, to take a post back; by default everything, the last first. */
  partsToDelete(parts: readonly PublishedPost[]): readonly PublishedPost[] {
    return [...parts].reverse();
  }

  /** The figures of the post itself; what the platform does not give is left out. Offered where `capabilities.metrics`. */
  readMetrics(_ctx: ManageContext, { key }: PublishedPost): Promise<PostMetrics> {
    return Promise.reject(new Error(`${this.constructor.name} reads no metrics of "${key}".`));
  }

  /** Limits that hold for one account; platforms whose limits depend on the server override it. */
  capabilitiesFor(_account: AccountRef): PlatformCapabilities {
    return this.descriptor.capabilities;
  }

  /**
   * The text of a part as it will be sent, which is what limits are counted on. Part 0 is the post itself. Override it where
   * the link is appended or text is escaped; `publish` must use the same function.
   */
  composeText(content: TargetContent, part: number): string {
    return part === 0 ? content.text : (content.thread[part - 1]?.text ?? '');
  }

  /** Length of a composed text where the platform counts in its own way; null to count in the limit's unit. */
  textLength(_text: string, _account: AccountRef): number | null {
    return null;
  }

  /** What limits `per: 'app'` are counted on. By default all accounts of the platform in this installation. */
  appOf(_account: AccountRef): string {
    return '';
  }

  /** Whose outage stops whom: the server, where it belongs to the account. By default the platform is one. */
  serverOf(_account: AccountRef): string {
    return '';
  }

  /** How many visible calls the content will take: what it costs of a budget. */
  visibleCalls(content: TargetContent, _account: AccountRef): number {
    return 1 + content.thread.length;
  }

  /** What the head of an answer says of the platform's limits. Asked for every answer that a step, look or commit has got. */
  readLimits(_answer: SeenAnswer, _account: AccountRef): readonly LimitReading[] {
    return [];
  }

  /** Reads how much is left, where the platform has a way to ask. Asked now and then, before a first commit. */
  readQuota?(ctx: ReadContext): Promise<readonly LimitReading[]>;

  /**
   * A read that changes nothing and shows that the platform works: it probes after an outage. Throws what its call throws. Owed
   * by every platform whose absence can never be told.
   */
  ping?(ctx: ReadContext): Promise<void>;

  /** Every limit that the content breaks for this account. Pointers are relative to the target. */
  preflight(content: TargetContent, account: AccountRef): Violation[] {
    return checkContent(this, content, account);
  }
}
