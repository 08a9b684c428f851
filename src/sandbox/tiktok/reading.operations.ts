import { arrayAt, numberAt, objectAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import type { SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import type { Share } from './share.js';
import { invalid, readAnswer } from './tiktok.errors.js';
import { fieldsOfQuery, videoView } from './video.view.js';
import type { TiktokState } from './tiktok.state.js';

const PAGE = { usual: 10, most: 20 };

/** What everybody sees of a creator, newest first. */
export function readingOperations(state: TiktokState): Operation[] {
  const reading = { scope: 'video.list', query: ['fields'], limit: 'readsPerMinute' } as const;
  return [
    apiOperation(state, {
      ...reading,
      name: 'video.list',
      path: '/v2/video/list/',
      fields: ['max_count', 'cursor'],
      run: (call) => list(state, call),
    }),
    apiOperation(state, {
      ...reading,
      name: 'video.query',
      path: '/v2/video/query/',
      fields: ['filters.video_ids[]'],
      run: (call) => query(state, call),
    }),
  ];
}

function publicOf(state: TiktokState, { person }: ApiCall): Share[] {
  return state
    .posted()
    .filter((share) => share.accountId === person.id && state.isPublic(share, state.settings.readLagMs))
    .reverse();
}

/** The cursor is the time of the last video that was shown: the next page is what is older. */
function list(state: TiktokState, call: ApiCall): SandboxResponse {
  const names = fieldsOfQuery(call.request);
  const count = numberAt(call.fields, 'max_count') ?? PAGE.usual;
  if (!Number.isInteger(count) || count < 1 || count > PAGE.most) {
    throw invalid(`max_count has to be from 1 to ${PAGE.most}`);
  }
  const before = numberAt(call.fields, 'cursor') ?? Infinity;
  const older = publicOf(state, call).filter((share) => state.postedAt(share) < before);
  const page = older.slice(0, count);
  const last = page.at(-1);
  return readAnswer({
    videos: page.map((share) => videoView(state, share, names)),
    cursor: last === undefined ? state.now : state.postedAt(last),
    has_more: older.length > count,
  });
}

function query(state: TiktokState, call: ApiCall): SandboxResponse {
  const names = fieldsOfQuery(call.request);
  const filters: JsonObject = objectAt(call.fields, 'filters') ?? {};
  const ids = arrayAt(filters, 'video_ids') ?? [];
  if (ids.length < 1 || ids.length > PAGE.most) {
    throw invalid(`filters.video_ids has to have 1 to ${PAGE.most} ids`);
  }
  const found = publicOf(state, call).filter(({ itemId }) => ids.includes(itemId));
  return readAnswer({ videos: found.map((share) => videoView(state, share, names)) });
}
