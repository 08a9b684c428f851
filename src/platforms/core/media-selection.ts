import { bestFit } from './best-fit.js';
import type { PlatformCapabilities } from './capabilities.js';
import type { MediaItem, TargetContent } from './content.js';
import { rulesFor } from './variants.js';

export interface LeftOut {
  /** Relative to the target: `/media`, `/thread/0/media`. */
  readonly pointer: string;
  readonly items: readonly MediaItem[];
}

export interface SelectedContent {
  readonly content: TargetContent;
  readonly left: readonly LeftOut[];
}

/** With `"mediaSelection": "best-fit"` in its settings a target keeps what its platform takes together; else everything. */
export function selectMedia(content: TargetContent, capabilities: PlatformCapabilities): SelectedContent {
  if (content.settings['mediaSelection'] !== 'best-fit') return { content, left: [] };
  const { media } = rulesFor(capabilities, content);
  const first = bestFit(content.media, media);
  const parts = content.thread.map((part) => ({ part, selection: bestFit(part.media, media) }));
  const left = [
    { pointer: '/media', items: first.left },
    ...parts.map(({ selection }, index) => ({ pointer: `/thread/${index}/media`, items: selection.left })),
  ];
  return {
    content: {
      ...content,
      media: first.kept,
      thread: parts.map(({ part, selection }) => ({ ...part, media: selection.kept })),
    },
    left: left.filter(({ items }) => items.length > 0),
  };
}
