import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { Draft, Post } from './container.js';
import { invalid, mediaNotFound, noSuchObject, refuse } from './graph.errors.js';
import { checkOwner, graphOperation, type GraphCall } from './graph.operation.js';
import type { ThreadsState } from './threads.state.js';

/** Step two, and what is done with a post that is out. */
export function publishOperations(state: ThreadsState): Operation[] {
  return [
    graphOperation(state, {
      name: 'threads.publish',
      method: 'POST',
      path: '/:user/threads_publish',
      visible: true,
      params: ['creation_id'],
      scopes: ['threads_content_publish'],
      run: (call) => publish(state, call),
    }),
    graphOperation(state, {
      name: 'threads.repost',
      method: 'POST',
      path: '/:id/repost',
      visible: true,
      scopes: ['threads_content_publish'],
      run: (call) => repost(state, call),
    }),
    graphOperation(state, {
      name: 'threads.delete',
      method: 'DELETE',
      path: '/:id',
      scopes: ['threads_delete'],
      run: (call) => remove(state, call),
    }),
  ];
}

/** A post, if the account may post and has not used up its day. */
export function publishDraft(
  state: ThreadsState,
  { person }: GraphCall,
  draft: Draft,
  repostOf: string | null = null,
): Post {
  if (person.restricted) {
    throw refuse({
      status: 403,
      code: 25,
      subcode: 4_279_013,
      message: 'The account is restricted',
      title: 'Account restricted',
    });
  }
  const { quotas, settings } = state;
  const free =
    draft.replyTo === null
      ? quotas.posts.take(person.id, settings.postQuota)
      : quotas.replies.take(person.id, settings.replyQuota);
  if (!free) throw quotaUsed('posts');
  return state.publish(person.id, draft, repostOf);
}

function publish(state: ThreadsState, call: GraphCall): SandboxResponse {
  checkOwner(call);
  const id = call.value('creation_id') ?? '';
  if (id === '') throw invalid('Param creation_id is required');
  const container = state.container(id);
  if (container?.accountId !== call.person.id) throw mediaNotFound(id);
  if (container.carouselItem) throw invalid('An item of a carousel cannot be published by itself');
  const status = state.statusOf(container);
  if (status === 'ERROR') {
    const message = `The container has failed: ${container.problem ?? 'UNKNOWN'}`;
    throw refuse({ code: 1, subcode: 2_207_032, message, title: 'Create media failed' });
  }
  if (status !== 'FINISHED') throw mediaNotFound(id);
  if (container.racesLeft > 0) {
    container.racesLeft -= 1;
    throw mediaNotFound(id);
  }
  const post = publishDraft(state, call, container.draft);
  container.usedBy = post.id;
  return json(200, { id: post.id });
}

function repost(state: ThreadsState, call: GraphCall): SandboxResponse {
  const original = state.post(call.part('id'));
  if (original === undefined) throw noSuchObject('post', call.part('id'));
  const draft = { ...original.draft, replyTo: null };
  return json(200, { id: publishDraft(state, call, draft, original.id).id });
}

function remove(state: ThreadsState, call: GraphCall): SandboxResponse {
  const id = call.part('id');
  const { person } = call;
  if (state.post(id)?.accountId !== person.id) throw noSuchObject('delete', id);
  if (!state.quotas.deletes.take(person.id, state.settings.deleteQuota)) throw quotaUsed('deletes');
  state.posts.remove((post) => post.id === id);
  return json(200, { success: true, deleted_id: id });
}

function quotaUsed(what: string): ReturnType<typeof refuse> {
  return refuse({
    status: 403,
    code: 4,
    message: 'Application request limit reached',
    title: `All ${what} of 24 hours are used`,
  });
}
