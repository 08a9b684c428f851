import type { JsonObject, JsonValue } from '../core/json.js';
import type { Post } from './post.js';
import { cut, isLong, wrap, type Trailing, type Wrapped } from './post.text.js';
import type { XState } from './x.state.js';

const EDITABLE_MS = 60 * 60_000;
const PRIVATE_METRICS_MS = 30 * 24 * 60 * 60_000;

/** Both names of things: what the documentation and live answers call tweets, the OpenAPI file calls posts. */
export type Naming = 'tweet' | 'post';

const SPEC_NAMES: Readonly<Record<string, string>> = {
  edit_history_tweet_ids: 'edit_history_post_ids',
  referenced_tweets: 'referenced_posts',
  note_tweet: 'note_post',
};

export interface Asked {
  readonly fields: readonly string[];
  readonly naming: Naming;
  /** Who asks: figures that only an author gets. */
  readonly readerId: string;
}

export function permalinkOf(state: XState, { id, authorId }: Post): string {
  return `https://x.com/${state.person(authorId)?.username ?? 'i'}/status/${id}`;
}

/** Without fields: id, text and history; everything else has to be asked for. */
export function postView(state: XState, post: Post, asked: Asked): JsonObject {
  const wrapped = wrap(post.text, post.id, trailingOf(state, post));
  const all: Readonly<Record<string, () => JsonValue>> = {
    id: () => post.id,
    text: () => shortOf(post, wrapped),
    edit_history_tweet_ids: () => [post.id],
    ...wordsOf(post, wrapped),
    ...relationsOf(state, post),
    ...figuresOf(state, post, asked),
  };
  const usual = ['id', 'text', 'edit_history_tweet_ids'];
  const wanted = [...usual, ...asked.fields.map((field) => legacyName(field))];
  const shown = Object.entries(all)
    .filter(([name]) => wanted.includes(name))
    .map(([name, value]): [string, JsonValue] => [nameFor(name, asked.naming), value()])
    .filter(([, value]) => value !== null);
  return Object.fromEntries(shown);
}

export function legacyName(field: string): string {
  return Object.entries(SPEC_NAMES).find(([, spec]) => spec === field)?.[0] ?? field;
}

export function nameFor(legacy: string, naming: Naming): string {
  return naming === 'post' ? (SPEC_NAMES[legacy] ?? legacy) : legacy;
}

function wordsOf(post: Post, wrapped: Wrapped): Record<string, () => JsonValue> {
  return {
    created_at: () => new Date(Math.floor(post.createdAt / 1000) * 1000).toISOString(),
    author_id: () => post.authorId,
    lang: () => 'en',
    source: () => 'Fanfare',
    reply_settings: () => post.replySettings,
    possibly_sensitive: () => false,
    paid_partnership: () => post.extra['paidPartnership'] ?? false,
    community_id: () => post.extra['community'] ?? null,
    entities: () => (wrapped.urls.length === 0 ? null : { urls: wrapped.urls }),
    note_tweet: () => (isLong(post.text) ? { text: wrapped.text, entities: { urls: wrapped.urls } } : null),
    edit_controls: () => ({
      edits_remaining: 5,
      is_edit_eligible: post.poll === null && post.replyTo === null,
      editable_until: new Date(post.createdAt + EDITABLE_MS).toISOString(),
    }),
  };
}

function relationsOf(state: XState, post: Post): Record<string, () => JsonValue> {
  const parent = post.replyTo === null ? undefined : state.post(post.replyTo);
  const media_keys = post.media.map(({ key }) => key);
  return {
    conversation_id: () => post.conversationId,
    in_reply_to_user_id: () => parent?.authorId ?? null,
    referenced_tweets: () => (post.replyTo === null ? null : [{ type: 'replied_to', id: post.replyTo }]),
    attachments: () => {
      if (media_keys.length > 0) return { media_keys };
      return post.poll === null ? null : { poll_ids: [post.poll.id] };
    },
  };
}

function figuresOf(state: XState, post: Post, { naming, readerId }: Asked): Record<string, () => JsonValue> {
  const { likes, reposts, quotes, bookmarks, impressions } = state.settings;
  const replies = state.posts.all().filter(({ replyTo }) => replyTo === post.id).length;
  const repostName = naming === 'post' ? 'repost_count' : 'retweet_count';
  const young = state.environment.clock.now() - post.createdAt <= PRIVATE_METRICS_MS;
  const own = young && readerId === post.authorId;
  return {
    public_metrics: () => ({
      [repostName]: reposts,
      reply_count: replies,
      like_count: likes,
      quote_count: quotes,
      bookmark_count: bookmarks,
      impression_count: impressions,
    }),
    non_public_metrics: () =>
      own
        ? { impression_count: impressions, url_link_clicks: 0, user_profile_clicks: 0, engagements: likes }
        : null,
    organic_metrics: () =>
      own
        ? {
            impression_count: impressions,
            like_count: likes,
            reply_count: replies,
            [repostName]: reposts,
            url_link_clicks: 0,
            user_profile_clicks: 0,
          }
        : null,
  };
}

/** A long post is cut where it is read; the whole is the note. */
function shortOf(post: Post, wrapped: Wrapped): string {
  return isLong(post.text) ? cut(wrapped.text) : wrapped.text;
}

function trailingOf(state: XState, post: Post): Trailing[] {
  return post.media.map(({ key, category }) => ({
    expanded: `${permalinkOf(state, post)}/${category === 'tweet_image' ? 'photo' : 'video'}/1`,
    mediaKey: key,
  }));
}
