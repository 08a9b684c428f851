import type { JsonObject } from '../core/json.js';
import type { Upload } from './media.library.js';

export interface Poll {
  readonly id: string;
  readonly options: readonly string[];
  readonly minutes: number;
  readonly endsAt: string;
}

export interface Post {
  readonly id: string;
  readonly authorId: string;
  /** As its author wrote it, in NFC. */
  readonly text: string;
  /** Milliseconds; readers are told the second. */
  readonly createdAt: number;
  readonly media: readonly Upload[];
  readonly replyTo: string | null;
  /** The post that the conversation begins with. */
  readonly conversationId: string;
  readonly poll: Poll | null;
  readonly replySettings: string;
  /** What else the request said: community, AI label, paid partnership, tagged people. */
  readonly extra: JsonObject;
}

/** What a request asks for, before there is a post. */
export type Draft = Omit<Post, 'id' | 'createdAt' | 'conversationId'>;
