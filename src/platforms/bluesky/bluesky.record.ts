import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import type { BlueskySettings } from './bluesky.settings.js';
import { buildFacets, linksOf } from './facets.js';

export const postCollection = 'app.bsky.feed.post';

/** The record key of `at://did/app.bsky.feed.post/key`. */
export function keyOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

/** Names one version of one record. */
export interface StrongRef {
  readonly uri: string;
  readonly cid: string;
}

export interface ReplyTo {
  readonly root: StrongRef;
  readonly parent: StrongRef;
}

/** A medium with the blob that the server made of it. */
export interface UploadedMedia {
  readonly item: MediaItem;
  readonly blob: JsonObject;
}

export interface RecordParts {
  readonly text: string;
  /** DIDs by handle. */
  readonly mentions: Readonly<Record<string, string>>;
  readonly media: readonly UploadedMedia[];
  /** The link that becomes a card; media take its place. */
  readonly link: string | null;
  readonly reply: ReplyTo | null;
  readonly settings: BlueskySettings;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/**
 * The text of a part as it is sent. A post shows either media or a card, so next to media the link goes into the text; and a
 * post of nothing but a link says the link.
 */
export function composePartText(content: TargetContent, part: number): string {
  if (part > 0) return content.thread[part - 1]?.text ?? '';
  const { text, link } = content;
  if (link === null || linksOf(text).includes(link)) return text;
  if (text.trim() === '' && content.media.length === 0) return link;
  return content.media.length === 0 ? text : `${text}${text === '' ? '' : '\n\n'}${link}`;
}

export function mediaOf(content: TargetContent, part: number): readonly MediaItem[] {
  return part === 0 ? content.media : (content.thread[part - 1]?.media ?? []);
}

function aspectRatio({ width, height }: MediaItem): JsonObject {
  return width === null || height === null ? {} : { aspectRatio: { width, height } };
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
  };
}

function cardEmbed(uri: string, { linkCard }: BlueskySettings): JsonObject {
  const site = URL.canParse(uri) ? new URL(uri).hostname.replace(/^www\./, '') : uri;
  return {
    $type: 'app.bsky.embed.external',
    external: { uri, title: linkCard.title ?? site, description: linkCard.description ?? '' },
  };
}

function embedOf({ media, link, settings }: RecordParts): JsonObject | null {
  const [first] = media;
  if (first?.item.kind === 'video') return videoEmbed(first);
  if (first !== undefined) return imagesEmbed(media);
  return link === null ? null : cardEmbed(link, settings);
}

function replyOf({ root, parent }: ReplyTo): JsonObject {
  return {
    root: { uri: root.uri, cid: root.cid },
    parent: { uri: parent.uri, cid: parent.cid },
  };
}

function selfLabels(values: readonly string[]): JsonObject {
  return {
    $type: 'com.atproto.label.defs#selfLabels',
    values: values.map((val) => ({ val })),
  };
}

/** The record of one part. The same parts give the same bytes. */
export function buildRecord(parts: RecordParts): JsonObject {
  const facets = buildFacets(parts.text, parts.mentions);
  const embed = embedOf(parts);
  const { langs, labels, tags } = parts.settings;
  return {
    $type: postCollection,
    text: parts.text,
    ...(facets.length === 0 ? {} : { facets }),
    ...(embed === null ? {} : { embed }),
    ...(parts.reply === null ? {} : { reply: replyOf(parts.reply) }),
    ...(langs.length === 0 ? {} : { langs: [...langs] }),
    ...(labels.length === 0 ? {} : { labels: selfLabels(labels) }),
    ...(tags.length === 0 ? {} : { tags: [...tags] }),
    createdAt: parts.createdAt,
  };
}
