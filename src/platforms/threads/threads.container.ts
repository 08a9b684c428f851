import type { MediaItem, TargetContent } from '../core/index.js';
import { readThreadsSettings, type ThreadsSettings } from './threads.settings.js';
import { composePartText, linkOfCard, mediaOfPart } from './threads.text.js';

/** Fields of `POST /me/threads`; what is nested is JSON in a text. */
export type ContainerFields = Readonly<Record<string, string>>;

export type MediaType = 'TEXT' | 'IMAGE' | 'VIDEO' | 'CAROUSEL';

/** Something that becomes one post: a part of the thread, or the first comment. */
export interface Piece {
  /** Key of its commit. */
  readonly key: string;
  readonly text: string;
  readonly media: readonly MediaItem[];
  readonly mediaType: MediaType;
  /** Fields that only the post itself has. */
  readonly more: ContainerFields;
}

export function piecesOf(content: TargetContent): Piece[] {
  const parts = Array.from({ length: 1 + content.thread.length }, (_, part) => pieceOf(content, part));
  const { firstComment } = readThreadsSettings(content.settings);
  if (firstComment === null) return parts;
  return [...parts, { key: 'comment', text: firstComment, media: [], mediaType: 'TEXT', more: {} }];
}

function pieceOf(content: TargetContent, part: number): Piece {
  const media = mediaOfPart(content, part);
  return {
    key: `part:${part}`,
    text: composePartText(content, part),
    media,
    mediaType: mediaTypeOf(media),
    more: part === 0 ? settingFields(content) : {},
  };
}

function mediaTypeOf(media: readonly MediaItem[]): MediaType {
  const [first] = media;
  if (first === undefined) return 'TEXT';
  if (media.length > 1) return 'CAROUSEL';
  return first.kind === 'video' ? 'VIDEO' : 'IMAGE';
}

/** The key of the commit that this one replies to; null for the post itself. */
export function repliesTo(key: string): string | null {
  if (key === 'comment') return 'part:0';
  const part = Number(key.replace('part:', ''));
  return part > 0 ? `part:${part - 1}` : null;
}

/** A container of one file, alone or in a carousel. */
export function mediaFields(item: MediaItem, url: string): ContainerFields {
  const video = item.kind === 'video';
  return {
    media_type: video ? 'VIDEO' : 'IMAGE',
    [video ? 'video_url' : 'image_url']: url,
    ...(item.altText === null || item.altText === '' ? {} : { alt_text: item.altText }),
  };
}

function settingFields(content: TargetContent): ContainerFields {
  const settings = readThreadsSettings(content.settings);
  const card = linkOfCard(content);
  return {
    ...(card === null ? {} : { link_attachment: card }),
    ...given('reply_control', settings.replyControl),
    ...given('enable_reply_approvals', settings.replyApprovals),
    ...given('topic_tag', settings.topicTag),
    ...given('quote_post_id', settings.quotePostId),
    ...given('location_id', settings.locationId),
    ...(settings.countries.length === 0 ? {} : { allowlisted_country_codes: settings.countries.join(',') }),
    ...(settings.spoilerMedia ? { is_spoiler_media: 'true' } : {}),
    ...(settings.ghost ? { is_ghost_post: 'true' } : {}),
    ...attachmentFields(settings),
    ...spoilerFields(composePartText(content, 0), settings.spoilers),
  };
}

function given(name: string, value: string | boolean | null): ContainerFields {
  return value === null ? {} : { [name]: String(value) };
}

function attachmentFields({ pollOptions, textAttachment, gif }: ThreadsSettings): ContainerFields {
  const options = pollOptions.map((option, index) => [`option_${'abcd'.charAt(index)}`, option]);
  const link = textAttachment?.link ?? null;
  const long = { plaintext: textAttachment?.text, ...(link === null ? {} : { link_attachment_url: link }) };
  return {
    ...(options.length === 0 ? {} : { poll_attachment: JSON.stringify(Object.fromEntries(options)) }),
    ...(textAttachment === null ? {} : { text_attachment: JSON.stringify(long) }),
    ...(gif === null ? {} : { gif_attachment: JSON.stringify({ gif_id: gif.id, provider: gif.provider }) }),
  };
}

/** Where each passage stands, counted in code points. */
function spoilerFields(text: string, spoilers: readonly string[]): ContainerFields {
  const entities = spoilers.map((passage) => ({
    entity_type: 'SPOILER',
    offset: lengthOf(text.slice(0, Math.max(0, text.indexOf(passage)))),
    length: lengthOf(passage),
  }));
  return entities.length === 0 ? {} : { text_entities: JSON.stringify(entities) };
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
