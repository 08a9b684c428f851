import type { JsonObject } from '../core/json.js';
import { invalid, refuse } from './facebook.errors.js';
import type { Page, Video, VideoUse } from './facebook.model.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { checkSchedule, checkText, addPost, TEXT_LIMIT, type Timing } from './post.rules.js';
import { textOf, timeOf } from './graph.values.js';

export function newVideo(
  state: FacebookState,
  page: Page,
  more: { readonly use: VideoUse; readonly size?: number; readonly sessionId?: string },
): Video {
  const video: Video = {
    kind: 'video',
    id: state.nextId(),
    pageId: page.id,
    use: more.use,
    createdAt: state.environment.clock.iso(),
    sessionId: more.sessionId ?? null,
    size: more.size ?? null,
    received: Buffer.alloc(0),
    sha256: null,
    mimeType: 'video/mp4',
    title: null,
    description: '',
    processingLeft: 0,
    publishLeft: 0,
    failed: false,
    postId: null,
  };
  state.videos.set(video.id, video);
  return video;
}

/** Everything has come: it is processed from now on. */
export function complete(state: FacebookState, video: Video, bytes: Buffer): void {
  video.received = bytes;
  video.size = bytes.length;
  video.sha256 = state.environment.media.put(bytes, video.mimeType).sha256;
  video.processingLeft = state.settings.processingPolls;
  state.settle(video);
}

/** A video of this page and for this use, whose upload is complete. */
export function uploadedVideo(
  state: FacebookState,
  page: Page,
  wanted: { id: string | undefined; use: VideoUse },
): Video {
  const video = state.videos.get(wanted.id ?? '');
  if (video === undefined || video.pageId !== page.id || video.use !== wanted.use) {
    throw invalid('Param video_id is no video of this upload.');
  }
  if (video.sha256 === null) {
    throw refuse({
      code: 6000,
      subcode: 1363048,
      message: 'There was a problem uploading your video file. The upload is incomplete.',
    });
  }
  return video;
}

const REEL_DAYS = 29;

/** `video_state`: out now, later, or kept as a draft. */
export function reelTiming(state: FacebookState, given: JsonObject): Timing {
  const wanted = textOf(given, 'video_state') ?? '';
  switch (wanted) {
    case 'PUBLISHED':
      return { state: 'published', publishAt: null };
    case 'DRAFT':
      return { state: 'draft', publishAt: null };
    case 'SCHEDULED': {
      const publishAt = timeOf(given, 'scheduled_publish_time');
      if (publishAt === undefined) throw invalid('Param scheduled_publish_time is required.');
      checkSchedule(state, publishAt, REEL_DAYS);
      return { state: 'scheduled', publishAt };
    }
    default:
      throw invalid('Param video_state must be one of {DRAFT, PUBLISHED, SCHEDULED}');
  }
}

/** Asks for the post; it is out when processing and publishing have come to their end. */
export function finish(
  state: FacebookState,
  page: Page,
  wanted: { video: Video; timing: Timing; given: JsonObject },
): string {
  const { video, timing, given } = wanted;
  const description = textOf(given, 'description') ?? '';
  video.description = checkText(description, TEXT_LIMIT, 'description');
  video.title = textOf(given, 'title') ?? null;
  const now = timing.state === 'published';
  const post = addPost(state, page, {
    state: now ? 'publishing' : timing.state,
    publishAt: timing.publishAt,
    kind: video.use === 'feed' ? 'video' : video.use,
    message: video.use === 'story' ? '' : video.description,
    mediaIds: [video.id],
    appId: APP.clientId,
    extra: { title: video.title, place: given['place'] ?? null },
  });
  video.publishLeft = state.settings.publishPolls;
  state.settle(video);
  return post.id;
}
