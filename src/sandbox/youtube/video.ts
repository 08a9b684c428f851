import type { MovieFacts } from '../core/movie.probe.js';

export type Privacy = 'public' | 'unlisted' | 'private';

/** What the author says of a video, and may change. */
export interface VideoMetadata {
  readonly snippet: {
    readonly title: string;
    readonly description: string;
    readonly tags: readonly string[];
    readonly categoryId: string;
    readonly defaultLanguage: string | null;
  };
  readonly status: {
    readonly privacyStatus: Privacy;
    /** Milliseconds. */
    readonly publishAt: number | null;
    readonly selfDeclaredMadeForKids: boolean;
    readonly containsSyntheticMedia: boolean;
    readonly embeddable: boolean;
    readonly license: 'youtube' | 'creativeCommon';
    readonly publicStatsViewable: boolean;
  };
}

export interface Picture {
  readonly sha256: string;
  readonly width: number;
  readonly height: number;
}

export interface Video {
  readonly id: string;
  readonly channelId: string;
  readonly createdAt: number;
  readonly mimeType: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Null: a container that is not looked into. */
  readonly facts: MovieFacts | null;
  readonly notifySubscribers: boolean;
  /** What processing will end with. */
  readonly failure: { readonly kind: 'failed' | 'rejected'; readonly reason: string } | null;
  metadata: VideoMetadata;
  thumbnail: Picture | null;
  /** Looks that still find it being processed. */
  pollsLeft: number;
  /** When it was public for the first time. */
  publishedAt: number | null;
}

const SHORT_MS = 3 * 60_000;

/** Upright or square and at most three minutes: nobody asks for it. */
export function isShort({ facts }: Video): boolean {
  return facts !== null && facts.durationMs <= SHORT_MS && facts.height >= facts.width;
}

export function uploadStatusOf({
  pollsLeft,
  failure,
}: Video): 'uploaded' | 'processed' | 'failed' | 'rejected' {
  if (pollsLeft > 0) return 'uploaded';
  return failure?.kind ?? 'processed';
}

export function permalinkOf({ id }: Video): string {
  return `https://www.youtube.com/watch?v=${id}`;
}
