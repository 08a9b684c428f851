import type { Operation } from '../core/operation.js';
import { filesOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { graphError, invalid, refuse } from './facebook.errors.js';
import type { Page, Video } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, type GraphCall, type GraphOperation } from './graph.operation.js';
import { flagOf, numberOf } from './graph.values.js';
import { fetchMedia } from './media.fetch.js';
import { timingOf, TIMING } from './post.rules.js';
import { complete, finish, newVideo } from './video.rules.js';

const CONTENT = ['file_url', 'description', 'title', 'place', 'targeting.*', 'content_category', 'no_story'];
const UPLOAD = ['upload_phase', 'file_size', 'upload_session_id', 'start_offset', 'end_offset'];

/** Videos of the feed: in one go, or in pieces whose borders the platform says. */
export function videoOperations(state: FacebookState): Operation[] {
  return (['API', 'VIDEO'] as const).flatMap((host) => {
    const videos: Omit<GraphOperation, 'name' | 'run'> = {
      host,
      method: 'POST',
      path: '/:page/videos',
      params: [...CONTENT, ...UPLOAD, ...TIMING],
      files: ['source', 'thumb', 'video_file_chunk'],
    };
    const phase = (wanted: string) => ({
      when: (given: { upload_phase?: unknown }) => given.upload_phase === wanted,
    });
    const hidden = {
      when: (given: Parameters<typeof flagOf>[0]) =>
        given['upload_phase'] !== 'finish' && !flagOf(given, 'published', true),
    };
    return [
      graphOperation(state, {
        ...videos,
        ...phase('start'),
        name: 'videos.start',
        run: (call) => start(state, call),
      }),
      graphOperation(state, {
        ...videos,
        ...phase('transfer'),
        name: 'videos.transfer',
        run: (call) => transfer(state, call),
      }),
      graphOperation(state, {
        ...videos,
        ...phase('finish'),
        name: 'videos.finish',
        visible: true,
        run: (call) => finishUpload(state, call),
      }),
      graphOperation(state, {
        ...videos,
        ...hidden,
        name: 'videos.upload',
        run: (call) => whole(state, call),
      }),
      graphOperation(state, {
        ...videos,
        name: 'videos.publish',
        visible: true,
        run: (call) => whole(state, call),
      }),
    ];
  });
}

async function whole(state: FacebookState, call: GraphCall): Promise<SandboxResponse> {
  const page = call.publishingPage(call.id('page'));
  const timing = timingOf(state, call.given);
  const bytes = await contentOf(call);
  const video = newVideo(state, page, { use: 'feed' });
  complete(state, video, bytes);
  if (timing.state !== 'draft') finish(state, page, { video, timing, given: call.given });
  return json(200, { id: video.id });
}

async function contentOf(call: GraphCall): Promise<Buffer> {
  const file = filesOf(call.request).find(({ field }) => field === 'source');
  const url = call.text('file_url');
  if (file !== undefined && file.bytes.length > 0) return file.bytes;
  if (url === undefined)
    throw refuse({ code: 382, message: '(#382) The video file you selected is too small.' });
  const fetched = await fetchMedia(url);
  if (fetched !== null) return fetched.bytes;
  throw refuse({
    code: 389,
    subcode: 1363057,
    message: '(#389) Unable to fetch video file from URL.',
  });
}

function start(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.publishingPage(call.id('page'));
  const size = numberOf(call.given, 'file_size');
  if (size === undefined || !Number.isInteger(size) || size <= 0)
    throw invalid('Param file_size is required.');
  const video = newVideo(state, page, { use: 'feed', size, sessionId: state.nextId() });
  return json(200, { video_id: video.id, upload_session_id: video.sessionId, ...offsetsOf(state, video) });
}

/** Only the piece that begins where the last one ended. */
function transfer(state: FacebookState, call: GraphCall): SandboxResponse {
  const { video } = sessionOf(state, call);
  const expected = offsetsOf(state, video);
  const chunk = filesOf(call.request).find(({ field }) => field === 'video_file_chunk');
  if (chunk === undefined) throw invalid('Param video_file_chunk is required.');
  const most = Number(expected.end_offset) - Number(expected.start_offset);
  if (call.text('start_offset') !== expected.start_offset || chunk.bytes.length > most) {
    throw refuse({
      code: 6001,
      subcode: 1363037,
      message: 'There was a problem uploading your video file. Please resume at the offset given.',
      data: expected,
    });
  }
  video.received = Buffer.concat([video.received, chunk.bytes]);
  return json(200, offsetsOf(state, video));
}

function finishUpload(state: FacebookState, call: GraphCall): SandboxResponse {
  const { page, video } = sessionOf(state, call);
  if (video.received.length < (video.size ?? 0)) {
    const message = 'There was a problem uploading your video file. The upload is incomplete.';
    return graphError({ code: 6000, subcode: 1363048, message });
  }
  if (video.postId !== null) throw invalid('Param upload_session_id is finished already.');
  const timing = timingOf(state, call.given);
  complete(state, video, video.received);
  if (timing.state !== 'draft') finish(state, page, { video, timing, given: call.given });
  return json(200, { success: true });
}

function sessionOf(state: FacebookState, call: GraphCall): { page: Page; video: Video } {
  const page = call.publishingPage(call.id('page'));
  const id = call.text('upload_session_id');
  const video = [...state.videos.values()].find(({ sessionId }) => sessionId !== null && sessionId === id);
  if (video === undefined || video.pageId !== page.id) throw invalid('Param upload_session_id is not known.');
  return { page, video };
}

function offsetsOf(
  state: FacebookState,
  { received, size }: Video,
): { start_offset: string; end_offset: string } {
  const end = Math.min(size ?? 0, received.length + state.settings.chunkBytes);
  return { start_offset: String(received.length), end_offset: String(end) };
}
