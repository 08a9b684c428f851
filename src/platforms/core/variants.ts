import type { LinkForm, MediaRules, PlatformCapabilities, PostVariant, TextRules } from './capabilities.js';
import type { MediaItem, TargetContent } from './content.js';

/** The rules that hold for one post. */
export interface PostRules {
  /** Name of the variant; null: the post is as any other. */
  readonly variant: string | null;
  readonly text: TextRules;
  readonly link: LinkForm;
  readonly media: MediaRules;
  readonly maxThreadParts: number;
}

/** What decides about the variant. */
type Sorted = Pick<TargetContent, 'settings'> & { readonly media: readonly Pick<MediaItem, 'kind'>[] };

/** The rules for this content: those of the first variant that fits, over those of every post. */
export function rulesFor(capabilities: PlatformCapabilities, content: Sorted): PostRules {
  const variant = (capabilities.variants ?? []).find((candidate) => fits(candidate, content));
  const { text, link, media, maxThreadParts } = capabilities;
  return {
    variant: variant?.name ?? null,
    text: variant?.text ?? text,
    link: variant?.link ?? link,
    media: variant?.media ?? media,
    maxThreadParts: variant?.maxThreadParts ?? maxThreadParts,
  };
}

function fits({ when }: PostVariant, { media, settings }: Sorted): boolean {
  const wanted = Object.entries(when.settings ?? {});
  if (!wanted.every(([name, value]) => settings[name] === value)) return false;
  if (when.items !== undefined && when.items !== countOf(media.length)) return false;
  return when.kinds === undefined || media.every(({ kind }) => when.kinds?.includes(kind) === true);
}

function countOf(items: number): 'none' | 'one' | 'several' {
  return items === 0 ? 'none' : items === 1 ? 'one' : 'several';
}
