import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { invalid, missing, refuse } from './facebook.errors.js';
import type { Comment, Page } from './facebook.model.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { pick } from './graph.fields.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { listed, PAGING } from './graph.paging.js';
import { fetchMedia } from './media.fetch.js';
import { storePhoto } from './photo.store.js';
import { checkText, COMMENT_LIMIT, unusedPhoto } from './post.rules.js';
import { commentView } from './post.view.js';

const USUAL = ['created_time', 'from', 'message', 'id'];

/** Comments below a post, and answers below a comment. */
export function commentOperations(state: FacebookState): Operation[] {
  return [
    graphOperation(state, {
      name: 'comments.create',
      method: 'POST',
      path: '/:id/comments',
      params: ['message', 'attachment_url', 'attachment_id'],
      visible: true,
      run: (call) => create(state, call),
    }),
    graphOperation(state, {
      name: 'comments.list',
      method: 'GET',
      path: '/:id/comments',
      params: [...PAGING, 'order', 'filter', 'summary'],
      run: (call) => list(state, call),
    }),
  ];
}

async function create(state: FacebookState, call: GraphCall): Promise<SandboxResponse> {
  const page = call.ownPage('pages_manage_engagement');
  const { postId } = targetOf(state, page, call);
  const message = checkText(call.text('message') ?? '', COMMENT_LIMIT);
  const mediaIds = await attachmentOf(state, page, call);
  if (message === '' && mediaIds.length === 0) throw invalid('Param message is required.');
  const comment: Comment = {
    id: `${postId.split('_')[1] ?? ''}_${state.nextId()}`,
    no: state.nextNo(),
    pageId: page.id,
    postId,
    parentId: call.id(),
    message,
    mediaIds,
    appId: APP.clientId,
    createdAt: state.environment.clock.iso(),
  };
  state.spoken.add(comment);
  return json(200, pick(commentView(state, comment), call.text('fields'), ['id'], 'Comment'));
}

async function attachmentOf(state: FacebookState, page: Page, call: GraphCall): Promise<string[]> {
  const id = call.text('attachment_id');
  if (id !== undefined) return [unusedPhoto(state, page, id).id];
  const url = call.text('attachment_url');
  if (url === undefined) return [];
  const file = await fetchMedia(url);
  if (file === null) {
    throw refuse({
      code: 324,
      subcode: 2069019,
      message: '(#324) Missing or invalid image file',
      transient: true,
    });
  }
  return [(await storePhoto(state, page, { file, alt: undefined })).id];
}

function list(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.ownPage('pages_read_engagement');
  targetOf(state, page, call);
  const below = state.spoken.seen(state.settings.readLagMs).filter(({ parentId }) => parentId === call.id());
  const ordered = call.text('order') === 'reverse_chronological' ? below : below.toReversed();
  const views = ordered.map((comment) => commentView(state, comment));
  return listed(call, { views, usual: USUAL, node: 'Comment', base: state.environment.url('API') });
}

/** A published post of the page, or a comment below one. */
function targetOf(state: FacebookState, page: Page, call: GraphCall): { postId: string } {
  const post = state.posts.get(call.id());
  if (post?.pageId === page.id && post.state === 'published') return { postId: post.id };
  const comment = state.spoken.all().find(({ id }) => id === call.id());
  if (comment?.pageId === page.id) return { postId: comment.postId };
  throw missing(call.request.method, call.id());
}
