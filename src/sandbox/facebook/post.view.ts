import type { JsonObject } from '../core/json.js';
import type { Comment, Photo, Post, Video } from './facebook.model.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import type { View } from './graph.fields.js';

export const USUAL_POST = ['created_time', 'message', 'id'];

/** `2026-11-22T05:50:00+0000`. */
export function graphTime(iso: string): string {
  return iso.replace(/\.\d+Z$/, '+0000');
}

export function postView(state: FacebookState, post: Post): View {
  const page = state.page(post.pageId);
  const comments = state.spoken.all().filter(({ postId }) => postId === post.id);
  const { likes, shares } = state.settings;
  return {
    id: post.id,
    message: post.message === '' ? undefined : post.message,
    created_time: graphTime(post.createdAt),
    updated_time: graphTime(post.editedAt ?? post.createdAt),
    permalink_url: permalinkPath(state, post),
    from: { id: post.pageId, name: page?.name ?? '' },
    application: { id: post.appId, name: APP.name, category: 'Utilities' },
    is_published: post.state === 'published',
    scheduled_publish_time: post.publishAt === null ? undefined : Math.floor(post.publishAt / 1000),
    status_type: post.mediaIds.length > 0 ? 'added_photos' : 'mobile_status_update',
    attachments: attachmentsOf(state, post),
    shares: shares === 0 ? undefined : { count: shares },
    comments: summaryOf(comments.length, { order: 'chronological', can_comment: true }),
    reactions: summaryOf(likes, { viewer_reaction: 'NONE' }),
    likes: summaryOf(likes, { can_like: true, has_liked: false }),
    place: post.extra['place'] ?? undefined,
    story: undefined,
    full_picture: undefined,
  };
}

/** What `permalink_url` says: of videos without the host. */
export function permalinkPath(state: FacebookState, post: Post): string {
  const [medium = ''] = post.mediaIds;
  switch (post.kind) {
    case 'reel':
      return `/reel/${medium}/`;
    case 'video':
      return `/${post.pageId}/videos/${medium}/`;
    case 'story':
      return `${state.environment.url('AUTH')}/stories/${post.id}`;
    case 'feed':
    case 'photo':
      return `${state.environment.url('AUTH')}/${post.pageId}/posts/${post.id.split('_')[1] ?? ''}`;
  }
}

export function permalinkOf(state: FacebookState, post: Post): string {
  const path = permalinkPath(state, post);
  return path.startsWith('/') ? state.environment.url('AUTH') + path : path;
}

export function commentPermalink(state: FacebookState, comment: Comment): string {
  const post = state.posts.get(comment.postId);
  const url = new URL(post === undefined ? state.environment.url('AUTH') : permalinkOf(state, post));
  url.searchParams.set('comment_id', comment.id.split('_').at(-1) ?? '');
  return url.href;
}

export function commentView(state: FacebookState, comment: Comment): View {
  const page = state.page(comment.pageId);
  const [medium] = comment.mediaIds;
  return {
    id: comment.id,
    message: comment.message,
    created_time: graphTime(comment.createdAt),
    permalink_url: commentPermalink(state, comment),
    from: { id: comment.pageId, name: page?.name ?? '' },
    application: { id: comment.appId, name: APP.name },
    parent: comment.parentId === comment.postId ? undefined : { id: comment.parentId },
    object: { id: comment.postId },
    attachment: medium === undefined ? undefined : { type: 'photo', target: { id: medium } },
    comment_count: state.spoken.all().filter(({ parentId }) => parentId === comment.id).length,
    like_count: 0,
  };
}

function attachmentsOf(state: FacebookState, post: Post): JsonObject | undefined {
  const media = post.mediaIds.flatMap((id) => state.medium(id) ?? []);
  const [first] = media;
  if (first !== undefined) {
    const parts = media.map((medium) => attachmentOf(state, post, medium));
    const one = attachmentOf(state, post, first);
    if (media.length === 1) return { data: [one] };
    return { data: [{ ...one, media_type: 'album', type: 'album', subattachments: { data: parts } }] };
  }
  if (post.link === null) return undefined;
  const target = { url: post.link };
  return { data: [{ media_type: 'link', type: 'share', url: post.link, unshimmed_url: post.link, target }] };
}

function attachmentOf(state: FacebookState, post: Post, medium: Photo | Video): JsonObject {
  const video = medium.kind === 'video';
  const url = permalinkOf(state, post);
  return {
    media_type: medium.kind,
    type: video ? 'video_inline' : 'photo',
    target: { id: medium.id, url },
    url,
    ...(video ? { title: medium.title ?? '' } : {}),
  };
}

function summaryOf(total: number, more: JsonObject): JsonObject {
  return { data: [], summary: { total_count: total, ...more } };
}
