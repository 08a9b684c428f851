import type { JsonObject, JsonValue } from './json.js';

export interface InboxMedia {
  readonly kind: 'image' | 'video' | 'audio' | 'gif' | 'file';
  readonly mimeType: string;
  /** Size in bytes; the content is served by the control API under its hash. */
  readonly bytes: number;
  readonly alt: string | null;
  readonly width?: number;
  readonly height?: number;
  readonly sha256: string;
  readonly filename?: string;
}

export interface InboxLinkCard {
  readonly url: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly image: InboxMedia | null;
}

/** What people see of one post. */
export interface InboxEntry {
  readonly platform: string;
  /** Id of the account as `accounts()` lists it. */
  readonly account: string;
  readonly postId: string;
  readonly permalink: string | null;
  readonly text: string;
  readonly media: readonly InboxMedia[];
  readonly linkCard: InboxLinkCard | null;
  /** Platform id of the post that this one replies to. */
  readonly replyTo: string | null;
  readonly visibility: string;
  readonly spoiler: string | null;
  readonly createdAt: string;
  readonly extra: JsonObject;
  /** The post as the platform stores it. */
  readonly raw: JsonValue;
  /**
   * How the page shows the text, when plain text is not how people see it. Not isolated: markup made by the simulator, from
   * escaped text. Isolated: markup of the sender, shown in a frame without rights.
   */
  readonly display?: { readonly html: string; readonly isolated: boolean };
}
