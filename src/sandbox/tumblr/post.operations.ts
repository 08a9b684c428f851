import { stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf } from '../core/request.js';
import type { SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall, type ApiOperation } from './api.operation.js';
import { POST_FIELDS } from './npf.fields.js';
import { draftOf, isPutAside } from './post.draft.js';
import { countPost, refuseTooMuch } from './post.quota.js';
import { answered, notFound, refuse } from './tumblr.errors.js';
import type { TumblrState } from './tumblr.state.js';

/** Making and deleting posts. */
export function postOperations(state: TumblrState): Operation[] {
  const create: Omit<ApiOperation, 'name'> = {
    method: 'POST',
    path: '/v2/blog/:blog/posts',
    scope: 'write',
    body: [
      { kind: 'json', fields: POST_FIELDS },
      { kind: 'multipart', fields: ['json'], files: ['*'] },
    ],
    run: (call) => publish(state, call),
  };
  return [
    apiOperation(state, { ...create, name: 'posts.save', when: isPutAside }),
    apiOperation(state, { ...create, name: 'posts.create', visible: true }),
    apiOperation(state, {
      name: 'posts.delete',
      method: 'POST',
      path: '/v2/blog/:blog/post/delete',
      scope: 'write',
      body: [{ kind: 'form', fields: ['id'] }],
      run: (call) => remove(state, call),
    }),
  ];
}

async function publish(state: TumblrState, call: ApiCall): Promise<SandboxResponse> {
  const blog = call.blog();
  if (state.settings.postingDisabled) throw refuse(503);
  const draft = await draftOf(state, call.request);
  state.publishDue();
  refuseTooMuch(state, blog, draft);
  countPost(state, blog, draft);
  const waits = draft.state === 'queued' && draft.publishAt === null;
  const publishAt = waits ? state.environment.clock.now() + state.settings.queueMs : draft.publishAt;
  const { id } = state.add(blog, { ...draft, publishAt });
  return answered(201, { id, id_string: id, state: draft.state, display_text: `Posted to ${blog.name}` });
}

function remove(state: TumblrState, call: ApiCall): SandboxResponse {
  const blog = call.blog();
  state.publishDue();
  const wanted = stringAt(fieldsOf(call.request), 'id');
  const removed = state.posts.remove((post) => post.id === wanted && post.blog === blog);
  if (!removed || wanted === undefined) throw notFound();
  return answered(200, { id: wanted });
}
