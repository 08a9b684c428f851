import type { InboxMedia } from '../core/inbox.js';
import type { PrivacyLevel } from './tiktok.person.js';

export type ShareStatus =
  'PROCESSING_UPLOAD' | 'PROCESSING_DOWNLOAD' | 'SEND_TO_USER_INBOX' | 'PUBLISH_COMPLETE' | 'FAILED';

/** What the app says about the post; a draft leaves most of it to the person. */
export interface PostInfo {
  /** The caption of a video; the heading of pictures. */
  readonly title: string;
  /** Only of pictures. */
  readonly description: string;
  /** Null: a draft. */
  readonly privacy: PrivacyLevel | null;
  readonly commentDisabled: boolean;
  readonly duetDisabled: boolean;
  readonly stitchDisabled: boolean;
  readonly brandContent: boolean;
  readonly brandOrganic: boolean;
  readonly aigc: boolean;
  readonly music: boolean;
  /** Milliseconds into a video, or the index of a picture. */
  readonly cover: number;
}

/** An upload that was announced: its chunks come one after the other. */
export interface Upload {
  readonly token: string;
  readonly size: number;
  readonly chunkSize: number;
  readonly chunkCount: number;
  readonly expiresAt: number;
  readonly chunks: Buffer[];
  received: number;
}

/** What people will see, or why they will not. */
export interface Content {
  readonly media: readonly InboxMedia[];
  readonly durationSec: number;
  readonly failure: string | null;
}

/** Everything behind one `publish_id`. */
export interface Share {
  readonly publishId: string;
  readonly accountId: string;
  readonly kind: 'video' | 'photo';
  readonly mode: 'direct' | 'draft';
  readonly post: PostInfo;
  /** Null: the files are pulled. */
  readonly upload: Upload | null;
  /** The post that comes of it: 19 digits, more than a double holds. */
  readonly itemId: string;
  content: Content | null;
  /** When everything was there: from then on it cannot be taken back. */
  startedAt: number | null;
  readyAt: number;
  canceled: boolean;
}
