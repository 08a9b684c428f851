import type { Operation } from '../core/operation.js';
import { filesOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { invalid, refuse } from './facebook.errors.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { pick } from './graph.fields.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { flagOf } from './graph.values.js';
import { fetchMedia, type Fetched } from './media.fetch.js';
import { storePhoto } from './photo.store.js';
import { photoView } from './medium.view.js';
import { addPost, checkText, TEXT_LIMIT, timingOf, TIMING } from './post.rules.js';

const CONTENT = [
  'url',
  'message',
  'caption',
  'alt_text_custom',
  'temporary',
  'no_story',
  'place',
  'targeting.*',
];

/** A photo as a post of its own, or unpublished, to be attached to something. */
export function photoOperations(state: FacebookState): Operation[] {
  const photos = {
    method: 'POST',
    path: '/:page/photos',
    params: [...CONTENT, ...TIMING],
    files: ['source'],
  } as const;
  return [
    graphOperation(state, {
      ...photos,
      name: 'photos.upload',
      when: (given) => !flagOf(given, 'published', true),
      run: (call) => create(state, call),
    }),
    graphOperation(state, {
      ...photos,
      name: 'photos.publish',
      visible: true,
      run: (call) => create(state, call),
    }),
  ];
}

async function create(state: FacebookState, call: GraphCall): Promise<SandboxResponse> {
  const page = call.publishingPage(call.id('page'));
  const message = checkText(call.text('message') ?? call.text('caption') ?? '', TEXT_LIMIT);
  const timing = timingOf(state, call.given);
  const photo = await storePhoto(state, page, {
    file: await contentOf(call),
    alt: call.text('alt_text_custom'),
  });
  const view = { ...photoView(state, photo) };
  if (timing.state !== 'draft') {
    const post = { ...timing, kind: 'photo', message, mediaIds: [photo.id], appId: APP.clientId } as const;
    view['post_id'] = addPost(state, page, post).id;
  }
  return json(200, pick(view, call.text('fields'), ['id', 'post_id'], 'Photo'));
}

/** From the body or from an address; an address that gives nothing is called transient, whatever the cause. */
async function contentOf(call: GraphCall): Promise<Fetched> {
  const file = filesOf(call.request).find(({ field }) => field === 'source');
  const url = call.text('url');
  if (file !== undefined) return file;
  if (url === undefined) throw invalid('One of url or source is required.');
  const fetched = await fetchMedia(url);
  if (fetched !== null) return fetched;
  throw refuse({
    code: 324,
    subcode: 2069019,
    message: '(#324) Missing or invalid image file',
    transient: true,
  });
}
