import type { Blog, User } from './tumblr.blog.js';
import { CODES, refuse } from './tumblr.errors.js';
import type { Draft } from './tumblr.post.js';
import type { TumblrState } from './tumblr.state.js';

export const QUOTAS = ['posts', 'images', 'videos', 'video_seconds'] as const;
export type Quota = (typeof QUOTAS)[number];

/** Throws where the day, the queue or a video that is still being transcoded leave no room for the post. */
export function refuseTooMuch(state: TumblrState, blog: Blog, draft: Draft): void {
  const { user } = blog;
  const uses = usesOf(draft);
  if (draft.state === 'queued' && queued(state, blog) >= state.settings.queueSize) {
    throw refuse(403, CODES.queueFull);
  }
  if (uses.videos > 0 && state.isTranscoding(user)) throw refuse(403, state.settings.transcodingCode);
  const over = (quota: Quota): boolean => used(state, user, quota) + uses[quota] > capOf(state, quota);
  if (over('posts')) throw refuse(403, CODES.dailyLimit);
  if (over('images')) throw refuse(403, CODES.mediaQuota);
  if (over('videos') || over('video_seconds')) throw refuse(403, CODES.videoQuota);
}

export function countPost(state: TumblrState, { user }: Blog, draft: Draft): void {
  const uses = usesOf(draft);
  for (const quota of QUOTAS) state.quota.add(`${quota} ${user.id}`, uses[quota]);
}

export function used(state: TumblrState, user: User, quota: Quota): number {
  return state.quota.used(`${quota} ${user.id}`);
}

export function capOf({ settings }: TumblrState, quota: Quota): number {
  switch (quota) {
    case 'posts':
      return settings.postsPerDay;
    case 'images':
      return settings.imagesPerDay;
    case 'videos':
      return settings.videosPerDay;
    case 'video_seconds':
      return settings.videoSecondsPerDay;
  }
}

function usesOf({ content, state }: Draft): Record<Quota, number> {
  const media = content.flatMap(({ medium }) => medium ?? []);
  const videos = media.filter(({ kind }) => kind === 'video');
  const milliseconds = videos.reduce((sum, { durationMs }) => sum + (durationMs ?? 0), 0);
  return {
    posts: state === 'draft' ? 0 : 1,
    images: media.filter(({ kind }) => kind === 'image' || kind === 'gif').length,
    videos: videos.length,
    video_seconds: Math.ceil(milliseconds / 1000),
  };
}

function queued(state: TumblrState, blog: Blog): number {
  return state.posts.all().filter((post) => post.blog === blog && post.state === 'queued').length;
}
