import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { Post } from './container.js';
import { invalid, noSuchObject, nonexistingField } from './graph.errors.js';
import { checkOwner, graphOperation, type GraphCall } from './graph.operation.js';
import { namesOf, postView } from './post.view.js';
import { profileOf } from './threads.person.js';
import type { ThreadsState } from './threads.state.js';

const LIST = ['fields', 'limit', 'since', 'until', 'before', 'after'];
const PAGE = { usual: 25, most: 100 };
const SECONDS = 86_400;

export function readingOperations(state: ThreadsState): Operation[] {
  return [
    graphOperation(state, {
      name: 'threads.list',
      method: 'GET',
      path: '/:user/threads',
      params: LIST,
      run: (call) => list(state, call, ({ draft }) => draft.replyTo === null),
    }),
    graphOperation(state, {
      name: 'replies.list',
      method: 'GET',
      path: '/:user/replies',
      params: LIST,
      scopes: ['threads_read_replies'],
      run: (call) => list(state, call, ({ draft }) => draft.replyTo !== null),
    }),
    graphOperation(state, {
      name: 'quota.read',
      method: 'GET',
      path: '/:user/threads_publishing_limit',
      params: ['fields'],
      scopes: ['threads_content_publish'],
      run: (call) => quota(state, call),
    }),
    graphOperation(state, {
      name: 'threads.read',
      method: 'GET',
      path: '/180:rest',
      params: ['fields'],
      run: (call) => {
        const id = `180${call.part('rest')}`;
        const post = state.post(id);
        if (post === undefined) throw noSuchObject('get', id);
        return json(200, postView(state, post, call.value('fields')));
      },
    }),
    graphOperation(state, {
      name: 'profile.read',
      method: 'GET',
      path: '/:user',
      params: ['fields'],
      run: (call) => {
        checkOwner(call);
        const base = state.environment.url('AUTH');
        return json(200, fieldsOf(profileOf(call.person, base), call.value('fields')));
      },
    }),
  ];
}

function fieldsOf(whole: JsonObject, fields: string | undefined): JsonObject {
  const view: JsonObject = {};
  for (const name of namesOf(fields)) {
    const value = whole[name];
    if (value === undefined) throw nonexistingField(name);
    view[name] = value;
  }
  return view;
}

/** The newest first. Posts and replies are two lists. */
function list(state: ThreadsState, call: GraphCall, isOne: (post: Post) => boolean): SandboxResponse {
  checkOwner(call);
  const size = Number(call.value('limit') ?? PAGE.usual);
  if (!(size >= 1 && size <= PAGE.most)) throw invalid(`Param limit must be 1 to ${PAGE.most}`);
  const [since, until] = [timeOf(call, 'since'), timeOf(call, 'until')];
  const own = state.posts
    .seen(state.settings.readLagMs)
    .filter((post) => post.accountId === call.person.id && isOne(post))
    .filter(
      ({ createdAt }) => (since === null || createdAt >= since) && (until === null || createdAt <= until),
    );
  const from = startOf(call, own, size);
  const shown = own.slice(from, from + size);
  const cursors = { before: cursorOf(shown[0]), after: cursorOf(shown.at(-1)) };
  return json(200, {
    data: shown.map((post) => postView(state, post, call.value('fields'))),
    ...(shown.length === 0 ? {} : { paging: { cursors } }),
  });
}

/** Seconds since 1970, or a date. */
function timeOf(call: GraphCall, name: string): number | null {
  const value = call.value(name);
  if (value === undefined) return null;
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) throw invalid(`Param ${name} must be a time`);
  return time;
}

function startOf(call: GraphCall, own: readonly Post[], size: number): number {
  const at = (name: string): number => own.findIndex((post) => cursorOf(post) === call.value(name));
  if (call.value('after') !== undefined) return at('after') + 1;
  return call.value('before') === undefined ? 0 : Math.max(0, at('before') - size);
}

function cursorOf(post: Post | undefined): string {
  return Buffer.from(post?.id ?? '').toString('base64url');
}

function quota({ quotas, settings }: ThreadsState, call: GraphCall): SandboxResponse {
  checkOwner(call);
  const config = (total: number): JsonObject => ({ quota_total: total, quota_duration: SECONDS });
  const { id } = call.person;
  const whole: JsonObject = {
    quota_usage: quotas.posts.used(id),
    config: config(settings.postQuota),
    reply_quota_usage: quotas.replies.used(id),
    reply_config: config(settings.replyQuota),
    delete_quota_usage: quotas.deletes.used(id),
    delete_config: config(settings.deleteQuota),
    location_search_quota_usage: 0,
    location_search_config: config(500),
  };
  const fields = call.value('fields') ?? 'quota_usage,config';
  return json(200, { data: [fieldsOf(whole, fields)] });
}
