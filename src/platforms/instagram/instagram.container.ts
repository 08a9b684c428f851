import type { MediaItem, TargetContent } from '../core/index.js';
import type { GraphParams } from './instagram.graph.js';
import { readInstagramSettings, type InstagramSettings } from './instagram.settings.js';
import { composeCaption } from './instagram.text.js';

/** What the post becomes: a video alone is always a reel, several files are a carousel. */
export type PostKind = 'image' | 'reel' | 'story' | 'carousel';

/** Where the bytes of a video come from: an address that Instagram fetches, or an upload after the container is made. */
export type Source = { readonly url: string } | 'upload';

const strategies: Readonly<Record<string, string>> = { manual: 'MANUAL', performance: 'SS_PERFORMANCE' };

export function kindOf({ media, settings }: TargetContent): PostKind {
  const { format } = readInstagramSettings(settings);
  if (format !== 'post') return format;
  if (media.length > 1) return 'carousel';
  return media[0]?.kind === 'video' ? 'reel' : 'image';
}

/** A post of one file. */
export function singleFields(content: TargetContent, item: MediaItem, source: Source): GraphParams {
  const kind = kindOf(content);
  if (kind === 'story') return { media_type: 'STORIES', ...fileFields(item, source) };
  const settings = readInstagramSettings(content.settings);
  return {
    ...(kind === 'reel' ? { media_type: 'REELS' } : {}),
    ...fileFields(item, source),
    ...captionFields(content, settings),
    ...altFields(item),
    ...tagFields(settings, 0),
    ...(kind === 'reel' ? reelFields(settings) : {}),
  };
}

/** A file of a carousel: it has no caption of its own. */
export function childFields(
  content: TargetContent,
  index: number,
  item: MediaItem,
  url: string,
): GraphParams {
  return {
    is_carousel_item: 'true',
    ...(item.kind === 'video' ? { media_type: 'VIDEO' } : {}),
    ...fileFields(item, { url }),
    ...altFields(item),
    ...tagFields(readInstagramSettings(content.settings), index),
  };
}

export function carouselFields(content: TargetContent, children: readonly string[]): GraphParams {
  const settings = readInstagramSettings(content.settings);
  return {
    media_type: 'CAROUSEL',
    children: children.join(','),
    ...captionFields(content, settings),
    ...given('share_to_feed', settings.shareToFeed),
  };
}

function fileFields({ kind }: MediaItem, source: Source): GraphParams {
  if (source === 'upload') return { upload_type: 'resumable' };
  return { [kind === 'video' ? 'video_url' : 'image_url']: source.url };
}

function captionFields(content: TargetContent, settings: InstagramSettings): GraphParams {
  const caption = composeCaption(content);
  const { locationId, collaborators, aiGenerated } = settings;
  return {
    ...(caption === '' ? {} : { caption }),
    ...given('location_id', locationId),
    ...(collaborators.length === 0 ? {} : { collaborators: JSON.stringify(collaborators) }),
    ...(aiGenerated ? { is_ai_generated: 'true' } : {}),
  };
}

/** Videos have no alternative text. */
function altFields({ kind, altText }: MediaItem): GraphParams {
  return kind === 'image' && altText !== null && altText !== '' ? { alt_text: altText } : {};
}

function tagFields({ userTags }: InstagramSettings, index: number): GraphParams {
  const tags = userTags
    .filter(({ item }) => item === index)
    .map(({ username, x, y }) => (x === null || y === null ? { username } : { username, x, y }));
  return tags.length === 0 ? {} : { user_tags: JSON.stringify(tags) };
}

function reelFields(settings: InstagramSettings): GraphParams {
  const { shareToFeed, coverUrl, coverOffsetMs, audioName, trial } = settings;
  return {
    ...given('share_to_feed', shareToFeed),
    ...given('cover_url', coverUrl),
    ...(coverUrl === null ? given('thumb_offset', coverOffsetMs) : {}),
    ...given('audio_name', audioName),
    ...(trial === null
      ? {}
      : { trial_params: JSON.stringify({ graduation_strategy: strategies[trial] ?? trial }) }),
  };
}

function given(name: string, value: string | number | boolean | null): GraphParams {
  return value === null ? {} : { [name]: String(value) };
}
