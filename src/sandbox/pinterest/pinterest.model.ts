import type { InboxMedia } from '../core/inbox.js';

export const ACCOUNT_TYPES = ['PINNER', 'BUSINESS'] as const;
export const PRIVACIES = ['PUBLIC', 'PROTECTED', 'SECRET'] as const;

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly accountType: (typeof ACCOUNT_TYPES)[number];
}

export interface Section {
  readonly id: string;
  readonly name: string;
}

export interface Board {
  readonly id: string;
  readonly ownerId: string;
  /** Who may pin to it beside the owner: a group board. */
  readonly collaborators: Set<string>;
  readonly name: string;
  readonly description: string | null;
  readonly privacy: (typeof PRIVACIES)[number];
  readonly isAdsOnly: boolean;
  readonly sections: Section[];
  readonly createdAt: string;
}

/** A picture of a pin; those of a carousel have words of their own. */
export interface PinImage {
  readonly media: InboxMedia;
  readonly title: string | null;
  readonly description: string | null;
  readonly link: string | null;
}

export type PinMedia =
  | { readonly type: 'image'; readonly image: PinImage }
  | { readonly type: 'multiple_images'; readonly items: readonly PinImage[]; readonly index: number }
  | { readonly type: 'video'; readonly video: InboxMedia; readonly cover: Cover };

export type Cover =
  { readonly image: InboxMedia } | { /** Seconds into the video. */ readonly keyFrameTime: number };

export interface Pin {
  readonly id: string;
  readonly ownerId: string;
  readonly board: Board;
  readonly sectionId: string | null;
  readonly title: string | null;
  readonly description: string | null;
  readonly altText: string | null;
  readonly link: string | null;
  readonly dominantColor: string | null;
  readonly media: PinMedia;
  /** Milliseconds by the sandbox clock. */
  readonly createdAt: number;
}

/** A video on its way. */
export interface Upload {
  readonly id: string;
  readonly ownerId: string;
  /** As the form has to carry them. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly expiresAt: number;
  file: InboxMedia | null;
}
