import type { MediaRules } from './capabilities.js';
import type { PlatformDescriptor } from './descriptor.js';

/**
 * The kinds of post that a platform's capabilities and settings offer, as clients name them: `text`, `link`, `image`, `images`,
 * `video`, `thread`, the names of its variants, and what a setting of the usual name adds.
 */
export function kindsOf({ capabilities, settings }: PlatformDescriptor): string[] {
  const { media, link, maxThreadParts, variants } = capabilities;
  const kinds = [
    ...((media.minItems ?? 0) === 0 ? ['text', ...(link === 'none' ? [] : ['link'])] : []),
    ...mediaKindsOf(media),
    ...(maxThreadParts > 0 ? ['thread'] : []),
    ...(variants ?? []).map(({ name }) => name),
    ...Object.entries(kindsBySetting).flatMap(([setting, kind]) =>
      setting in settings.properties ? [kind] : [],
    ),
  ];
  return [...new Set(kinds)];
}

/** Settings that stand for a kind of post, under the names that all platforms use. */
const kindsBySetting = { firstComment: 'first_comment', poll: 'poll' };

function mediaKindsOf({ limits, maxItems }: MediaRules): string[] {
  return limits.flatMap((limit) =>
    Math.min(limit.maxItems, maxItems) > 1 ? [limit.kind, `${limit.kind}s`] : [limit.kind],
  );
}
