import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { pick } from './graph.fields.js';
import { flagOf, timeOf } from './graph.values.js';
import { invalid, missing } from './facebook.errors.js';
import type { FacebookState } from './facebook.state.js';
import {
  addPost,
  attachedPhotos,
  checkLink,
  checkRepeated,
  checkSchedule,
  checkText,
  TEXT_LIMIT,
  timingOf,
  TIMING,
} from './post.rules.js';
import { postView } from './post.view.js';
import { APP } from './facebook.oauth.js';

const CONTENT = ['message', 'link', 'attached_media.*'];
const MORE = [
  ...['place', 'tags.*', 'feed_targeting.*', 'targeting.*', 'call_to_action.*', 'backdated_time'],
  ...['backdated_time_granularity', 'name', 'picture', 'description', 'caption', 'text_format_preset_id'],
];

/** Text, links and posts of several photos. */
export function feedOperations(state: FacebookState): Operation[] {
  const feed = { method: 'POST', path: '/:page/feed', params: [...CONTENT, ...MORE, ...TIMING] } as const;
  return [
    graphOperation(state, {
      ...feed,
      name: 'feed.draft',
      when: (given) => !flagOf(given, 'published', true),
      run: (call) => create(state, call),
    }),
    graphOperation(state, {
      ...feed,
      name: 'feed.create',
      visible: true,
      run: (call) => create(state, call),
    }),
    graphOperation(state, {
      name: 'post.release',
      method: 'POST',
      path: '/:page_:post',
      params: ['is_published'],
      when: (given) => flagOf(given, 'is_published', false),
      visible: true,
      run: (call) => release(state, call),
    }),
    graphOperation(state, {
      name: 'post.edit',
      method: 'POST',
      path: '/:page_:post',
      params: ['message', 'scheduled_publish_time'],
      run: (call) => edit(state, call),
    }),
  ];
}

function create(state: FacebookState, call: GraphCall): SandboxResponse {
  const page = call.publishingPage(call.id('page'));
  const message = checkText(call.text('message') ?? '', TEXT_LIMIT);
  const link = call.text('link');
  const photos = attachedPhotos(state, page, call.given);
  if (message === '' && link === undefined && photos.length === 0) {
    throw invalid('One of message, link or attached_media is required.');
  }
  if (link !== undefined && photos.length > 0) throw invalid('A post has either a link or attached media.');
  const preset = call.text('text_format_preset_id');
  if (preset !== undefined && (link !== undefined || photos.length > 0 || message.length > 130)) {
    throw invalid('Coloured backgrounds are for short texts alone.');
  }
  const timing = timingOf(state, call.given);
  if (photos.length === 0 && timing.state === 'published') checkRepeated(state, page, message);
  const post = addPost(state, page, {
    ...timing,
    kind: 'feed',
    message,
    link: link === undefined ? null : checkLink(link),
    mediaIds: photos.map(({ id }) => id),
    appId: APP.clientId,
    extra: {
      place: call.text('place') ?? null,
      background: preset ?? null,
      callToAction: call.given['call_to_action'] ?? null,
      targeting: call.given['targeting'] ?? call.given['feed_targeting'] ?? null,
    },
  });
  return json(200, pick(postView(state, post), call.text('fields') ?? 'id', ['id'], 'PagePost'));
}

function release(state: FacebookState, call: GraphCall): SandboxResponse {
  const { post } = ownPost(state, call);
  if (post.state !== 'scheduled' && post.state !== 'draft') throw invalid('The post is published already.');
  post.publishAt = null;
  state.publish(post);
  return json(200, { success: true });
}

function edit(state: FacebookState, call: GraphCall): SandboxResponse {
  const { post } = ownPost(state, call);
  const time = timeOf(call.given, 'scheduled_publish_time');
  const message = call.text('message');
  if (message === undefined && time === undefined) throw invalid('Nothing is to be changed.');
  if (time !== undefined) {
    if (post.state !== 'scheduled') throw invalid('The post is published already.');
    checkSchedule(state, time);
    post.publishAt = time;
  }
  if (message !== undefined) {
    post.message = checkText(message, TEXT_LIMIT);
    post.editedAt = state.environment.clock.iso();
  }
  return json(200, { success: true });
}

function ownPost(state: FacebookState, call: GraphCall): { post: ReturnType<typeof addPost> } {
  const page = call.publishingPage(call.id('page'));
  const id = `${page.id}_${call.id('post')}`;
  const post = state.posts.get(id);
  if (post === undefined) throw missing('POST', id);
  return { post };
}
