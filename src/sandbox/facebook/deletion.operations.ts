import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { missing } from './facebook.errors.js';
import type { Post } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, type GraphCall } from './graph.operation.js';

/** Posts, comments, photos and videos go by their id; once gone they cannot be told from what never was. */
export function deletionOperations(state: FacebookState): Operation[] {
  return [
    graphOperation(state, {
      name: 'post.delete',
      method: 'DELETE',
      path: '/:first_:second',
      run: (call) => removePost(state, call),
    }),
    graphOperation(state, {
      name: 'medium.delete',
      method: 'DELETE',
      path: '/:id',
      run: (call) => removeMedium(state, call),
    }),
  ];
}

function removePost(state: FacebookState, call: GraphCall): SandboxResponse {
  const id = `${call.id('first')}_${call.id('second')}`;
  const post = state.posts.get(id);
  if (post !== undefined) {
    const page = call.ownPage('pages_manage_posts');
    if (post.pageId !== page.id) throw missing('DELETE', id);
    drop(state, post);
    return json(200, { success: true });
  }
  const page = call.ownPage('pages_manage_engagement');
  const gone = state.spoken.remove((comment) => comment.id === id && comment.pageId === page.id);
  if (!gone) throw missing('DELETE', id);
  state.spoken.remove(({ parentId }) => parentId === id);
  return json(200, { success: true });
}

function removeMedium(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.ownPage('pages_manage_posts');
  const medium = state.medium(call.id());
  if (medium?.pageId !== page.id) throw missing('DELETE', call.id());
  const post = medium.postId === null ? undefined : state.posts.get(medium.postId);
  if (post !== undefined && post.mediaIds.length === 1) drop(state, post);
  state.photos.delete(medium.id);
  state.videos.delete(medium.id);
  return json(200, { success: true });
}

function drop(state: FacebookState, { id, mediaIds }: Post): void {
  state.posts.delete(id);
  state.published.remove((post) => post.id === id);
  state.spoken.remove(({ postId }) => postId === id);
  for (const medium of mediaIds) state.videos.delete(medium);
}
