import { stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { empty, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, partsOf, type ApiCall } from './api.operation.js';
import { SCOPES } from './google.login.js';
import { listing } from './resource.js';
import { uploadStatusOf, type Video } from './video.js';
import { METADATA_FIELDS, snippetOf, statusOf } from './video.metadata.js';
import { OWNER_PARTS, VIDEO_PARTS, videoView } from './video.view.js';
import { badParameter, forbidden, invalid, notFound } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const PATH = '/youtube/v3/videos';
const MOST_IDS = 50;
const READING = [SCOPES.read, SCOPES.manage, SCOPES.force];
const WRITING = [SCOPES.manage, SCOPES.force];

/** Videos that are there: looked at, changed, deleted. */
export function videoOperations(state: YoutubeState): Operation[] {
  const read = {
    ...({ host: 'API', method: 'GET', path: PATH, query: ['part', 'id'], scopes: READING, cost: 1 } as const),
    run: (call: ApiCall) => list(state, call),
  };
  return [
    apiOperation(state, {
      ...read,
      name: 'videos.statistics',
      when: ({ part }) => part === 'statistics',
    }),
    apiOperation(state, { ...read, name: 'videos.list' }),
    apiOperation(state, {
      ...{ name: 'videos.update', host: 'API', method: 'PUT', path: PATH, query: ['part'], visible: true },
      body: [{ kind: 'json', fields: ['id', ...METADATA_FIELDS] }],
      ...{ scopes: WRITING, cost: 50 },
      run: (call) => update(state, call),
    }),
    apiOperation(state, {
      ...{ name: 'videos.delete', host: 'API', method: 'DELETE', path: PATH, query: ['id'] },
      ...{ scopes: WRITING, cost: 50 },
      run: ({ request, channel }) => {
        const { id } = own(state, request.query.get('id'), channel.id);
        state.videos.remove((video) => video.id === id);
        state.playlists.forget(id);
        state.comments = state.comments.filter(({ videoId }) => videoId !== id);
        return empty(204);
      },
    }),
  ];
}

/** Of those that are gone, or that others keep to themselves, nothing is said. */
function list(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, VIDEO_PARTS);
  const found = idsOf(request).flatMap((id) => state.video(id) ?? []);
  state.publishDue();
  const seen = found.filter(
    ({ channelId, metadata }) => channelId === channel.id || metadata.status.privacyStatus !== 'private',
  );
  const isOwn = seen.every(({ channelId }) => channelId === channel.id);
  if (!isOwn && parts.some((part) => OWNER_PARTS.includes(part))) {
    throw forbidden(
      'The request cannot access user file details or processing information of another channel.',
    );
  }
  const items = seen.map((video) => videoView(state, video, parts));
  if (parts.includes('status') || parts.includes('processingDetails')) for (const video of seen) look(video);
  return json(200, listing('video', items, items.length));
}

function idsOf({ query }: SandboxRequest): string[] {
  const ids = query.getAll('id').flatMap((value) => value.split(','));
  if (ids.length === 0) throw badParameter('parameters.', 'No filter selected. Expected one of: id');
  if (ids.length > MOST_IDS) throw badParameter('id', `At most ${MOST_IDS} values.`);
  return ids;
}

function look(video: Video): void {
  if (uploadStatusOf(video) === 'uploaded') video.pollsLeft -= 1;
}

/** Everything of a part that is named, and not given, is as if it had never been said. */
function update(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, ['id', 'snippet', 'status']);
  const body = fieldsOf(request);
  const video = own(state, stringAt(body, 'id') ?? null, channel.id);
  const { metadata } = video;
  const status = parts.includes('status') ? statusOf(body) : metadata.status;
  if (status.publishAt !== null && video.publishedAt !== null) {
    const message = 'The request metadata specifies an invalid scheduled publishing time.';
    throw invalid('invalidPublishAt', message, 'body.status.publishAt');
  }
  const locked = state.settings.audited ? {} : { privacyStatus: 'private' as const, publishAt: null };
  video.metadata = {
    snippet: parts.includes('snippet') ? snippetOf(body, true) : metadata.snippet,
    status: { ...status, ...locked },
  };
  if (video.metadata.status.privacyStatus === 'public') video.publishedAt ??= state.now;
  state.publishDue();
  return json(200, videoView(state, video, parts));
}

function own(state: YoutubeState, id: string | null, channelId: string): Video {
  const video = state.video(id ?? '');
  if (video === undefined) throw notFound('videoNotFound', 'the id parameter');
  if (video.channelId !== channelId) throw forbidden();
  return video;
}
