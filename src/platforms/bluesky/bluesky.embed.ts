import type { JsonObject, MediaItem } from '../core/index.js';
import type { BlueskySettings } from './bluesky.settings.js';

/** Names one version of one record. */
export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

/** A medium with the blob that the server made of it. */
export interface UploadedMedia {
  readonly item: MediaItem;
  readonly blob: JsonObject;
}

export interface EmbedParts {
  readonly media: readonly UploadedMedia[];
  /** The link that becomes a card, unless media take its place. */
  readonly link: string | null;
  /** What the post quotes. */
  readonly quote: StrongRef | null;
  readonly settings: BlueskySettings;
}

/** What stands under the text: a card or media, a quoted post, or one of the former above the latter. */
export function embedOf(parts: EmbedParts): JsonObject | null {
  const shown = cardOrMedia(parts);
  if (parts.quote === null) return shown;
  const { uri, cid } = parts.quote;
  const quoted = { $type: 'app.bsky.embed.record', record: { uri, cid } };
  if (shown === null) return quoted;
  return { $type: 'app.bsky.embed.recordWithMedia', record: quoted, media: shown };
}

function cardOrMedia(parts: EmbedParts): JsonObject | null {
  const { media, link, settings } = parts;
  const [first] = media;
  if (link !== null && (first === undefined || settings.linkCard.picture)) return cardEmbed(link, parts);
  if (first === undefined) return null;
  return first.item.kind === 'video' ? videoEmbed(first) : imagesEmbed(media);
}

function cardEmbed(uri: string, { media, settings }: EmbedParts): JsonObject {
  const { title, description } = settings.linkCard;
  const site = URL.canParse(uri) ? new URL(uri).hostname.replace(/^www\./, '') : uri;
  const [picture] = media;
  return {
    $type: 'app.bsky.embed.external',
    external: {
      uri,
      title: title ?? site,
      description: description ?? '',
      ...(picture === undefined ? {} : { thumb: picture.blob }),
    },
  };
}

function imagesEmbed(media: readonly UploadedMedia[]): JsonObject {
  return {
    $type: 'app.bsky.embed.images',
    images: media.map(({ item, blob }) => ({ image: blob, alt: item.altText ?? '', ...aspectRatio(item) })),
  };
}

function videoEmbed({ item, blob }: UploadedMedia): JsonObject {
  return {
    $type: 'app.bsky.embed.video',
    video: blob,
    ...(item.altText === null || item.altText === '' ? {} : { alt: item.altText }),
    ...aspectRatio(item),
    ...(isAnimation(item) ? { presentation: 'gif' } : {}),
  };
}

/** Whether the video was made of a picture that moves: apps show it as such, silent and over and over. */
function isAnimation({ rendition }: MediaItem): boolean {
  const recipe = rendition?.recipe;
  return recipe?.make === 'video' && recipe.source === 'animation';
}

function aspectRatio({ width, height }: MediaItem): JsonObject {
  return width === null || height === null ? {} : { aspectRatio: { width, height } };
}
