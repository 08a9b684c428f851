import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, partsOf, type ApiCall } from './api.operation.js';
import { SCOPES } from './google.login.js';
import { paged } from './paging.js';
import type { Playlist, PlaylistItem } from './playlists.js';
import { resource } from './resource.js';
import { thumbnailsOf } from './video.view.js';
import { badParameter, forbidden, notFound } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const READING = [SCOPES.read, SCOPES.manage, SCOPES.force];
const ITEMS = '/youtube/v3/playlistItems';
const ITEM_PARTS = ['id', 'snippet', 'contentDetails', 'status'];

/** Playlists of the channel; the one of all uploads is where a lost video is found again. */
export function playlistOperations(state: YoutubeState): Operation[] {
  return [
    apiOperation(state, {
      ...{ name: 'playlists.list', host: 'API', method: 'GET', path: '/youtube/v3/playlists' },
      ...{ query: ['part', 'mine', 'maxResults', 'pageToken'], scopes: READING, cost: 1 },
      run: (call) => playlists(state, call),
    }),
    apiOperation(state, {
      ...{ name: 'playlistItems.list', host: 'API', method: 'GET', path: ITEMS },
      ...{ query: ['part', 'playlistId', 'videoId', 'maxResults', 'pageToken'], scopes: READING, cost: 1 },
      run: (call) => items(state, call),
    }),
    apiOperation(state, {
      ...{ name: 'playlistItems.insert', host: 'API', method: 'POST', path: ITEMS, query: ['part'] },
      body: [
        {
          kind: 'json',
          fields: [
            'snippet.playlistId',
            'snippet.resourceId.kind',
            'snippet.resourceId.videoId',
            'snippet.position',
          ],
        },
      ],
      ...{ scopes: [SCOPES.manage, SCOPES.force], cost: 50 },
      run: (call) => insert(state, call),
    }),
  ];
}

function playlists(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, ['id', 'snippet', 'contentDetails', 'status']);
  if (request.query.get('mine') !== 'true')
    throw badParameter('parameters.', 'No filter selected. Expected one of: mine');
  const views = state.playlists.of(channel.id).map(({ id, title, items: within }) => {
    const snippet = {
      title,
      description: '',
      channelId: channel.id,
      channelTitle: channel.name,
      publishedAt: channel.createdAt,
    };
    const all = {
      snippet,
      contentDetails: { itemCount: within.length },
      status: { privacyStatus: 'public' },
    };
    return resource('playlist', id, all, parts);
  });
  return paged('playlist', views, request);
}

/** Newest first; what others keep to themselves is left out. */
function items(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, ITEM_PARTS);
  state.publishDue();
  const playlist = playlistOf(state, request.query.get('playlistId') ?? '');
  const wanted = request.query.get('videoId');
  const views = playlist.items.flatMap((item, position) => {
    if (wanted !== null && item.videoId !== wanted) return [];
    const video = state.video(item.videoId);
    const hidden = video?.metadata.status.privacyStatus === 'private' && video.channelId !== channel.id;
    return video === undefined || hidden ? [] : [itemView(state, playlist, { item, position }, parts)];
  });
  return paged('playlistItem', views, request);
}

function playlistOf(state: YoutubeState, id: string): Playlist {
  const owner = state.channels.find(({ uploadsId }) => uploadsId === id);
  const made = state.playlists.find(id);
  if (owner === undefined && made === undefined)
    throw notFound('playlistNotFound', "the request's playlistId parameter");
  if (owner === undefined) return made ?? { id, channelId: '', title: '', items: [] };
  const videos = state.videos
    .seen(state.settings.readLagMs)
    .filter(({ channelId }) => channelId === owner.id);
  const uploads = videos.map(({ id: videoId, createdAt }) => ({
    id: `${id}.${videoId}`,
    videoId,
    addedAt: createdAt,
  }));
  return { id, channelId: owner.id, title: 'Uploads', items: uploads };
}

function itemView(
  state: YoutubeState,
  { id: playlistId, channelId }: Playlist,
  { item, position }: { item: PlaylistItem; position: number },
  parts: readonly string[],
): JsonObject {
  const video = state.video(item.videoId);
  const { title = '', description = '' } = video?.metadata.snippet ?? {};
  const publishedAt = video?.publishedAt ?? null;
  const all = {
    snippet: {
      ...{
        publishedAt: new Date(item.addedAt).toISOString(),
        channelId,
        title,
        description,
        playlistId,
        position,
      },
      resourceId: { kind: 'youtube#video', videoId: item.videoId },
      thumbnails: thumbnailsOf({ id: item.videoId, thumbnail: video?.thumbnail ?? null }),
    },
    contentDetails: {
      videoId: item.videoId,
      ...(publishedAt === null ? {} : { videoPublishedAt: new Date(publishedAt).toISOString() }),
    },
    status: { privacyStatus: video?.metadata.status.privacyStatus ?? 'private' },
  };
  return resource('playlistItem', Buffer.from(item.id).toString('base64url'), all, parts);
}

function insert(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, ITEM_PARTS);
  const snippet = objectAt(fieldsOf(request), 'snippet') ?? {};
  const playlist = state.playlists.find(stringAt(snippet, 'playlistId') ?? '');
  if (playlist === undefined) throw notFound('playlistNotFound', "the request's snippet.playlistId");
  if (playlist.channelId !== channel.id) throw forbidden();
  const video = state.video(stringAt(objectAt(snippet, 'resourceId') ?? {}, 'videoId') ?? '');
  if (video === undefined) throw notFound('videoNotFound', "the request's snippet.resourceId");
  const item = { id: state.nextId('playlistItem', 24), videoId: video.id, addedAt: state.now };
  const position = playlist.items.push(item) - 1;
  return json(200, itemView(state, playlist, { item, position }, parts));
}
