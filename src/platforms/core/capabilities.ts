import type { MediaKind } from './content.js';

export type TextUnit = 'graphemes' | 'utf8_bytes' | 'utf16_units';

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
  /** True when we chose the post's key ourselves: then absence needs no settling. */
  readonly holdsKey: boolean;
  /** Milliseconds that the platform's clock may be behind or ahead of ours. */
  readonly clockToleranceMs: number;
}

/** Limits of a platform as data. Every figure's source and date stand in the platform's README. */
export interface PlatformCapabilities {
  /** Every limit holds for the composed text of a part. */
  readonly text: {
    readonly limits: readonly TextLimit[];
    /** Limits that replace the above when the part carries media. */
    readonly limitsWithMedia?: readonly TextLimit[];
    /** Whether a post may consist of media alone. */
    readonly optionalWithMedia: boolean;
  };
  readonly link: 'card' | 'in_text' | 'none';
  readonly media: {
    readonly limits: readonly MediaLimit[];
    /** Most items in one part, over all kinds. */
    readonly maxItems: number;
    /** Sets of kinds that may stand in one part together. */
    readonly mixes: readonly (readonly MediaKind[])[];
  };
  /** Most parts after the first; 0 where there are no threads. */
  readonly maxThreadParts: number;
  /** Milliseconds after which a visible call is given up; its outcome is then unknown. */
  readonly callDeadlineMs: number;
  readonly reconcile: ReconcilePolicy;
  /** What happens to a post afterwards. */
  readonly canDelete: boolean;
}
