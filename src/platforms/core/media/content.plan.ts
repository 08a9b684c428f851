import type { Violation } from '../../../common/errors/index.js';
import type { PlatformCapabilities } from '../capabilities.js';
import type { MediaItem, PlannedRendition, TargetContent } from '../content.js';
import { rulesFor } from '../variants.js';
import type { MediaDetails } from './media-facts.js';
import type { MediaPlan } from './media-plan.js';
import { planMedia } from './media.planner.js';
import { recipeHash } from './recipe.js';

export interface PlannedFile {
  /** Relative to the target: `/media/0`, `/thread/1/media/0`. */
  readonly pointer: string;
  readonly assetId: string;
  readonly plan: MediaPlan;
  /** What goes out; of what cannot be made to fit, the file as it is, with the reason. */
  readonly item: MediaItem;
}

export interface PlannedContent {
  /** Every file as it will be sent. */
  readonly content: TargetContent;
  readonly files: readonly PlannedFile[];
  /** Of the files that cannot be made to fit. */
  readonly violations: readonly Violation[];
}

export interface ContentWish {
  readonly capabilities: PlatformCapabilities;
  readonly detailsOf: (assetId: string) => MediaDetails;
}

/**
 * The content as it will be sent: each file as it is or as what has to be made of it. An animation that becomes a video may
 * make the post one of another kind, with limits of its own: then it is planned for those.
 */
export function planContent(written: TargetContent, wish: ContentWish): PlannedContent {
  const first = planBy(written, written, wish);
  const changed =
    rulesFor(wish.capabilities, first.content).variant !== rulesFor(wish.capabilities, written).variant;
  return changed ? planBy(written, first.content, wish) : first;
}

/** What has to be made before the content can go out. */
export function renditionsOf({
  media,
  thread,
}: TargetContent): (PlannedRendition & { readonly assetId: string })[] {
  return [...media, ...thread.flatMap((part) => part.media)].flatMap(({ id, rendition }) =>
    rendition === undefined ? [] : [{ ...rendition, assetId: id }],
  );
}

/** Why a file of the content cannot be made to fit; null when each can. Limits may have changed since it was written. */
export function unfitOf({ media, thread }: TargetContent): string | null {
  const items = [...media, ...thread.flatMap((part) => part.media)];
  return items.find(({ unfit }) => unfit !== undefined)?.unfit ?? null;
}

function planBy(
  written: TargetContent,
  asRead: TargetContent,
  { capabilities, detailsOf }: ContentWish,
): PlannedContent {
  const { limits } = rulesFor(capabilities, asRead).media;
  const plan = (items: readonly MediaItem[], pointer: string): PlannedFile[] =>
    items.map((item, index) => {
      const facts = { ...item, details: detailsOf(item.id) };
      const made = planMedia({ facts, limits, fit: item.fit ?? null });
      return {
        pointer: `${pointer}/media/${index}`,
        assetId: item.id,
        plan: made,
        item: asPlanned(item, made),
      };
    });
  const media = plan(written.media, '');
  const thread = written.thread.map((part, index) => plan(part.media, `/thread/${index}`));
  const files = [...media, ...thread.flat()];
  const itemsOf = (planned: readonly PlannedFile[]): MediaItem[] => planned.map(({ item }) => item);
  return {
    files,
    content: {
      ...written,
      media: itemsOf(media),
      thread: written.thread.map((part, index) => ({ ...part, media: itemsOf(thread[index] ?? []) })),
    },
    violations: files.flatMap(({ pointer, plan: { as, ...of } }) =>
      as === 'impossible' && 'broken' in of ? of.broken.map((broken) => ({ pointer, ...broken })) : [],
    ),
  };
}

function asPlanned(item: MediaItem, plan: MediaPlan): MediaItem {
  if (plan.as === 'impossible') {
    const unfit = plan.broken.map(({ message, remedy }) => `${message} ${remedy}`).join(' ');
    return { ...item, unfit };
  }
  if (plan.as !== 'rendition') return item;
  const { recipe, because, planned } = plan;
  const rendition = { sourceSha256: item.sha256, recipe, recipeHash: recipeHash(recipe), because };
  return { ...item, ...planned, rendition };
}
