import type { JsonObject } from '../core/json.js';

export interface User {
  readonly id: string;
  readonly name: string;
  readonly businessId: string;
}

export interface Page {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly user: User;
  readonly tasks: readonly string[];
  /** Held by a role, or through the business of its user. */
  readonly held: 'role' | 'owned' | 'client';
}

export interface Photo {
  readonly kind: 'photo';
  readonly id: string;
  readonly pageId: string;
  readonly sha256: string;
  readonly mimeType: string;
  readonly size: number;
  readonly width: number;
  readonly height: number;
  readonly alt: string | null;
  readonly createdAt: string;
  postId: string | null;
}

export type VideoUse = 'feed' | 'reel' | 'story';

export interface Video {
  readonly kind: 'video';
  readonly id: string;
  readonly pageId: string;
  readonly use: VideoUse;
  readonly createdAt: string;
  /** Of a classic upload. */
  readonly sessionId: string | null;
  /** Null until the upload says how much is to come. */
  size: number | null;
  received: Buffer;
  /** Present when everything has come. */
  sha256: string | null;
  mimeType: string;
  title: string | null;
  description: string;
  /** Looks left that find it being processed, and then not yet published. */
  processingLeft: number;
  publishLeft: number;
  failed: boolean;
  /** The post that `finish` has asked for. */
  postId: string | null;
}

export type PostState = 'published' | 'publishing' | 'scheduled' | 'draft' | 'failed';

export interface Post {
  readonly id: string;
  readonly no: number;
  readonly pageId: string;
  readonly kind: 'feed' | 'photo' | 'video' | 'reel' | 'story';
  readonly link: string | null;
  readonly mediaIds: readonly string[];
  readonly appId: string;
  readonly extra: JsonObject;
  message: string;
  state: PostState;
  /** Milliseconds; of a scheduled post. */
  publishAt: number | null;
  createdAt: string;
  editedAt: string | null;
}

export interface Comment {
  readonly id: string;
  readonly no: number;
  readonly pageId: string;
  readonly postId: string;
  /** The post, or the comment that it answers. */
  readonly parentId: string;
  readonly message: string;
  readonly mediaIds: readonly string[];
  readonly appId: string;
  readonly createdAt: string;
}
