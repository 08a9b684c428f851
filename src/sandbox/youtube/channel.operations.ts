import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, partsOf, type ApiCall } from './api.operation.js';
import { SCOPES } from './google.login.js';
import { listing, resource } from './resource.js';
import { CATEGORIES } from './video.categories.js';
import type { Channel } from './youtube.channel.js';
import { badParameter } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const READING = [SCOPES.read, SCOPES.manage, SCOPES.force];
const PARTS = ['id', 'snippet', 'contentDetails', 'statistics', 'status'];

/** The channel of the login, and what its videos may be about. */
export function channelOperations(state: YoutubeState): Operation[] {
  return [
    apiOperation(state, {
      ...{ name: 'channels.list', host: 'API', method: 'GET', path: '/youtube/v3/channels' },
      ...{ query: ['part', 'mine', 'id', 'maxResults'], scopes: READING, cost: 1, withoutChannel: true },
      run: (call) => channels(state, call),
    }),
    apiOperation(state, {
      ...{ name: 'videoCategories.list', host: 'API', method: 'GET', path: '/youtube/v3/videoCategories' },
      ...{ query: ['part', 'regionCode', 'id', 'hl'], scopes: READING, cost: 1 },
      run: ({ request }) => {
        const parts = partsOf(request, ['id', 'snippet']);
        const items = [...CATEGORIES].map(([id, title]) =>
          resource(
            'videoCategory',
            id,
            { snippet: { title, assignable: true, channelId: 'UCBR8-60-B28hp2BmDPdntcQ' } },
            parts,
          ),
        );
        return json(200, listing('videoCategory', items, items.length));
      },
    }),
  ];
}

/** A login without a channel has none, which is no error. */
function channels(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  const parts = partsOf(request, PARTS);
  const ids = request.query.get('id')?.split(',');
  if (ids === undefined && request.query.get('mine') !== 'true') {
    throw badParameter('parameters.', 'No filter selected. Expected one of: id, mine');
  }
  const wanted = ids === undefined ? [channel] : state.channels.filter(({ id }) => ids.includes(id));
  const items = wanted.filter(({ hasChannel }) => hasChannel).map((one) => channelView(state, one, parts));
  return json(200, listing('channel', items, items.length));
}

function channelView(state: YoutubeState, channel: Channel, parts: readonly string[]): JsonObject {
  const { id, name, handle, createdAt, uploadsId, longUploads } = channel;
  const videos = state.videos.all().filter(({ channelId }) => channelId === id);
  const picture = { url: `https://yt3.ggpht.com/${id}=s88-c`, width: 88, height: 88 };
  const all = {
    snippet: {
      ...{ title: name, description: '', customUrl: handle, publishedAt: createdAt },
      ...{ thumbnails: { default: picture }, localized: { title: name, description: '' } },
    },
    contentDetails: { relatedPlaylists: { likes: '', uploads: uploadsId } },
    statistics: {
      ...{ viewCount: String(state.settings.views * videos.length), subscriberCount: '0' },
      ...{ hiddenSubscriberCount: false, videoCount: String(videos.length) },
    },
    status: { privacyStatus: 'public', isLinked: true, longUploadsStatus: longUploads, madeForKids: false },
  };
  return resource('channel', id, all, parts);
}
