import type { ByteSource } from '../../common/http/index.js';
import type { AccountRef, Credentials } from './account.js';
import type { MediaItem, TargetContent } from './content.js';
import type { JsonObject, JsonValue } from './json.js';

/** What a visible call returned: the platform's ids. Stored as evidence. */
export interface CommitResult {
  /** The platform's id of what the call created. */
  readonly platformPostId: string;
  readonly permalink: string | null;
  /** Whatever later parts or looks need (a cid, a thread root). No secrets. */
  readonly details?: JsonObject;
}

export interface StepOptions {
  /** Milliseconds for which the result may be reused. Without it: for ever. */
  readonly validForMs?: number;
  /** The result is a bearer secret (upload URL, session): kept encrypted. */
  readonly secret?: boolean;
}

export interface WaitOptions {
  /** Milliseconds before each look after the first; the last one repeats. */
  readonly delaysMs: readonly number[];
  /** Milliseconds from the first look after which the wait fails as transient. */
  readonly giveUpAfterMs: number;
}

export type WaitResult<T extends JsonValue> =
  { readonly ready: true; readonly value: T } | { readonly ready: false };

export interface CommitOptions {
  /**
   * Milliseconds from the commit's first call within which the same bytes with the same key may be sent again, because the
   * platform honours an idempotency key. Without it an open commit is reconciled, never repeated.
   */
  readonly repeatSafeForMs?: number;
  /** Milliseconds; overrides the platform's `callDeadlineMs` for a call that takes long by nature. */
  readonly deadlineMs?: number;
}

export interface PublishWarning {
  /** snake_case: `link_card_dropped`. */
  readonly code: string;
  readonly message: string;
}

/** Parts of a post that its author may allow to be left out where the platform refuses them. */
export const droppableParts = ['link_card', 'first_comment', 'alt_text'] as const;
export type DroppablePart = (typeof droppableParts)[number];

/** What publishing and reconciling have in common. */
export interface ReadContext {
  readonly publicationId: string;
  readonly account: AccountRef;
  readonly content: TargetContent;
  readonly contentRevision: number;
  /** Aborted when the branch must end. Clients get it through the HTTP client by themselves. */
  readonly signal: AbortSignal;
  /** Decrypted at the moment of use; never keep the result across a step. */
  credentials(): Promise<Credentials>;
  /** The bytes of a medium, whole or in parts, never all in memory. They may be read again when a call is made again. */
  media(item: MediaItem): ByteSource;
  /**
   * An address at which the platform can fetch a medium by itself until it expires, for kinds whose `delivery` is `pull`.
   * @throws PublishError `media_public_url_required` where this installation has none.
   */
  mediaUrl(item: MediaItem, options: { readonly validForMs: number }): Promise<string>;
}

/**
 * Handed to `publish`. The run is straight-line code that may stop at any await and start again from its first line:
 * what ended once in `step`, `waitFor` or `commit` is remembered and returned at once. Never catch what these three throw,
 * unless it is a `PublishError` that you rethrow or turn into a warning.
 */
export interface PublishContext extends ReadContext {
  /** A call or computation that may be repeated, its result remembered. Randomness and clock reads belong in here. */
  step<T extends JsonValue>(key: string, fn: () => Promise<T>, options?: StepOptions): Promise<T>;
  /** Looks once; when not ready, suspends the run without holding a worker. */
  waitFor<T extends JsonValue>(
    key: string,
    look: () => Promise<WaitResult<T>>,
    options: WaitOptions,
  ): Promise<T>;
  /** Exactly one call after which something is visible. The only way to such a call. */
  commit(key: string, fn: () => Promise<CommitResult>, options?: CommitOptions): Promise<CommitResult>;
  /** The result of a commit that is done: what only leads up to it need not be made again. */
  committed(key: string): Promise<CommitResult | undefined>;
  /** Idempotency key of a commit: the same for every attempt at this content revision. */
  commitKey(key: string): string;
  /** Outside of steps, so that a run that goes on from its ledger says it again. */
  warn(warning: PublishWarning): void;
  /** Whether the post would rather go out without this part than fail. Ask it when the platform has refused the part. */
  mayDrop(part: DroppablePart): boolean;
  /**
   * Leaves a part out from now on: remembered, so that every later run sends the same bytes, and told as a warning. `why` is for the
   * author: what the platform said of it. Only where `mayDrop` says so.
   */
  drop(part: DroppablePart, why: string): Promise<void>;
  /** Whether an earlier run, or this one, has left the part out. Ask it before the part is made or sent. */
  isDropped(part: DroppablePart): boolean;
}

/** A commit whose outcome is not known. */
export interface OpenCommit {
  readonly key: string;
  /** When its first call was recorded, before it was sent (database time). */
  readonly firstStartedAt: Date;
  readonly lastStartedAt: Date;
  /** When its last call was given up at the latest. */
  readonly deadlineAt: Date;
  readonly calls: number;
  /**
   * A backup was restored, and whether there were calls is not known. Keys, ids and uploads of steps may be newer than the
   * post: absence needs a list of what people see, since `firstStartedAt`.
   */
  readonly forgotten: boolean;
}

export interface ReconcileContext extends ReadContext {
  /** The remembered result of a step, undefined when it never ended. */
  remembered(key: string): Promise<JsonValue | undefined>;
  /** The result of another commit of this publication that is done. */
  committed(key: string): Promise<CommitResult | undefined>;
  /**
   * Whether another publication already owns this post of the account.
   * @param permalink tells it where what a list calls a post is not the id that it was published under.
   */
  isTaken(platformPostId: string, permalink?: string | null): Promise<boolean>;
  commitKey(key: string): string;
}

export interface Found {
  readonly verdict: 'found';
  readonly result: CommitResult;
  /** What was seen, for the ledger: which mark matched. */
  readonly evidence: JsonObject;
}
export interface Absent {
  readonly verdict: 'absent';
  readonly evidence: JsonObject;
}
export interface CannotTell {
  readonly verdict: 'cannot_tell';
  readonly reason: string;
}
export type ReconcileResult = Found | Absent | CannotTell;

export interface PublishResult {
  readonly platformPostId: string;
  readonly permalink: string | null;
}
