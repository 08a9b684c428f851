import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { missing } from './facebook.errors.js';
import type { Page, Post } from './facebook.model.js';
import { pageView } from './account.operations.js';
import type { FacebookState } from './facebook.state.js';
import { pick } from './graph.fields.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { listed, PAGING } from './graph.paging.js';
import { timeOf } from './graph.values.js';
import { photoView, USUAL_PHOTO, USUAL_VIDEO, videoView } from './medium.view.js';
import { commentView, permalinkOf, postView, USUAL_POST } from './post.view.js';

/** Lists of a page, and single things by their id. */
export function readingOperations(state: FacebookState): Operation[] {
  const postsOf = (name: string, path: string): Operation =>
    graphOperation(state, {
      name,
      method: 'GET',
      path,
      params: PAGING,
      run: (call) => postList(state, call, (post) => post.kind !== 'story'),
    });
  return [
    postsOf('posts.published', '/:page/published_posts'),
    postsOf('posts.feed', '/:page/feed'),
    postsOf('posts.own', '/:page/posts'),
    graphOperation(state, {
      name: 'posts.scheduled',
      method: 'GET',
      path: '/:page/scheduled_posts',
      params: PAGING,
      run: (call) => scheduled(state, call),
    }),
    graphOperation(state, {
      name: 'reels.list',
      method: 'GET',
      path: '/:page/video_reels',
      params: PAGING,
      run: (call) => reels(state, call),
    }),
    graphOperation(state, {
      name: 'stories.list',
      method: 'GET',
      path: '/:page/stories',
      params: [...PAGING, 'status'],
      run: (call) => stories(state, call),
    }),
    graphOperation(state, {
      name: 'post.read',
      method: 'GET',
      path: '/:first_:second',
      run: (call) => readPost(state, call),
    }),
    graphOperation(state, {
      name: 'node.read',
      method: 'GET',
      path: '/:id',
      run: (call) => readNode(state, call),
    }),
  ];
}

/** What the page has published in the time asked for, as far as the lists know it; the newest first. */
function publishedOf(state: FacebookState, page: Page, call: GraphCall): readonly Post[] {
  for (const video of state.videos.values()) if (video.pageId === page.id) state.goOn(video);
  const since = timeOf(call.given, 'since') ?? 0;
  const until = timeOf(call.given, 'until') ?? Infinity;
  const within = (iso: string): boolean => Date.parse(iso) >= since && Date.parse(iso) <= until;
  const all = state.published.seen(state.settings.readLagMs);
  return all.filter(({ pageId, createdAt }) => pageId === page.id && within(createdAt));
}

function postList(state: FacebookState, call: GraphCall, wanted: (post: Post) => boolean): SandboxResponse {
  const page = call.actingPage(call.id('page'), 'pages_read_engagement');
  const views = publishedOf(state, page, call)
    .filter(wanted)
    .map((post) => postView(state, post));
  return listed(call, { views, usual: USUAL_POST, node: 'PagePost', base: state.environment.url('API') });
}

function scheduled(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.actingPage(call.id('page'), 'pages_read_engagement');
  const waiting = [...state.posts.values()].filter(
    ({ pageId, state: now }) => pageId === page.id && now === 'scheduled',
  );
  const views = waiting.map((post) => postView(state, post));
  return listed(call, { views, usual: USUAL_POST, node: 'PagePost', base: state.environment.url('API') });
}

function reels(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.actingPage(call.id('page'), 'pages_read_engagement');
  const views = publishedOf(state, page, call)
    .filter(({ kind }) => kind === 'reel')
    .flatMap(({ mediaIds }) => mediaIds.flatMap((id) => state.videos.get(id) ?? []))
    .map((video) => videoView(state, video));
  return listed(call, { views, usual: USUAL_VIDEO, node: 'Video', base: state.environment.url('API') });
}

function stories(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.actingPage(call.id('page'), 'pages_read_engagement');
  const usual = ['post_id', 'status', 'creation_time', 'media_type', 'media_id', 'url'];
  const views = publishedOf(state, page, call)
    .filter(({ kind }) => kind === 'story')
    .map((post) => {
      const [media_id = ''] = post.mediaIds;
      return {
        id: undefined,
        post_id: post.id,
        status: 'PUBLISHED',
        creation_time: String(Math.floor(Date.parse(post.createdAt) / 1000)),
        media_type: state.medium(media_id)?.kind ?? 'photo',
        media_id,
        url: permalinkOf(state, post),
      };
    });
  return listed(call, { views, usual, node: 'Story', base: state.environment.url('API') });
}

function readPost(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.ownPage('pages_read_engagement');
  const id = `${call.id('first')}_${call.id('second')}`;
  const post = state.posts.get(id);
  if (post?.pageId === page.id && post.state !== 'publishing' && post.state !== 'failed') {
    return json(200, pick(postView(state, post), call.text('fields'), USUAL_POST, 'PagePost'));
  }
  const comment = state.spoken.all().find((candidate) => candidate.id === id);
  if (comment?.pageId !== page.id) throw missing('GET', id);
  const usual = ['created_time', 'from', 'message', 'id'];
  return json(200, pick(commentView(state, comment), call.text('fields'), usual, 'Comment'));
}

/** A page, a photo or a video; a look at a video brings it on. */
function readNode(state: FacebookState, call: GraphCall): SandboxResponse {
  const token = call.token();
  const id = call.id();
  const fields = call.text('fields');
  const page = state.page(id);
  if (page !== undefined && state.pagesOf(token).includes(page)) {
    return json(200, pick(pageView(state, page, token), fields, ['name', 'id'], 'Page'));
  }
  const medium = state.medium(id);
  if (medium === undefined) throw missing('GET', id);
  const own = call.pageOf(token, 'me');
  call.need(token, ['pages_read_engagement']);
  if (medium.pageId !== own.id) throw missing('GET', id);
  if (medium.kind === 'photo') return json(200, pick(photoView(state, medium), fields, USUAL_PHOTO, 'Photo'));
  const shown = pick(videoView(state, medium), fields, USUAL_VIDEO, 'Video');
  state.goOn(medium);
  return json(200, shown);
}
