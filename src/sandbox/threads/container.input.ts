import { isJsonObject, parseJson, stringAt, type JsonObject } from '../core/json.js';
import type { Draft, MediaType } from './container.js';
import { invalid, mediaNotFound, refuse, scopeMissing } from './graph.errors.js';
import type { GraphCall } from './graph.operation.js';
import { lengthOf, linksOf, withTopic } from './threads.text.js';
import type { ThreadsState } from './threads.state.js';

export const CONTAINER_PARAMS = [
  'media_type',
  'text',
  'image_url',
  'video_url',
  'is_carousel_item',
  'children',
  'reply_to_id',
  'reply_control',
  'alt_text',
  'link_attachment',
  'quote_post_id',
  'poll_attachment',
  'topic_tag',
  'location_id',
  'allowlisted_country_codes',
  'text_attachment',
  'text_entities',
  'is_spoiler_media',
  'gif_attachment',
  'is_ghost_post',
  'enable_reply_approvals',
  'auto_publish_text',
];

const MEDIA_TYPES: readonly MediaType[] = ['TEXT', 'IMAGE', 'VIDEO', 'CAROUSEL'];
const REPLY_CONTROLS = [
  'everyone',
  'accounts_you_follow',
  'mentioned_only',
  'parent_post_author_only',
  'followers_only',
];
/** Parameters that only one kind of container takes. */
const ONLY: Readonly<Record<string, readonly MediaType[]>> = {
  image_url: ['IMAGE'],
  video_url: ['VIDEO'],
  alt_text: ['IMAGE', 'VIDEO'],
  is_carousel_item: ['IMAGE', 'VIDEO'],
  children: ['CAROUSEL'],
  is_spoiler_media: ['IMAGE', 'VIDEO', 'CAROUSEL'],
  link_attachment: ['TEXT'],
  poll_attachment: ['TEXT'],
  text_attachment: ['TEXT'],
  is_ghost_post: ['TEXT'],
  auto_publish_text: ['TEXT'],
};
const MAX_TEXT = 500;
const MAX_LINKS = 5;
const MAX_TOPIC = 50;
const MAX_ATTACHED_TEXT = 10_000;

/** The post that a container asks for, without its media; everything that is wrong with it is refused here. */
export function draftOf(state: ThreadsState, call: GraphCall): Draft {
  const mediaType = mediaTypeOf(call);
  const text = textOf(call, mediaType);
  const linkAttachment = call.value('link_attachment') ?? null;
  const textAttachment = textAttachmentOf(call);
  checkLinks(state, text, [linkAttachment, stringAt(textAttachment ?? {}, 'link_attachment_url') ?? null]);
  const asked = topicOf(state, call);
  const found = asked === null ? withTopic(text) : { text, topicTag: asked };
  return {
    ...{ mediaType, text: found.text, topicTag: found.topicTag, media: [], linkAttachment, textAttachment },
    replyTo: replyToOf(state, call),
    replyControl: oneOf(call, 'reply_control', REPLY_CONTROLS) ?? 'everyone',
    quoteOf: quoteOf(state, call),
    poll: pollOf(call),
    location: locationOf(call),
    countries: countriesOf(call),
    spoilerMedia: flag(call, 'is_spoiler_media'),
    gif: gifOf(call),
    ghost: flag(call, 'is_ghost_post'),
    replyApprovals: flag(call, 'enable_reply_approvals'),
  };
}

export function flag(call: GraphCall, name: string): boolean {
  const value = call.value(name) ?? 'false';
  if (value !== 'true' && value !== 'false') throw invalid(`Param ${name} must be a boolean`);
  return value === 'true';
}

function oneOf(call: GraphCall, name: string, values: readonly string[]): string | undefined {
  const value = call.value(name);
  if (value === undefined || values.includes(value)) return value;
  throw invalid(`Param ${name} must be one of {${values.join(', ')}}`);
}

function mediaTypeOf(call: GraphCall): MediaType {
  const wanted = call.value('media_type');
  const mediaType = MEDIA_TYPES.find((known) => known === wanted);
  if (mediaType === undefined) throw invalid(`Param media_type must be one of {${MEDIA_TYPES.join(', ')}}`);
  for (const [name, types] of Object.entries(ONLY)) {
    if (call.value(name) !== undefined && !types.includes(mediaType)) {
      throw invalid(`Param ${name} is not allowed with media_type ${mediaType}`);
    }
  }
  return mediaType;
}

function textOf(call: GraphCall, mediaType: MediaType): string {
  const text = call.value('text') ?? '';
  if (mediaType === 'TEXT' && text === '') throw invalid('Param text is required for media_type TEXT');
  if (flag(call, 'is_carousel_item') && text !== '') {
    throw invalid('Param text is not allowed for an item of a carousel');
  }
  if (lengthOf(text) > MAX_TEXT) throw invalid(`Param text must be at most ${MAX_TEXT} characters long.`);
  return text;
}

