import type { Operation } from '../core/operation.js';
import { param } from '../core/request.js';
import type { SandboxResponse } from '../core/response.js';
import { blogView } from './account.operations.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { postView, withPosts } from './post.view.js';
import type { Blog } from './tumblr.blog.js';
import { answered, notFound } from './tumblr.errors.js';
import type { Post, PostState } from './tumblr.post.js';
import type { TumblrState } from './tumblr.state.js';

const PAGE = 20;
const PAGING = ['limit', 'offset', 'npf'];

/** Posts as their owner reads them, by state, one by one, and what others made of them. */
export function readingOperations(state: TumblrState): Operation[] {
  const listOf = (name: string, path: string, states: readonly PostState[]): Operation =>
    apiOperation(state, {
      name,
      method: 'GET',
      path,
      scope: 'basic',
      query: [...PAGING, 'id', 'after', 'before', 'tag', 'notes_info', 'reblog_info'],
      run: (call) => list(state, call, states),
    });
  return [
    listOf('posts.list', '/v2/blog/:blog/posts', ['published', 'private']),
    listOf('posts.queue', '/v2/blog/:blog/posts/queue', ['queued']),
    listOf('posts.draft', '/v2/blog/:blog/posts/draft', ['draft']),
    listOf('posts.submission', '/v2/blog/:blog/posts/submission', ['submission']),
    apiOperation(state, {
      name: 'posts.read',
      method: 'GET',
      path: '/v2/blog/:blog/posts/:id',
      scope: 'basic',
      query: ['post_format'],
      run: (call) => {
        const post = found(state, call.blog(), param(call.request, 'id'));
        return withPosts(200, postView(state, post, call.request.query.get('post_format') === 'npf'));
      },
    }),
    apiOperation(state, {
      name: 'posts.notes',
      method: 'GET',
      path: '/v2/blog/:blog/notes',
      scope: 'basic',
      query: ['id', 'mode', 'before_timestamp'],
      run: (call) => {
        found(state, call.blog(), call.request.query.get('id') ?? '');
        const { likes, reblogs, replies } = state.settings;
        return answered(200, {
          notes: [],
          rollup_notes: [],
          total_notes: likes + reblogs + replies,
          total_likes: likes,
          total_reblogs: reblogs,
        });
      },
    }),
  ];
}

function found(state: TumblrState, blog: Blog, id: string): Post {
  const post = state.readable(blog).find((candidate) => candidate.id === id);
  if (post === undefined) throw notFound();
  return post;
}

/** Newest first; `after` and `before` are seconds. */
function list(state: TumblrState, call: ApiCall, states: readonly PostState[]): SandboxResponse {
  const { query } = call.request;
  const blog = call.blog();
  const npf = query.get('npf') === 'true';
  const id = query.get('id');
  if (id !== null) return withPosts(200, answerOf(state, blog, [found(state, blog, id)], npf));
  const [after, before] = [numberOf(query.get('after'), 0), numberOf(query.get('before'), Infinity)];
  const tag = query.get('tag');
  const posts = state.readable(blog).filter((post) => {
    const second = Math.floor((post.backdatedTo ?? post.createdAt) / 1000);
    return (
      states.includes(post.state) &&
      second >= after &&
      second < before &&
      (tag === null || post.tags.includes(tag))
    );
  });
  const from = numberOf(query.get('offset'), 0);
  const limit = Math.min(numberOf(query.get('limit'), PAGE), PAGE);
  return withPosts(200, answerOf(state, blog, posts.slice(from, from + limit), npf));
}

function answerOf(
  state: TumblrState,
  blog: Blog,
  posts: readonly Post[],
  npf: boolean,
): Parameters<typeof withPosts>[1] {
  const total = state.readable(blog).filter(({ state: of }) => of === 'published').length;
  return {
    blog: { ...blogView(state, blog), posts: total },
    posts: posts.map((post) => postView(state, post, npf)),
    total_posts: total,
  };
}

function numberOf(value: string | null, otherwise: number): number {
  const read = Number(value ?? otherwise);
  return Number.isFinite(read) && read >= 0 ? read : otherwise;
}
