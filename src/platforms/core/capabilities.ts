import type { MediaKind } from './media/media-kind.js';
import type { MetricName } from './metrics.js';
import type { CircuitPolicy, Pacing } from './pacing.js';
import type { TextUnit } from './text.js';

export interface TextLimit {
  readonly max: number;
  readonly unit: TextUnit;
}

/** What a platform takes of one kind of file. What is absent is not limited. */
export interface MediaLimit {
  readonly kind: MediaKind;
  /** Most items of this kind in one post. */
  readonly maxItems: number;
  readonly mimeTypes: readonly string[];
  /** Bytes of one item. */
  readonly maxBytes: number;
  readonly minBytes?: number;
  /**
   * `pull`: the platform fetches the file from a public address (`PublishContext.mediaUrl`) and takes no bytes. Where it takes
   * both, bytes are sent: that is the default.
   */
  readonly delivery?: 'bytes' | 'pull';
  /** Most characters (UTF-16) of alternative text; 0 where the platform knows none. */
  readonly maxAltText: number;
  /** Pixels. */
  readonly maxWidth?: number;
  readonly maxHeight?: number;
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** Width plus height, pixels. */
  readonly maxSideSum?: number;
  /** Width times height, pixels. */
  readonly maxPixels?: number;
  /** Longest to shortest side. */
  readonly maxRatio?: number;
  /** Width to height: 0.8 is 4:5 upright. */
  readonly ratio?: { readonly min: number; readonly max: number };
  /** Milliseconds. */
  readonly maxDurationMs?: number;
  readonly minDurationMs?: number;
  /** Of a document. */
  readonly maxPages?: number;
  /** Whether an image may move (animated WebP); false unless told. */
  readonly animation?: boolean;
  /** As ffprobe calls them: `h264`, `hevc`, `vp9`; `aac`, `mp3`, `opus`. */
  readonly videoCodecs?: readonly string[];
  readonly audioCodecs?: readonly string[];
  /** As ffprobe calls them: `yuv420p`. */
  readonly pixelFormats?: readonly string[];
  /** Frames per second. */
  readonly maxFrameRate?: number;
  readonly minFrameRate?: number;
  /** Bits per second, of everything. */
  readonly maxBitRate?: number;
  /** Whether the index of an MP4 or MOV must stand before the pictures. */
  readonly fastStart?: boolean;
}

/** How a lost answer is resolved (protocol.md §4). */
export interface ReconcilePolicy {
  /** Milliseconds after the call's deadline plus 15 s until the platform's answer counts as complete. */
  readonly settleMs: number;
  /** How many looks, a settling delay apart, prove absence. `never`: only a person can tell. */
  readonly absentAfterLooks: 1 | 2 | 'never';
  /** True when we chose the post's key ourselves: then one look is authoritative, and repeating is harmless. */
  readonly holdsKey: boolean;
  /** Milliseconds that the platform's clock may be behind or ahead of ours. */
  readonly clockToleranceMs: number;
  /**
   * True when a look finds a post also by what people see, without anything that a step remembered: then it can tell what
   * became of calls that a restored backup has forgotten. Left out: only a person can.
   */
  readonly findsForgotten?: boolean;
}

export interface TextRules {
  /** Every limit holds for the composed text of a part. */
  readonly limits: readonly TextLimit[];
  /** Limits that replace the above when the part carries media. */
  readonly limitsWithMedia?: readonly TextLimit[];
  /** Whether a post may consist of media alone. */
  readonly optionalWithMedia: boolean;
}

export interface MediaRules {
  readonly limits: readonly MediaLimit[];
  /** Most items in one part, over all kinds. */
  readonly maxItems: number;
  /** Fewest items of the post itself: 1 where nothing goes out without media. 0 by default. */
  readonly minItems?: number;
  /** Sets of kinds that may stand in one part together; each kind still has its own figure. */
  readonly mixes: readonly (readonly MediaKind[])[];
}

/** How a link goes out: as a card of its own, inside the text, in a field of its own, or not at all. */
export type LinkForm = 'card' | 'in_text' | 'field' | 'none';

/** A kind of post with rules of its own: a reel, a story, a document. What is left out is as for every post. */
export interface PostVariant {
  /** snake_case, as clients and tests name it: `reel`, `story`. */
  readonly name: string;
  /** All that is given must hold. The first variant that fits decides. */
  readonly when: {
    /** Values of the target's settings: `{ format: 'story' }`. */
    readonly settings?: Readonly<Record<string, string | boolean>>;
    /** How many media the post itself carries. */
    readonly items?: 'none' | 'one' | 'several';
    /** Each of its media is of one of these kinds. */
    readonly kinds?: readonly MediaKind[];
  };
  readonly text?: TextRules;
  readonly link?: LinkForm;
  readonly media?: MediaRules;
  readonly maxThreadParts?: number;
}

/** Limits of a platform as data. Every figure's source and date stand in the platform's README. */
export interface PlatformCapabilities {
  readonly text: TextRules;
  readonly link: LinkForm;
  readonly media: MediaRules;
  /** Kinds of post whose rules differ from the above. */
  readonly variants?: readonly PostVariant[];
  /** Most parts after the first; 0 where there are no threads. */
  readonly maxThreadParts: number;
  /** Milliseconds after which a visible call is given up; its outcome is then unknown. */
  readonly callDeadlineMs: number;
  readonly reconcile: ReconcilePolicy;
  /** How fast it may be called; absent: as fast as it answers. */
  readonly pacing?: Pacing;
  /** When it counts as down; absent: five outages within a minute. */
  readonly circuit?: CircuitPolicy;
  /** Whether a published post can be deleted by API; then the publisher has `deletePost`. */
  readonly canDelete: boolean;
  /** Where it cannot: what a person does instead. */
  readonly deleteAdvice?: string;
  /** The figures that the platform gives for a post; then the publisher has `readMetrics`. None by default. */
  readonly metrics?: readonly MetricName[];
}
