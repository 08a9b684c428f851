import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GraphCall } from './graph.call.js';
import { missing, permissionMissing, unsupported } from './graph.errors.js';
import { pick } from './graph.fields.js';
import { graphOperation } from './graph.operation.js';
import { listed, PAGING, timeOf } from './graph.paging.js';
import { profileOf } from './instagram.person.js';
import type { Post } from './instagram.model.js';
import { DAY_MS, type InstagramState } from './instagram.state.js';
import { commentView, postView, productOf } from './post.view.js';
import { ownPost } from './publish.operations.js';

/** What is read of an account and of what is out. */
export function readingOperations(state: InstagramState): Operation[] {
  const one = (call: GraphCall): SandboxResponse =>
    json(200, pick(postView(state, ownPost(state, call)), call.value('fields'), 'id'));
  return [
    ...graphOperation(state, {
      name: 'media.list',
      method: 'GET',
      path: '/:user/media',
      params: PAGING,
      run: (call) => list(state, call, (post) => productOf(post) !== 'STORY'),
    }),
    ...graphOperation(state, {
      name: 'stories.list',
      method: 'GET',
      path: '/:user/stories',
      params: PAGING,
      run: (call) =>
        list(state, call, (post) => productOf(post) === 'STORY' && state.now - post.createdAt < DAY_MS),
    }),
    ...graphOperation(state, {
      name: 'quota.read',
      method: 'GET',
      path: '/:user/content_publishing_limit',
      params: ['fields', 'since'],
      run: (call) => quota(state, call),
    }),
    ...graphOperation(state, {
      name: 'comments.list',
      method: 'GET',
      path: '/180:rest/comments',
      params: PAGING,
      run: (call) => comments(state, call),
    }),
    ...graphOperation(state, {
      name: 'media.read',
      method: 'GET',
      path: '/180:rest',
      params: ['fields'],
      run: one,
    }),
    ...graphOperation(state, {
      name: 'profile.read',
      method: 'GET',
      path: '/me',
      login: 'instagram',
      params: ['fields'],
      run: (call) => me(state, call),
    }),
    ...graphOperation(state, {
      name: 'account.read',
      method: 'GET',
      path: '/17841:rest',
      params: ['fields'],
      run: (call) => account(state, call),
    }),
  ];
}

function baseOf({ environment }: InstagramState, { login }: GraphCall): string {
  return environment.url(login === 'instagram' ? 'API' : 'GRAPH');
}

function mediaCount({ posts }: InstagramState, accountId: string): number {
  return posts.all().filter((post) => post.accountId === accountId).length;
}

/** The id here is the one for this app; `user_id` is the account's. */
function me(state: InstagramState, call: GraphCall): SandboxResponse {
  const { accountId, scopes } = call.token();
  const person = state.person(accountId);
  if (person?.tester !== true) throw unsupported(call.method);
  if (!scopes.includes('instagram_business_basic')) throw permissionMissing('instagram_business_basic');
  const view = profileOf(person, state.environment.url('AUTH'), mediaCount(state, person.id));
  return json(200, pick(view, call.value('fields'), 'id'));
}

function account(state: InstagramState, call: GraphCall): SandboxResponse {
  const id = `17841${call.part('rest')}`;
  const person = call.reach(id, id);
  const view = profileOf(person, state.environment.url('AUTH'), mediaCount(state, id));
  return json(200, pick({ ...view, id }, call.value('fields'), 'id'));
}

/** The newest first. */
function list(state: InstagramState, call: GraphCall, isOne: (post: Post) => boolean): SandboxResponse {
  const { id } = call.account('user');
  const [since, until] = [timeOf(call, 'since'), timeOf(call, 'until')];
  const own = state.posts
    .seen(state.settings.readLagMs)
    .filter((post) => post.accountId === id && isOne(post))
    .filter(
      ({ createdAt }) => (since === null || createdAt >= since) && (until === null || createdAt <= until),
    );
  const views = own.map((post) => postView(state, post));
  return listed(call, { views, usual: 'id', base: baseOf(state, call) });
}

function comments(state: InstagramState, call: GraphCall): SandboxResponse {
  const { id } = ownPost(state, call, 'comments');
  const own = state.comments
    .seen(state.settings.readLagMs)
    .filter(({ postId, parentId }) => postId === id && parentId === null);
  const views = own.map((said) => commentView(state, said));
  return listed(call, { views, usual: 'id,text,timestamp', base: baseOf(state, call) });
}

function quota({ quotas, settings }: InstagramState, call: GraphCall): SandboxResponse {
  const { id, accountType } = call.account('user', 'publish');
  if (accountType === 'PERSONAL') throw missing(call.method, id);
  const config = { quota_total: settings.publishQuota, quota_duration: DAY_MS / 1000 };
  const view = { config, quota_usage: quotas.posts.used(id) };
  return json(200, { data: [pick(view, call.value('fields'), 'quota_usage')] });
}
