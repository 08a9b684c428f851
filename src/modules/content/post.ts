import type { JsonObject, MediaFit } from '../../platforms/core/index.js';
import type { PostPolicy, TargetPolicy } from './post.policy.js';
import type { EditorialState, PostStatus } from './post.status.js';

/** A medium as a post names it. */
export interface MediaRef {
  /** Asset id (UUID). */
  readonly id: string;
  /** Null: the asset's own. */
  readonly altText: string | null;
  /** What may be done to it where its shape is not taken; absent: nothing. */
  readonly fit?: MediaFit;
}

/** A later part of a thread, as written. */
export interface WrittenPart {
  readonly text: string;
  readonly media: readonly MediaRef[];
}

/** What a post says to everybody. */
export interface PostBase {
  readonly text: string;
  /** Null or empty: none. */
  readonly link: string | null;
  readonly media: readonly MediaRef[];
  /** Parts after the first. */
  readonly thread: readonly WrittenPart[];
}

/** What a target says instead. Null inherits; an empty text or list is really empty. */
export interface TargetOverrides {
  readonly text: string | null;
  readonly link: string | null;
  readonly media: readonly MediaRef[] | null;
  readonly thread: readonly WrittenPart[] | null;
  /** As given, without the platform's defaults. */
  readonly settings: JsonObject | null;
}

export interface PostTarget extends TargetOverrides {
  readonly id: string;
  readonly accountId: string;
  /** Null: the post's. */
  readonly policy: Partial<TargetPolicy> | null;
}

/** Something to know that did not stop the post. */
export interface PostWarning {
  /** snake_case. */
  readonly code: string;
  readonly message: string;
  /** JSON pointer into the post; null where it belongs to no field. */
  readonly pointer: string | null;
}

export interface Post extends PostBase {
  readonly id: string;
  readonly editorialState: EditorialState;
  readonly status: PostStatus;
  readonly targets: readonly PostTarget[];
  /** As given: an instant, a wall time, `now`. */
  readonly scheduledFor: string | null;
  readonly timezone: string | null;
  readonly dueAt: Date | null;
  /** Stays when the post is canceled, so that its plan is found. */
  readonly occurrenceId: string | null;
  readonly policy: PostPolicy;
  readonly externalId: string | null;
  readonly metadata: JsonObject;
  readonly labels: readonly string[];
  readonly warnings: readonly PostWarning[];
  /** Of what is published: texts, links, media, threads, settings and accounts. */
  readonly contentHash: string;
  /** Grows with every change; the ETag. */
  readonly revision: number;
  /** Grows when the content hash changes; what Publishing freezes. */
  readonly contentRevision: number;
  readonly latestPlanId: string | null;
  readonly latestPlanStatus: string | null;
  readonly canceledAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}
