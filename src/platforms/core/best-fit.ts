import type { MediaRules } from './capabilities.js';
import type { MediaItem } from './content.js';
import type { MediaKind } from './media/media-kind.js';

export interface MediaSelection {
  readonly kept: readonly MediaItem[];
  readonly left: readonly MediaItem[];
}

/**
 * The most of the media that the rules take together, in their order; of equals the set with the earliest item. What is wrong
 * with a single file is not judged here.
 */
export function bestFit(media: readonly MediaItem[], rules: MediaRules): MediaSelection {
  const sets = rules.mixes.length > 0 ? rules.mixes : rules.limits.map(({ kind }) => [kind]);
  const selections = sets.map((kinds) => select(media, kinds, rules));
  const kept = selections.reduce<readonly MediaItem[]>(
    (best, next) => (isBetter(next, best, media) ? next : best),
    [],
  );
  return { kept, left: media.filter((item) => !kept.includes(item)) };
}

function select(media: readonly MediaItem[], kinds: readonly MediaKind[], rules: MediaRules): MediaItem[] {
  const kept: MediaItem[] = [];
  for (const item of media) {
    const limit = rules.limits.find(({ kind }) => kind === item.kind);
    if (limit === undefined || !kinds.includes(item.kind)) continue;
    // As preflight counts: each kind by its own figure, and all of them together.
    const together = [...kept, item];
    const same = together.filter(({ kind }) => kind === item.kind).length;
    if (same <= limit.maxItems && together.length <= rules.maxItems) kept.push(item);
  }
  return kept;
}

function isBetter(
  next: readonly MediaItem[],
  best: readonly MediaItem[],
  media: readonly MediaItem[],
): boolean {
  if (next.length !== best.length) return next.length > best.length;
  const [first] = next;
  const [other] = best;
  return first !== undefined && other !== undefined && media.indexOf(first) < media.indexOf(other);
}
