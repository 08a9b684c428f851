import type { JsonObject } from '../core/json.js';
import type { Photo, PostState, Video } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import type { View } from './graph.fields.js';
import { graphTime, permalinkPath } from './post.view.js';

const DAY_MS = 24 * 60 * 60_000;

export const USUAL_PHOTO = ['created_time', 'id'];
export const USUAL_VIDEO = ['description', 'updated_time', 'id'];

export function photoView(state: FacebookState, photo: Photo): View {
  const post = photo.postId === null ? undefined : state.posts.get(photo.postId);
  return {
    id: photo.id,
    created_time: graphTime(photo.createdAt),
    alt_text_custom: photo.alt ?? undefined,
    alt_text: photo.alt ?? undefined,
    name: post?.message,
    link: `${state.environment.url('AUTH')}/photo/?fbid=${photo.id}`,
    permalink_url: post === undefined ? undefined : permalinkPath(state, post),
    page_story_id: photo.postId ?? undefined,
    post_id: photo.postId ?? undefined,
    width: photo.width,
    height: photo.height,
    images: [{ width: photo.width, height: photo.height, source: '' }],
  };
}

/** The post's id comes only when the video is published. */
export function videoView(state: FacebookState, video: Video): View {
  const post = video.postId === null ? undefined : state.posts.get(video.postId);
  const out = post?.state === 'published';
  return {
    id: video.id,
    status: statusOf(state, video),
    title: video.title ?? undefined,
    description: video.description === '' ? undefined : video.description,
    created_time: graphTime(video.createdAt),
    updated_time: graphTime(video.createdAt),
    published: out,
    permalink_url: post === undefined || !out ? undefined : permalinkPath(state, post),
    post_id: out ? post.id : undefined,
    from: { id: video.pageId, name: state.page(video.pageId)?.name ?? '' },
    length: undefined,
    source: undefined,
    live_status: undefined,
  };
}

function statusOf(state: FacebookState, video: Video): JsonObject {
  const complete = video.sha256 !== null;
  const post = video.postId === null ? undefined : state.posts.get(video.postId);
  const uploading = complete ? 'complete' : video.received.length > 0 ? 'in_progress' : 'not_started';
  const processing = !complete ? 'not_started' : video.processingLeft > 0 ? 'in_progress' : 'complete';
  return {
    video_status: wordOf(state, video),
    uploading_phase: {
      status: uploading,
      bytes_transfered: video.received.length,
      source_file_size: video.size ?? 0,
    },
    processing_phase: video.failed
      ? { status: 'error', error: { message: 'The video could not be processed.' } }
      : { status: processing },
    publishing_phase: publishingOf(post),
  };
}

function publishingOf(
  post: { state: PostState; publishAt: number | null; createdAt: string } | undefined,
): JsonObject {
  switch (post?.state) {
    case 'published':
      return { status: 'complete', publish_status: 'published', publish_time: graphTime(post.createdAt) };
    case 'publishing':
      return { status: 'in_progress' };
    case 'scheduled': {
      const time = graphTime(new Date(post.publishAt ?? 0).toISOString());
      return { status: 'complete', publish_status: 'scheduled', publish_time: time };
    }
    case 'draft':
      return { status: 'complete', publish_status: 'draft' };
    case 'failed':
      return { status: 'error', publish_status: 'error' };
    case undefined:
      return { status: 'not_started' };
  }
}

function wordOf(state: FacebookState, video: Video): string {
  if (video.failed) return 'error';
  if (video.sha256 === null) {
    const age = state.environment.clock.now() - Date.parse(video.createdAt);
    return age > DAY_MS ? 'expired' : 'uploading';
  }
  if (video.processingLeft > 0) return 'processing';
  return video.postId === null ? 'upload_complete' : 'ready';
}
