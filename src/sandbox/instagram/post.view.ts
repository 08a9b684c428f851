import type { View } from './graph.fields.js';
import type { Comment, Post } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';

export type Product = 'FEED' | 'REELS' | 'STORY';

export function productOf({ draft }: Pick<Post, 'draft'>): Product {
  if (draft.kind === 'reel') return 'REELS';
  return draft.kind === 'story' ? 'STORY' : 'FEED';
}

/** The shortcode comes from nothing that a client knows. */
export function shortcodeOf({ id }: Pick<Post, 'id'>): string {
  return `C${(BigInt(id) * 7919n).toString(36)}`;
}

export function permalinkOf(state: InstagramState, post: Post): string {
  const base = state.environment.url('AUTH');
  const username = state.person(post.accountId)?.username ?? '';
  switch (productOf(post)) {
    case 'REELS':
      return `${base}/reel/${shortcodeOf(post)}/`;
    case 'STORY':
      return `${base}/stories/${username}/${post.id}`;
    case 'FEED':
      return `${base}/p/${shortcodeOf(post)}/`;
  }
}

/** `2026-09-12T23:17:39+0000`. */
export function graphTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d+Z$/, '+0000');
}

/** A reel is a video here; that it is a reel says the product type. */
function mediaTypeOf({ draft, media }: Post): string {
  if (draft.kind === 'carousel') return 'CAROUSEL_ALBUM';
  return media[0]?.kind === 'video' ? 'VIDEO' : 'IMAGE';
}

export function postView(state: InstagramState, post: Post): View {
  const { draft } = post;
  const kind = mediaTypeOf(post);
  const address = (index: number): string => `${state.environment.url('AUTH')}/media/${post.id}/${index}`;
  const comments = state.comments.all().filter(({ postId }) => postId === post.id);
  const children = post.media.map((medium, index) => ({
    id: `${post.id}${index}`,
    media_type: medium.kind === 'video' ? 'VIDEO' : 'IMAGE',
    media_url: address(index),
    permalink: permalinkOf(state, post),
  }));
  return {
    id: post.id,
    ig_id: post.id,
    caption: draft.caption === '' ? undefined : draft.caption,
    timestamp: graphTime(post.createdAt),
    permalink: permalinkOf(state, post),
    shortcode: shortcodeOf(post),
    media_type: kind,
    media_product_type: productOf(post),
    media_url: kind === 'CAROUSEL_ALBUM' ? undefined : address(0),
    thumbnail_url: kind === 'VIDEO' ? `${address(0)}.jpg` : undefined,
    alt_text: draft.altText ?? undefined,
    children: kind === 'CAROUSEL_ALBUM' ? { data: children } : undefined,
    owner: { id: post.accountId },
    username: state.person(post.accountId)?.username ?? '',
    comments_count: comments.length,
    like_count: figureOf(state, post, 'likes'),
    is_comment_enabled: post.commentsEnabled,
    is_shared_to_feed: draft.shareToFeed ?? undefined,
  };
}

export function commentView(state: InstagramState, comment: Comment): View {
  const username = state.person(comment.accountId)?.username ?? '';
  return {
    id: comment.id,
    text: comment.text,
    timestamp: graphTime(comment.createdAt),
    username,
    from: { id: comment.accountId, username },
    media: { id: comment.postId },
    parent_id: comment.parentId ?? undefined,
    like_count: 0,
    hidden: false,
  };
}

/** What was set, beside the comments that are there. */
export function figureOf({ settings, comments }: InstagramState, { id }: Post, name: string): number {
  const value = settings.insights[name];
  const there = comments.all().filter(({ postId }) => postId === id).length;
  return (typeof value === 'number' ? value : 0) + (['comments', 'replies'].includes(name) ? there : 0);
}
