import type { InboxMedia } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';

/** What a container is for. */
export type ContainerKind = 'image' | 'reel' | 'story' | 'item' | 'carousel';

/** What goes from a container into the post. */
export interface Draft {
  readonly kind: ContainerKind;
  readonly caption: string;
  readonly altText: string | null;
  readonly location: string | null;
  readonly userTags: readonly JsonObject[];
  readonly collaborators: readonly string[];
  readonly shareToFeed: boolean | null;
  readonly coverUrl: string | null;
  readonly thumbOffset: number | null;
  readonly audioName: string | null;
  readonly trial: string | null;
  readonly aiGenerated: boolean;
}

export type ContainerStatus = 'IN_PROGRESS' | 'FINISHED' | 'PUBLISHED' | 'ERROR' | 'EXPIRED';

export interface Container {
  readonly id: string;
  readonly accountId: string;
  readonly draft: Draft;
  readonly createdAt: number;
  /** Of a carousel, in their order. */
  readonly children: readonly Container[];
  /** Bytes are still to come. */
  awaitsUpload: boolean;
  media: readonly InboxMedia[];
  /** Number that processing has ended with. */
  problem: string | null;
  /** Publishes that end in 24/2207006 still. */
  racesLeft: number;
  /** The post that it became. */
  usedBy: string | null;
}

export interface Post {
  readonly id: string;
  readonly accountId: string;
  readonly draft: Draft;
  readonly media: readonly InboxMedia[];
  readonly createdAt: number;
  commentsEnabled: boolean;
}

export interface Comment {
  readonly id: string;
  readonly accountId: string;
  readonly postId: string;
  /** The comment that it answers. */
  readonly parentId: string | null;
  readonly text: string;
  readonly createdAt: number;
}
