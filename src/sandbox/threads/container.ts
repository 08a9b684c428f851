import type { InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';

export type MediaType = 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL';

/** What goes from a container into the post. */
export interface Draft {
  readonly mediaType: MediaType;
  readonly text: string;
  readonly media: readonly InboxMedia[];
  readonly replyTo: string | null;
  readonly replyControl: string;
  readonly linkAttachment: string | null;
  readonly quoteOf: string | null;
  readonly poll: JsonObject | null;
  readonly topicTag: string | null;
  readonly location: string | null;
  readonly countries: readonly string[];
  readonly textAttachment: JsonObject | null;
  readonly spoilerMedia: boolean;
  readonly gif: JsonObject | null;
  readonly ghost: boolean;
  readonly replyApprovals: boolean;
}

/** Words and nothing else. */
export function wordsOnly(text: string): Draft {
  return {
    ...{ mediaType: 'TEXT', text, media: [], replyTo: null, replyControl: 'everyone', linkAttachment: null },
    ...{ quoteOf: null, poll: null, topicTag: null, location: null, countries: [], textAttachment: null },
    ...{ spoilerMedia: false, gif: null, ghost: false, replyApprovals: false },
  };
}

export interface Container {
  readonly id: string;
  readonly accountId: string;
  readonly draft: Draft;
  readonly carouselItem: boolean;
  readonly createdAt: number;
  /** What processing will end with; null: well. */
  readonly problem: string | null;
  /** Publishes that end in "Media Not Found" still. */
  racesLeft: number;
  /** The post that it became, or the carousel that it went into. */
  usedBy: string | null;
}

export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED';

export interface Post {
  readonly id: string;
  readonly accountId: string;
  readonly draft: Draft;
  readonly repostOf: string | null;
  readonly createdAt: number;
}
