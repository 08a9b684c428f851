import type { JsonObject, MediaItem, TargetContent } from '../core/index.js';
import { embedOf, type EmbedParts, type StrongRef } from './bluesky.embed.js';
import { readBlueskySettings } from './bluesky.settings.js';
import { buildFacets, linksOf } from './facets.js';

export const postCollection = 'app.bsky.feed.post';

export function uriOf(did: string, rkey: string): string {
  return `at://${did}/${postCollection}/${rkey}`;
}

/** The record key of `at://did/app.bsky.feed.post/key`. */
export function keyOf(uri: string): string {
  return uri.slice(uri.lastIndexOf('/') + 1);
}

export interface ReplyTo {
  readonly root: StrongRef;
  readonly parent: StrongRef;
}

export interface RecordParts extends EmbedParts {
  readonly text: string;
  /** DIDs by handle. */
  readonly mentions: Readonly<Record<string, string>>;
  readonly reply: ReplyTo | null;
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

/** A post shows either media or a card; with `linkCard.picture` its picture is the card's. */
export function hasCard({ link, media, settings }: TargetContent): boolean {
  return link !== null && (media.length === 0 || readBlueskySettings(settings).linkCard.picture);
}

/**
 * The text of a part as it is sent. Next to media that take the place of the card the link goes into the text; and a post of
 * nothing but a link says the link.
 */
export function composePartText(content: TargetContent, part: number): string {
  if (part > 0) return content.thread[part - 1]?.text ?? '';
  const { text, link } = content;
  if (link === null || linksOf(text).includes(link)) return text;
  if (text.trim() === '' && content.media.length === 0) return link;
  return hasCard(content) ? text : `${text}${text === '' ? '' : '\n\n'}${link}`;
}

export function mediaOf(content: TargetContent, part: number): readonly MediaItem[] {
  return part === 0 ? content.media : (content.thread[part - 1]?.media ?? []);
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
