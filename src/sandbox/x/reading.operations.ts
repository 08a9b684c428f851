import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { READING, readingOf, userFieldsOf, type Reading } from './field.lists.js';
import type { Post } from './post.js';
import { postView } from './post.view.js';
import { includesOf } from './reading.includes.js';
import { timeline } from './reading.timeline.js';
import { invalid, notFoundError, readsCapped } from './x.errors.js';
import { personView } from './x.person.js';
import { LIMITS } from './x.rates.js';
import type { XState } from './x.state.js';

const MOST_IDS = 100;
const POSTS = ['tweet.read', 'users.read'];

export function readingOperations(state: XState): Operation[] {
  return [
    apiOperation(state, {
      name: 'users.me',
      method: 'GET',
      path: '/2/users/me',
      query: ['user.fields'],
      scopes: POSTS,
      limit: LIMITS.me,
      run: ({ request, person }) => json(200, { data: personView(person, userFieldsOf(request)) }),
    }),
    apiOperation(state, {
      name: 'users.tweets',
      method: 'GET',
      path: '/2/users/:id/tweets',
      query: [
        ...['max_results', 'pagination_token', 'start_time', 'end_time', 'since_id', 'until_id', 'exclude'],
        ...READING,
      ],
      scopes: POSTS,
      limit: LIMITS.timeline,
      run: (call) => readable(state, () => timeline(state, call)),
    }),
    apiOperation(state, {
      name: 'tweets.lookup',
      method: 'GET',
      path: '/2/tweets',
      query: ['ids', ...READING],
      scopes: POSTS,
      limit: LIMITS.lookup,
      run: (call) => readable(state, () => lookUp(state, call)),
    }),
    apiOperation(state, {
      name: 'tweets.read',
      method: 'GET',
      path: '/2/tweets/:id',
      query: READING,
      scopes: POSTS,
      limit: LIMITS.lookupOne,
      run: (call) => readable(state, () => readOne(state, call)),
    }),
  ];
}

function readable(state: XState, read: () => SandboxResponse): SandboxResponse {
  if (state.settings.readsCapped) throw readsCapped();
  return read();
}

/** What is not there is told inside the 200. */
function lookUp(state: XState, { request, person }: ApiCall): SandboxResponse {
  const ids = idsOf(request.query.get('ids') ?? '');
  const reading = readingOf(request);
  const seen = state.posts.seen(state.settings.readLagMs);
  const found = ids.flatMap((id) => seen.find((post) => post.id === id) ?? []);
  const missing = ids.filter((id) => !found.some((post) => post.id === id));
  return json(200, {
    ...(found.length === 0 ? {} : { data: found.map((post) => viewOf(state, post, reading, person.id)) }),
    ...includesOf(state, found, reading),
    ...(missing.length === 0 ? {} : { errors: missing.map((id) => notFoundError('tweet', 'ids', id)) }),
  });
}

function readOne(state: XState, { request, person }: ApiCall): SandboxResponse {
  const [id = ''] = idsOf(param(request, 'id'));
  const reading = readingOf(request);
  const post = state.posts.seen(state.settings.readLagMs).find((one) => one.id === id);
  if (post === undefined) return json(200, { errors: [notFoundError('tweet', 'id', id)] });
  return json(200, { data: viewOf(state, post, reading, person.id), ...includesOf(state, [post], reading) });
}

export function viewOf(state: XState, post: Post, { fields, naming }: Reading, readerId: string): JsonObject {
  return postView(state, post, { fields, naming, readerId });
}

export function idsOf(given: string): string[] {
  const ids = given.split(',');
  const wrong = ids.find((id) => !/^[0-9]{1,19}$/.test(id));
  if (wrong !== undefined)
    throw invalid(`The \`ids\` query parameter value [${wrong}] is not valid`, { ids: [given] });
  if (ids.length > MOST_IDS) throw invalid(`The \`ids\` query parameter exceed maximum of ${MOST_IDS}`, {});
  return ids;
}
