import type { JsonObject, JsonValue } from '../core/json.js';
import type { Post } from './container.js';
import { nonexistingField } from './graph.errors.js';
import { linksOf } from './threads.text.js';
import type { ThreadsState } from './threads.state.js';

const TYPES = { TEXT: 'TEXT_POST', IMAGE: 'IMAGE', VIDEO: 'VIDEO', CAROUSEL: 'CAROUSEL_ALBUM' } as const;

export function permalinkOf(state: ThreadsState, post: Post): string {
  const username = state.person(post.accountId)?.username ?? '';
  return `${state.environment.url('AUTH')}/@${username}/post/${shortcodeOf(post)}`;
}

/** `2024-09-12T23:17:39+0000`. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}

/** The card of a text post: the attachment, else the first link of the text. */
export function linkCardOf({ draft }: Post): string | null {
  if (draft.mediaType !== 'TEXT') return null;
  return draft.linkAttachment ?? linksOf(draft.text)[0] ?? null;
}

export function rootOf(state: ThreadsState, post: Post): Post {
  const parent = post.draft.replyTo === null ? undefined : state.post(post.draft.replyTo);
  return parent === undefined ? post : rootOf(state, parent);
}

/** The fields that were asked for; what a post does not have is left out, what no post has is refused. */
export function postView(state: ThreadsState, post: Post, fields: string | undefined): JsonObject {
  const whole = allFields(state, post);
  const view: JsonObject = { id: post.id };
  for (const name of namesOf(fields)) {
    const value = whole[name];
    if (value === undefined) throw nonexistingField(name);
    if (value !== null) view[name] = value;
  }
  return view;
}

/** `id,poll_attachment{option_a,option_b}` names two. */
export function namesOf(fields: string | undefined): string[] {
  const flat = (fields ?? 'id').replace(/\{[^}]*\}/g, '');
  return flat.split(',').filter((name) => name !== '');
}

function shortcodeOf({ id }: Post): string {
  return `D${BigInt(id).toString(36).toUpperCase()}`;
}

function allFields(state: ThreadsState, post: Post): Readonly<Record<string, JsonValue>> {
  const { draft } = post;
  const username = state.person(post.accountId)?.username ?? '';
  const all = state.posts.all();
  return {
    id: post.id,
    media_product_type: 'THREADS',
    media_type: post.repostOf === null ? TYPES[draft.mediaType] : 'REPOST_FACADE',
    permalink: permalinkOf(state, post),
    shortcode: shortcodeOf(post),
    owner: { id: post.accountId },
    username,
    text: draft.text === '' || post.repostOf !== null ? null : draft.text,
    timestamp: graphTime(post.createdAt),
    is_quote_post: draft.quoteOf !== null,
    quoted_post: draft.quoteOf === null ? null : { id: draft.quoteOf },
    reposted_post: post.repostOf === null ? null : { id: post.repostOf },
    has_replies: all.some(({ draft: { replyTo } }) => replyTo === post.id),
    ...repliesOf(state, post),
    ...attachmentsOf(state, post),
  };
}

function repliesOf(state: ThreadsState, post: Post): Readonly<Record<string, JsonValue>> {
  const { replyTo, replyControl } = post.draft;
  const root = rootOf(state, post);
  return {
    is_reply: replyTo !== null,
    is_reply_owned_by_me: replyTo !== null,
    replied_to: replyTo === null ? null : { id: replyTo },
    root_post: replyTo === null ? null : { id: root.id, owner_id: root.accountId },
    hide_status: 'NOT_HUSHED',
    reply_audience: replyControl.toUpperCase(),
  };
}

function attachmentsOf(state: ThreadsState, post: Post): Readonly<Record<string, JsonValue>> {
  const { draft } = post;
  const [first] = draft.media;
  const isAlbum = draft.mediaType === 'CAROUSEL';
  const address = (index: number): string => `${state.environment.url('AUTH')}/media/${post.id}/${index}`;
  return {
    media_url: first === undefined || isAlbum ? null : address(0),
    thumbnail_url: first?.kind === 'video' && !isAlbum ? `${address(0)}.jpg` : null,
    gif_url: null,
    children: isAlbum ? { data: draft.media.map((_, index) => ({ id: `${post.id}${index}` })) } : null,
    alt_text: isAlbum ? null : (first?.alt ?? null),
    link_attachment_url: linkCardOf(post),
    poll_attachment: draft.poll,
    location_id: draft.location,
    topic_tag: draft.topicTag,
    is_verified: false,
    profile_picture_url: null,
  };
}
