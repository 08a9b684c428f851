import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { publisherOf } from './container.operations.js';
import type { GraphCall } from './graph.call.js';
import { invalid, missing } from './graph.errors.js';
import { graphOperation } from './graph.operation.js';
import type { Post } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';
import { refusals } from './publish.errors.js';

/** Step two, and what is done with a post that is out. */
export function publishOperations(state: InstagramState): Operation[] {
  return [
    ...graphOperation(state, {
      name: 'media.publish',
      method: 'POST',
      path: '/:user/media_publish',
      visible: true,
      params: ['creation_id'],
      run: (call) => publish(state, call),
    }),
    ...graphOperation(state, {
      name: 'comments.create',
      method: 'POST',
      path: '/180:rest/comments',
      visible: true,
      params: ['message'],
      run: (call) => comment(state, call),
    }),
    ...graphOperation(state, {
      name: 'replies.create',
      method: 'POST',
      path: '/181:rest/replies',
      visible: true,
      params: ['message'],
      run: (call) => reply(state, call),
    }),
    ...graphOperation(state, {
      name: 'media.update',
      method: 'POST',
      path: '/180:rest',
      params: ['comment_enabled'],
      run: (call) => {
        const post = ownPost(state, call, 'comments');
        post.commentsEnabled = call.flag('comment_enabled') ?? post.commentsEnabled;
        return json(200, { success: true });
      },
    }),
    ...graphOperation(state, {
      name: 'media.delete',
      method: 'DELETE',
      path: '/180:rest',
      run: (call) => remove(state, call),
    }),
  ];
}

/** A post of an account that the caller reaches. */
export function ownPost(
  state: InstagramState,
  call: GraphCall,
  ...rights: Parameters<GraphCall['account']>[1][]
): Post {
  const id = `180${call.part('rest')}`;
  const post = state.post(id);
  call.reach(post?.accountId, id, ...rights);
  if (post === undefined) throw missing(call.method, id);
  return post;
}

function publish(state: InstagramState, call: GraphCall): SandboxResponse {
  const person = publisherOf(call);
  const id = call.value('creation_id') ?? '';
  if (id === '') throw invalid('Param creation_id is required');
  const container = state.container(id);
  if (container?.accountId !== person.id) throw refusals.containerGone();
  if (container.draft.kind === 'item') throw invalid('An item of a carousel cannot be published by itself');
  const status = state.statusOf(container);
  if (status === 'PUBLISHED' || status === 'EXPIRED') throw refusals.containerGone();
  if (status !== 'FINISHED') throw refusals.notReady();
  if (person.blocked) throw refusals.spam();
  if (person.restricted) throw refusals.restricted();
  if (container.racesLeft > 0) {
    container.racesLeft -= 1;
    throw refusals.mediaMissing();
  }
  if (!state.quotas.posts.take(person.id, state.settings.publishQuota)) throw refusals.quotaUsed();
  const post = state.publish(container);
  container.usedBy = post.id;
  return json(200, { id: post.id });
}

function comment(state: InstagramState, call: GraphCall): SandboxResponse {
  const post = ownPost(state, call, 'comments');
  return speak(state, call, { post, parentId: null });
}

function reply(state: InstagramState, call: GraphCall): SandboxResponse {
  const id = `181${call.part('rest')}`;
  const parent = state.comment(id);
  const post = parent === undefined ? undefined : state.post(parent.postId);
  call.reach(post?.accountId, id, 'comments');
  if (post === undefined) throw missing(call.method, id);
  return speak(state, call, { post, parentId: id });
}

function speak(
  state: InstagramState,
  call: GraphCall,
  { post, parentId }: { readonly post: Post; readonly parentId: string | null },
): SandboxResponse {
  const text = call.value('message') ?? '';
  if (text === '') throw invalid('Param message is required');
  if (state.settings.refusesComments || !post.commentsEnabled) throw refusals.commentRefused();
  const said = state.say({ accountId: post.accountId, postId: post.id, parentId, text });
  return json(200, { id: said.id });
}

function remove(state: InstagramState, call: GraphCall): SandboxResponse {
  const { id } = ownPost(state, call, 'contents');
  if (state.settings.undeletable) throw refusals.undeletable();
  state.posts.remove((post) => post.id === id);
  state.comments.remove(({ postId }) => postId === id);
  return json(200, { success: true, deleted_id: id });
}
