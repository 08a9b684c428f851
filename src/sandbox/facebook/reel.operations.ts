import type { Operation } from '../core/operation.js';
import { bearerOf, header, param, type SandboxRequest } from '../core/request.js';
import { accepted, json, Refusal, type SandboxResponse } from '../core/response.js';
import { invalid, refuse, uploadError } from './facebook.errors.js';
import type { Page, Video } from './facebook.model.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { fetchMedia } from './media.fetch.js';
import { addPost, unusedPhoto } from './post.rules.js';
import { complete, finish, newVideo, reelTiming, uploadedVideo } from './video.rules.js';

const FINISH = ['video_id', 'video_state', 'description', 'title', 'scheduled_publish_time', 'place'];

/** Reels and stories: start, the bytes to another host, finish. */
export function reelOperations(state: FacebookState): Operation[] {
  const reels = { method: 'POST', path: '/:page/video_reels', params: ['upload_phase', ...FINISH] } as const;
  const stories = {
    method: 'POST',
    path: '/:page/video_stories',
    params: ['upload_phase', 'video_id'],
  } as const;
  return [
    graphOperation(state, {
      ...reels,
      name: 'reels.start',
      when: ({ upload_phase }) => upload_phase === 'start',
      run: (call) => start(state, call, 'reel'),
    }),
    graphOperation(state, {
      ...reels,
      name: 'reels.finish',
      visible: true,
      run: (call) => finishReel(state, call),
    }),
    graphOperation(state, {
      ...stories,
      name: 'stories.start',
      when: ({ upload_phase }) => upload_phase === 'start',
      run: (call) => start(state, call, 'story'),
    }),
    graphOperation(state, {
      ...stories,
      name: 'stories.finish',
      visible: true,
      run: (call) => finishStory(state, call),
    }),
    graphOperation(state, {
      name: 'stories.photo',
      method: 'POST',
      path: '/:page/photo_stories',
      params: ['photo_id'],
      visible: true,
      run: (call) => photoStory(state, call),
    }),
    {
      name: 'videos.bytes',
      host: 'RUPLOAD',
      method: 'POST',
      path: '/video-upload/:version/:video',
      visible: false,
      headers: ['offset', 'file_size', 'file_url'],
      body: [{ kind: 'raw', contentTypes: ['*/*', ''] }],
      bodyOptional: true,
      handle: (request, context) => receive(state, request, context.actsAs),
    },
  ];
}

function start(state: FacebookState, call: GraphCall, use: 'reel' | 'story'): SandboxResponse {
  const page = call.publishingPage(call.id('page'));
  const { id } = newVideo(state, page, { use });
  const upload_url = `${state.environment.url('RUPLOAD')}/video-upload/${call.version}/${id}`;
  return json(200, { video_id: id, upload_url });
}

function finishReel(state: FacebookState, call: GraphCall): SandboxResponse {
  const { page, video } = finished(state, call, 'reel');
  if (video.postId !== null) return accepted(json(200, { success: true }), false);
  const timing = reelTiming(state, call.given);
  if (!state.reels.take(page.id, state.settings.reelsPerDay)) {
    throw refuse({ code: 613, message: '(#613) Calls to this api have exceeded the rate limit.' });
  }
  finish(state, page, { video, timing, given: call.given });
  return json(200, { success: true });
}

function finishStory(state: FacebookState, call: GraphCall): SandboxResponse {
  const { page, video } = finished(state, call, 'story');
  if (video.postId !== null) return accepted(json(200, { success: true, post_id: video.postId }), false);
  const timing = { state: 'published', publishAt: null } as const;
  return json(200, { success: true, post_id: finish(state, page, { video, timing, given: call.given }) });
}

function finished(
  state: FacebookState,
  call: GraphCall,
  use: 'reel' | 'story',
): { page: Page; video: Video } {
  const page = call.publishingPage(call.id('page'));
  if (call.text('upload_phase') !== 'finish')
    throw invalid('Param upload_phase must be one of {START, FINISH}');
  return { page, video: uploadedVideo(state, page, { id: call.text('video_id'), use }) };
}

function photoStory(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.publishingPage(call.id('page'));
  const photo = unusedPhoto(state, page, call.text('photo_id') ?? '');
  const timing = { state: 'published', publishAt: null } as const;
  const post = { ...timing, kind: 'story', message: '', mediaIds: [photo.id], appId: APP.clientId } as const;
  return json(200, { success: true, post_id: addPost(state, page, post).id });
}

/** The bytes from `offset` to the end, or an address to get them from. */
async function receive(
  state: FacebookState,
  request: SandboxRequest,
  actsAs: (account: string) => void,
): Promise<SandboxResponse> {
  const video = allowedVideo(state, request);
  actsAs(video.pageId);
  const url = header(request, 'file_url');
  if (url !== undefined) {
    const fetched = await fetchMedia(url);
    if (fetched === null) throw failed('ProcessingFailedError', 'The video could not be fetched.');
    complete(state, video, fetched.bytes);
    return json(200, { success: true });
  }
  const offset = wholeNumber(request, 'offset');
  const size = wholeNumber(request, 'file_size');
  if (offset !== video.received.length) {
    throw failed('OffsetInvalidError', `Expected the offset ${video.received.length}.`, true);
  }
  const bytes = request.body.kind === 'raw' ? request.body.bytes : Buffer.alloc(0);
  const whole = Buffer.concat([video.received, bytes]);
  if (whole.length > size) throw failed('ProcessingFailedError', 'More came than file_size says.');
  video.size = size;
  video.received = whole;
  if (whole.length < size) throw failed('PartialRequestError', 'The request ended too early.', true);
  complete(state, video, whole);
  return json(200, { success: true });
}

/** Only `Authorization: OAuth` is understood here. */
function allowedVideo(state: FacebookState, request: SandboxRequest): Video {
  const [, access] = /^OAuth (.+)$/.exec(header(request, 'authorization') ?? '') ?? [];
  const checked = state.oauth.check(access);
  if (bearerOf(request) !== undefined || !checked.ok || checked.token.kind !== 'page') {
    throw new Refusal(uploadError(401, 'NotAuthorizedError', 'The token is missing or not valid.'));
  }
  const video = state.videos.get(param(request, 'video'));
  const usable =
    video?.sha256 === null && video.sessionId === null && video.pageId === checked.token.accountId;
  if (!usable) throw failed('NotFoundError', 'There is no open upload for this video.');
  return video;
}

function wholeNumber(request: SandboxRequest, name: string): number {
  const value = header(request, name) ?? '';
  if (!/^\d+$/.test(value)) throw failed('InvalidHeaderError', `The header ${name} is missing or no number.`);
  return Number(value);
}

function failed(type: string, message: string, retriable = false): Refusal {
  return new Refusal(uploadError(400, type, message, retriable));
}