function checkLinks(state: ThreadsState, text: string, attached: readonly (string | null)[]): void {
  const links = new Set([...linksOf(text), ...attached.filter((link) => link !== null)]);
  if (links.size > MAX_LINKS) {
    throw refuse({
      status: 500,
      type: 'THApiException',
      code: 100,
      message: 'THREADS_API__LINK_LIMIT_EXCEEDED',
      title: 'Too many links',
      userMessage: `A post can have at most ${MAX_LINKS} links.`,
    });
  }
  const [card] = attached;
  if (card === undefined || card === null) return;
  if (URL.canParse(card) && !state.settings.refusesLinkCards) return;
  throw refuse({
    code: -1,
    subcode: 4_279_047,
    message: 'Invalid Link Attachment',
    title: 'Invalid Link Attachment',
  });
}

function topicOf({ settings }: ThreadsState, call: GraphCall): string | null {
  const topic = call.value('topic_tag');
  if (topic === undefined) return null;
  if (topic === '' || [...topic].length > MAX_TOPIC || /[.&]/.test(topic)) {
    throw invalid(`Param topic_tag must be 1 to ${MAX_TOPIC} characters long, without "." and "&"`);
  }
  if (topic !== settings.forbiddenTopic) return topic;
  throw refuse({
    code: 100,
    subcode: 4_279_071,
    message: 'This topic tag is not allowed',
    title: 'Invalid topic tag',
  });
}

/** A post of milliseconds ago cannot be replied to yet. */
function replyToOf(state: ThreadsState, call: GraphCall): string | null {
  const id = call.value('reply_to_id');
  if (id === undefined) return null;
  call.need('threads_manage_replies');
  const parent = state.post(id);
  if (parent === undefined) throw invalid(`Param reply_to_id is not the id of a post: ${id}`);
  if (state.now - parent.createdAt < state.settings.replyLagMs) throw mediaNotFound(id);
  return id;
}

function quoteOf(state: ThreadsState, call: GraphCall): string | null {
  const id = call.value('quote_post_id');
  if (id === undefined) return null;
  if (state.post(id) === undefined) throw invalid(`Param quote_post_id is not the id of a post: ${id}`);
  return id;
}

function objectOf(call: GraphCall, name: string): JsonObject | null {
  const written = call.value(name);
  if (written === undefined) return null;
  try {
    const value = parseJson(written);
    if (isJsonObject(value)) return value;
  } catch {
    throw invalid(`Param ${name} must be JSON`);
  }
  throw invalid(`Param ${name} must be an object`);
}

function pollOf(call: GraphCall): JsonObject | null {
  const poll = objectOf(call, 'poll_attachment');
  if (poll === null) return null;
  const known = ['option_a', 'option_b', 'option_c', 'option_d'];
  const given = known.filter((name) => poll[name] !== undefined);
  const wrong = Object.keys(poll).some((name) => !known.includes(name));
  const empty = given.some((name) => (stringAt(poll, name) ?? '') === '');
  if (wrong || empty || given.length < 2 || given.some((name, index) => name !== known[index])) {
    throw invalid(
      'Param poll_attachment must have option_a and option_b, and may have option_c and option_d',
    );
  }
  return poll;
}

function gifOf(call: GraphCall): JsonObject | null {
  const gif = objectOf(call, 'gif_attachment');
  if (gif === null) return null;
  const isKnown = ['TENOR', 'GIPHY'].includes(stringAt(gif, 'provider') ?? '');
  if (!isKnown || (stringAt(gif, 'gif_id') ?? '') === '') {
    throw invalid('Param gif_attachment must have a gif_id and a provider');
  }
  return gif;
}

function textAttachmentOf(call: GraphCall): JsonObject | null {
  const attachment = objectOf(call, 'text_attachment');
  if (attachment === null) return null;
  const length = lengthOf(stringAt(attachment, 'plaintext') ?? '');
  if (length >= 1 && length <= MAX_ATTACHED_TEXT) return attachment;
  throw invalid(`Param text_attachment must have a plaintext of 1 to ${MAX_ATTACHED_TEXT} characters`);
}

function locationOf(call: GraphCall): string | null {
  const location = call.value('location_id') ?? null;
  if (location !== null) call.need('threads_location_tagging');
  return location;
}

function countriesOf(call: GraphCall): string[] {
  const countries = call.value('allowlisted_country_codes');
  if (countries === undefined) return [];
  if (!call.person.geoGating) throw scopeMissing('allowlisted_country_codes');
  return countries.split(',');
}
