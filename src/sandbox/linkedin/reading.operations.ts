import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { checkMayRead } from './author.rights.js';
import { notFound, refuse } from './linkedin.errors.js';
import type { LinkedinState } from './linkedin.state.js';
import type { Post } from './post.store.js';
import { restOperation, type RestCall } from './rest.operation.js';

const MOST = 100;

export function readingOperations(state: LinkedinState): Operation[] {
  return [
    restOperation(state, {
      name: 'posts.find',
      method: 'GET',
      path: '/rest/posts',
      query: ['author', 'q', 'count', 'start', 'sortBy'],
      verb: 'FINDER',
      run: (call) => find(state, call),
    }),
    restOperation(state, {
      name: 'posts.get',
      method: 'GET',
      path: '/rest/posts/:urn',
      run: ({ request, caller }) => {
        const urn = param(request, 'urn');
        const post = state.posts.find(urn);
        if (post !== undefined) checkMayRead(state, caller, post.author, 'posts.GET');
        const { readLagMs } = state.settings;
        const seen = post !== undefined && state.posts.byAuthor(post.author, readLagMs).includes(post);
        if (!seen) throw notFound(`Could not find entity ${urn}`);
        return json(200, postView(state, post));
      },
    }),
  ];
}

function find(state: LinkedinState, { request: { query }, caller }: RestCall): SandboxResponse {
  if (query.get('q') !== 'author') throw refuse(400, 'PARAM_INVALID', 'Only the finder "author" is known');
  const sortBy = query.get('sortBy') ?? 'LAST_MODIFIED';
  if (sortBy !== 'CREATED' && sortBy !== 'LAST_MODIFIED') {
    throw refuse(400, 'PARAM_INVALID', `sortBy cannot be ${sortBy}`);
  }
  const author = query.get('author') ?? '';
  checkMayRead(state, caller, author, 'posts.FINDER-author');
  const { start, count } = pageOf(query);
  const posts = state.posts.byAuthor(author, state.settings.readLagMs);
  const elements = posts.slice(start, start + count).map((post) => postView(state, post));
  return json(200, { paging: { start, count, links: [], total: posts.length }, elements });
}

export function pageOf(query: URLSearchParams): { start: number; count: number } {
  const [start, count] = [Number(query.get('start') ?? 0), Number(query.get('count') ?? 10)];
  if (!Number.isInteger(start) || start < 0 || !Number.isInteger(count) || count < 1 || count > MOST) {
    throw refuse(400, 'PARAM_INVALID', `start and count have to be numbers, count at most ${MOST}`);
  }
  return { start, count };
}

export function postView(state: LinkedinState, post: Post): JsonObject {
  const lifecycleState = state.posts.state(post);
  return {
    id: post.urn,
    author: post.author,
    commentary: post.commentary,
    visibility: post.visibility,
    distribution: post.distribution,
    lifecycleState,
    createdAt: post.createdAt,
    ...(lifecycleState === 'PUBLISHED' ? { publishedAt: post.createdAt } : {}),
    lastModifiedAt: post.editedAt ?? post.createdAt,
    isReshareDisabledByAuthor: !post.resharable,
    ...(post.content === null ? {} : { content: post.content }),
    ...(post.parent === null ? {} : { reshareContext: { parent: post.parent } }),
  };
}
