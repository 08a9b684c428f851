import { stringAt, type JsonObject } from '../core/json.js';
import type { Blog } from './tumblr.blog.js';

/** As reads call it; a write says `queue`. */
export type PostState = 'published' | 'private' | 'queued' | 'draft' | 'submission';

/** A file of a block. */
export interface Medium {
  readonly kind: 'image' | 'gif' | 'video' | 'audio';
  readonly mimeType: string;
  readonly sha256: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
}

/** A block as it was sent, and its file. */
export interface Block {
  readonly type: string;
  readonly fields: JsonObject;
  readonly medium: Medium | null;
}

/** What a request asks for. */
export interface Draft {
  readonly state: PostState;
  readonly content: readonly Block[];
  readonly layout: readonly JsonObject[];
  readonly tags: readonly string[];
  readonly slug: string;
  readonly sourceUrl: string | null;
  /** Null: now. Milliseconds since 1970. */
  readonly backdatedTo: number | null;
  /** Null: when it is its turn. */
  readonly publishAt: number | null;
  readonly reblog: string;
}

export interface Post extends Draft {
  /** A number of 64 bits. */
  readonly id: string;
  readonly blog: Blog;
  /** The id that it had in the queue. */
  readonly genesisId: string | null;
  readonly createdAt: number;
  /** Until then its video is transcoded; null: that came to nothing. */
  readonly readyAt: number | null;
}

/** The text as people read it: a block is a paragraph. */
export function textOf(content: readonly Block[]): string {
  return content
    .flatMap(({ type, fields }) => (type === 'text' ? [stringAt(fields, 'text') ?? ''] : []))
    .join('\n\n');
}
