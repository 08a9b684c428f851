import { stableHash } from '../../common/crypto/index.js';
import type { JsonObject, MediaItem, TargetContent } from '../../platforms/core/index.js';
import type { MediaRef, PostBase, TargetOverrides, WrittenPart } from './post.js';

export type MediaById = ReadonlyMap<string, MediaItem>;

/** What a target says before its media are looked up. */
export interface EffectiveContent extends PostBase {
  readonly settings: JsonObject;
}

/** Null inherits; an empty text or list is really empty. */
export function inherit(base: PostBase, target: TargetOverrides): EffectiveContent {
  const link = target.link ?? base.link;
  return {
    text: target.text ?? base.text,
    link: link === null || link.trim() === '' ? null : link,
    media: target.media ?? base.media,
    thread: target.thread ?? base.thread,
    settings: target.settings ?? {},
  };
}

/**
 * The content of one target: what preflight checks, previews show and publishing sends.
 * Media that are not in the map are left out; whoever validates names them.
 */
export function composeTarget(
  content: EffectiveContent,
  media: MediaById,
  settings: JsonObject,
): TargetContent {
  return {
    text: content.text,
    link: content.link,
    media: describe(content.media, media),
    thread: content.thread.map((part) => ({ text: part.text, media: describe(part.media, media) })),
    settings,
  };
}

/** Ids of all media that the base and the overrides name, each once. */
export function mediaIdsOf(base: PostBase, targets: readonly TargetOverrides[]): string[] {
  const lists = [base, ...targets].flatMap(({ media, thread }) => [
    media ?? [],
    ...(thread ?? []).map((part: WrittenPart) => part.media),
  ]);
  return [...new Set(lists.flat().map((ref) => ref.id))];
}

/** Over everything that is published and nothing else; an approval holds for one hash. */
export function contentHashOf(
  base: PostBase,
  targets: readonly (TargetOverrides & { readonly accountId: string })[],
): string {
  return stableHash({
    text: base.text,
    link: base.link,
    media: base.media,
    thread: base.thread,
    targets: targets.map(({ accountId, text, link, media, thread, settings }) => ({
      accountId,
      text,
      link,
      media,
      thread,
      settings,
    })),
  });
}

function describe(refs: readonly MediaRef[], media: MediaById): MediaItem[] {
  return refs.flatMap((ref) => {
    const found = media.get(ref.id);
    if (found === undefined) return [];
    const { id, kind, mimeType, bytes, sha256, width, height, durationMs, fileName } = found;
    const altText = ref.altText ?? found.altText;
    const item = { id, kind, mimeType, bytes, sha256, width, height, durationMs, altText, fileName };
    return [ref.fit === undefined ? item : { ...item, fit: ref.fit }];
  });
}
