import type { Operation } from '../core/operation.js';
import { fieldsOf, param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { badRequest, invalidField, noSuchPage, notFound, postsDisabled } from './google.errors.js';
import { googleOperation, locationOf, type GoogleCall } from './google.operation.js';
import type { Draft, Post } from './local.post.js';
import { pageOf } from './page.tokens.js';
import { fetchPhoto } from './photo.fetch.js';
import { draftOf, POST_FIELDS } from './post.checks.js';
import { postView } from './post.view.js';

const POSTS = '/v4/accounts/:account/locations/:location/localPosts';
const PAGING = { usual: 20, most: 100 };
const CHANGEABLE: Readonly<Record<string, (draft: Draft) => Partial<Draft>>> = {
  summary: ({ summary }) => ({ summary }),
  callToAction: ({ callToAction }) => ({ callToAction }),
  event: ({ event }) => ({ event }),
  offer: ({ offer }) => ({ offer }),
  languageCode: ({ languageCode }) => ({ languageCode }),
  topicType: ({ topicType }) => ({ topicType }),
  scheduledTime: ({ scheduledFor }) => ({ scheduledFor }),
};

const body = [{ kind: 'json', fields: POST_FIELDS }] as const;

/** Local posts live in the old API only, and only under an account. */
export function postOperations(state: GoogleBusinessState): Operation[] {
  const host = 'API';
  return [
    googleOperation(state, {
      ...{ name: 'localPosts.create', host, method: 'POST', path: POSTS, visible: true, body },
      run: (call) => create(state, call),
    }),
    googleOperation(state, {
      ...{ name: 'localPosts.list', host, method: 'GET', path: POSTS, query: ['pageSize', 'pageToken'] },
      run: (call) => list(state, call),
    }),
    googleOperation(state, {
      ...{ name: 'localPosts.get', host, method: 'GET', path: `${POSTS}/:post` },
      run: (call) => json(200, postView(state, ownPost(state, call))),
    }),
    googleOperation(state, {
      ...{ name: 'localPosts.patch', host, method: 'PATCH', path: `${POSTS}/:post`, visible: true },
      ...{ query: ['updateMask'], body },
      run: (call) => change(state, call),
    }),
    googleOperation(state, {
      ...{ name: 'localPosts.delete', host, method: 'DELETE', path: `${POSTS}/:post` },
      run: (call) => remove(state, call),
    }),
    ...(['GET', 'POST', 'PATCH', 'DELETE'] as const).map((method) => withoutAccount(method)),
  ];
}

/** The name of a location as the newer API gives it, put into a path of the old one: a page for people. */
function withoutAccount(method: 'GET' | 'POST' | 'PATCH' | 'DELETE'): Operation {
  return {
    name: `locations.bare.${method.toLowerCase()}`,
    host: 'API',
    method,
    path: '/v4/locations/*rest',
    visible: false,
    query: ['pageSize', 'pageToken', 'updateMask'],
    ...(method === 'POST' || method === 'PATCH' ? { body: [...body] } : {}),
    handle: ({ path }) => noSuchPage(path),
  };
}

async function create(state: GoogleBusinessState, call: GoogleCall): Promise<SandboxResponse> {
  const location = locationOf(state, call);
  if (!location.canOperateLocalPost) throw postsDisabled();
  state.countEdit(location);
  const draft = await readDraft(state, call);
  const post = state.publish(location, param(call.request, 'account'), draft);
  return json(200, postView(state, post));
}

function readDraft(state: GoogleBusinessState, { request, signal }: GoogleCall): Promise<Draft> {
  const { clock, media } = state.environment;
  return draftOf(fieldsOf(request), clock.now(), (url, field) => fetchPhoto(media, signal, { url, field }));
}

function list(state: GoogleBusinessState, call: GoogleCall): SandboxResponse {
  const { id } = locationOf(state, call);
  const own = state.posts.seen(state.settings.readLagMs).filter(({ locationId }) => locationId === id);
  const { items, next } = pageOf(call.request, own, PAGING);
  const localPosts = items.map((post) => postView(state, post));
  return json(200, items.length === 0 ? {} : { localPosts, ...next });
}

/** The name of the post is told with the account of the request. */
function ownPost(state: GoogleBusinessState, call: GoogleCall): Post {
  const location = locationOf(state, call);
  const wanted = param(call.request, 'post');
  const post = state.posts.all().find(({ id, locationId }) => id === wanted && locationId === location.id);
  if (post === undefined) throw notFound();
  return post;
}

async function change(state: GoogleBusinessState, call: GoogleCall): Promise<SandboxResponse> {
  const post = ownPost(state, call);
  const changes = maskOf(call.request);
  state.countEdit(locationOf(state, call));
  const sent = fieldsOf(call.request);
  const { draft } = post;
  const before = { topicType: draft.topicType, ...(draft.event === null ? {} : { event: draft.event }) };
  const summary = draft.summary === null || changes.includes('summary') ? {} : { summary: draft.summary };
  const next = await readDraft(state, {
    ...call,
    request: { ...call.request, body: { kind: 'json', value: { ...before, ...summary, ...sent } } },
  });
  for (const path of changes) post.draft = { ...post.draft, ...CHANGEABLE[path]?.(next) };
  post.updatedAt = state.environment.clock.now();
  return json(200, postView(state, post));
}

/** Photos cannot be exchanged. */
function maskOf({ query }: SandboxRequest): string[] {
  const paths = (query.get('updateMask') ?? '').split(',').filter((path) => path !== '');
  if (paths.includes('media')) throw invalidField('updateMask', 'media cannot be updated', 'media');
  if (paths.length === 0 || paths.some((path) => !(path in CHANGEABLE))) {
    throw badRequest('update_mask', 'Invalid field mask provided');
  }
  return paths;
}

function remove(state: GoogleBusinessState, call: GoogleCall): SandboxResponse {
  const post = ownPost(state, call);
  state.countEdit(locationOf(state, call));
  state.posts.remove(({ id }) => id === post.id);
  return json(200, {});
}
