import type { Operation } from '../core/operation.js';
import { fieldsOf, param } from '../core/request.js';
import { accepted, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import type { Post } from './post.js';
import { draftOf, POST_FIELDS } from './post.checks.js';
import { postView } from './post.view.js';
import { forbidden, notFound, REFUSALS } from './x.errors.js';
import { LIMITS } from './x.rates.js';
import type { XState } from './x.state.js';

const WRITING = ['tweet.read', 'tweet.write', 'users.read'];

export function postOperations(state: XState): Operation[] {
  return [
    apiOperation(state, {
      name: 'tweets.create',
      method: 'POST',
      path: '/2/tweets',
      visible: true,
      body: [{ kind: 'json', fields: POST_FIELDS }],
      scopes: WRITING,
      limit: LIMITS.create,
      run: (call) => create(state, call),
    }),
    apiOperation(state, {
      name: 'tweets.delete',
      method: 'DELETE',
      path: '/2/tweets/:id',
      scopes: WRITING,
      limit: LIMITS.delete,
      run: (call) => remove(state, call),
    }),
  ];
}

function create(state: XState, { request, ...caller }: ApiCall): SandboxResponse {
  const draft = draftOf(state, caller, fieldsOf(request));
  const id = state.ids.next();
  const parent = draft.replyTo === null ? undefined : state.post(draft.replyTo);
  const post: Post = {
    ...draft,
    id,
    createdAt: state.environment.clock.now(),
    conversationId: parent?.conversationId ?? id,
  };
  state.posts.add(post);
  return json(201, {
    data: postView(state, post, { fields: [], naming: 'tweet', readerId: caller.person.id }),
  });
}

function remove(state: XState, { request, person }: ApiCall): SandboxResponse {
  const id = param(request, 'id');
  const post = state.post(id);
  if (post === undefined) {
    if (!state.settings.deletesUnknown) throw notFound('tweet', 'id', id);
    return accepted(json(200, { data: { deleted: true } }), false);
  }
  if (post.authorId !== person.id) throw forbidden(REFUSALS.notPermitted);
  state.posts.remove((one) => one.id === id);
  return json(200, { data: { deleted: true } });
}
