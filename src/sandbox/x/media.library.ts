import type { MediaFacts } from './media.probe.js';
import type { SnowflakeIds } from './snowflake.ids.js';

export type MediaCategory = 'tweet_image' | 'tweet_gif' | 'tweet_video';

/** An upload, from its first call to the posts that show it. */
export interface Upload {
  readonly id: string;
  readonly key: string;
  readonly ownerId: string;
  readonly category: MediaCategory;
  readonly mimeType: string;
  readonly totalBytes: number;
  readonly segments: Map<number, Buffer>;
  altText: string | null;
  file: UploadedMedia | null;
}

export interface UploadedMedia {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly facts: MediaFacts | null;
  readonly finalizedAt: number;
  /** When it can be looked at; the time of the upload itself for images. */
  readonly readyAt: number;
  /** Name of the error that processing ended in. */
  readonly error: string | null;
  readonly expiresAt: number;
}

const KEY_PREFIXES: Readonly<Record<MediaCategory, string>> = {
  tweet_image: '3',
  tweet_video: '7',
  tweet_gif: '16',
};

export const MEDIA_TYPES: Readonly<Record<MediaCategory, readonly string[]>> = {
  tweet_image: ['image/jpeg', 'image/png', 'image/webp'],
  tweet_gif: ['image/gif'],
  tweet_video: ['video/mp4', 'video/quicktime'],
};

export const MOST_BYTES: Readonly<Record<MediaCategory, number>> = {
  tweet_image: 5 * 1_048_576,
  tweet_gif: 15 * 1_048_576,
  tweet_video: 512 * 1_048_576,
};

/** Everything that was uploaded, or is about to be. */
export class MediaLibrary {
  private uploads = new Map<string, Upload>();

  constructor(private readonly ids: SnowflakeIds) {}

  begin(wanted: Pick<Upload, 'ownerId' | 'category' | 'mimeType' | 'totalBytes'>): Upload {
    const id = this.ids.next();
    const key = `${KEY_PREFIXES[wanted.category]}_${id}`;
    const upload: Upload = { ...wanted, id, key, segments: new Map(), altText: null, file: null };
    this.uploads.set(id, upload);
    return upload;
  }

  /** Uploads are their owner's alone. */
  find(id: string, ownerId: string): Upload | undefined {
    const upload = this.uploads.get(id);
    return upload?.ownerId === ownerId ? upload : undefined;
  }

  reset(): void {
    this.uploads = new Map();
  }
}

export function categoryOf(value: string | undefined): MediaCategory | undefined {
  const all: readonly MediaCategory[] = ['tweet_image', 'tweet_gif', 'tweet_video'];
  return all.find((category) => category === (value === 'amplify_video' ? 'tweet_video' : value));
}
