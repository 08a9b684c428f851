import type { InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';

/** What a request asks for. */
export interface Draft {
  readonly languageCode: string | null;
  readonly topicType: string;
  readonly summary: string | null;
  readonly callToAction: JsonObject | null;
  readonly event: JsonObject | null;
  readonly offer: JsonObject | null;
  /** Milliseconds. */
  readonly scheduledFor: number | null;
  readonly photos: readonly InboxMedia[];
}

export interface Post {
  readonly id: string;
  readonly locationId: string;
  /** The account that it was made through. */
  readonly accountId: string;
  draft: Draft;
  /** Milliseconds. */
  readonly createdAt: number;
  updatedAt: number;
  readonly reviewedAt: number;
  readonly rejectedAt: number | null;
}

export type PostState = 'PROCESSING' | 'LIVE' | 'REJECTED' | 'SCHEDULED' | 'RECURRING';

/** The review comes first, also of what is to be shown later. */
export function stateOf({ draft, reviewedAt, rejectedAt }: Post, now: number): PostState {
  if (now < reviewedAt) return 'PROCESSING';
  if (rejectedAt !== null && now >= rejectedAt) return 'REJECTED';
  if (draft.scheduledFor !== null && now < draft.scheduledFor) return 'SCHEDULED';
  return draft.event?.['recurrenceInfo'] === undefined ? 'LIVE' : 'RECURRING';
}
