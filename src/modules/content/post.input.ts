import type { Violation } from '../../common/errors/index.js';
import type { JsonObject } from '../../platforms/core/index.js';
import type { MediaRef, Post, PostBase, PostWarning, WrittenPart } from './post.js';
import type { PostPolicy, TargetPolicy } from './post.policy.js';
import type { PostStatus } from './post.status.js';

/** A target as given; what is absent or null inherits from the post. */
export interface TargetInput {
  /** A UUID; any other text is answered as an unknown account. */
  readonly accountId: string;
  readonly text?: string | null;
  readonly link?: string | null;
  readonly media?: readonly MediaRef[] | null;
  readonly thread?: readonly WrittenPart[] | null;
  readonly settings?: JsonObject | null;
  readonly policy?: Partial<TargetPolicy> | null;
}

/** What Scheduling made of a given time. Its violations are told together with those of the content. */
export type ResolvedTime =
  | { readonly ok: true; readonly dueAt: Date; readonly warnings: readonly PostWarning[] }
  | { readonly ok: false; readonly violations: readonly Violation[] };

export interface ScheduleInput {
  /** As given. */
  readonly scheduledFor: string;
  readonly timezone: string | null;
  readonly time: ResolvedTime;
}

export interface CreatePost extends PostBase {
  readonly targets: readonly TargetInput[];
  /** Null: a draft. */
  readonly schedule: ScheduleInput | null;
  readonly policy: PostPolicy;
  readonly externalId: string | null;
  readonly metadata: JsonObject;
  readonly labels: readonly string[];
}

/** What is absent stays; `targets` replaces the whole list; `schedule: null` makes it a draft again. */
export type PatchPost = Partial<CreatePost>;

/** How the time of a post changed. `moved` keeps the occurrence, `new` has made another. */
export type ScheduleChange = 'none' | 'moved' | 'new' | 'removed';

export interface PostUpdate {
  readonly post: Post;
  readonly before: Post;
  readonly changes: {
    readonly content: boolean;
    readonly policy: boolean;
    readonly schedule: ScheduleChange;
  };
}

export interface PostFilter {
  readonly status?: PostStatus | readonly PostStatus[] | undefined;
  readonly accountId?: string | undefined;
  readonly externalId?: string | undefined;
  readonly label?: string | undefined;
  /** Of the page before. */
  readonly cursor?: string | undefined;
  /** 1–100, 25 by default. */
  readonly limit?: number | undefined;
}

export interface PostPage {
  readonly items: readonly Post[];
  /** Null on the last page. */
  readonly nextCursor: string | null;
}
