import type { InboxMedia } from '../core/inbox.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { CONTAINER_PARAMS, draftOf, flag } from './container.input.js';
import { fetchImage, fetchVideo, type FetchedMedia } from './container.media.js';
import type { Container, Draft } from './container.js';
import { invalid, noSuchObject, nonexistingField } from './graph.errors.js';
import { checkOwner, graphOperation, type GraphCall } from './graph.operation.js';
import { publishDraft } from './publish.operations.js';
import type { ThreadsState } from './threads.state.js';

const CAROUSEL = { least: 2, most: 20 };
const FIELDS = ['id', 'status', 'error_message'];

/** Step one: what is to go out lies in a container until it is ready. */
export function containerOperations(state: ThreadsState): Operation[] {
  return [
    graphOperation(state, {
      name: 'containers.create',
      method: 'POST',
      path: '/:user/threads',
      params: CONTAINER_PARAMS,
      scopes: ['threads_content_publish'],
      run: (call) => create(state, call),
    }),
    graphOperation(state, {
      name: 'containers.read',
      method: 'GET',
      path: '/178:rest',
      params: ['fields'],
      scopes: ['threads_content_publish'],
      run: (call) => look(state, call),
    }),
  ];
}

async function create(state: ThreadsState, call: GraphCall): Promise<SandboxResponse> {
  checkOwner(call);
  const draft = draftOf(state, call);
  const children = draft.mediaType === 'CAROUSEL' ? childrenOf(state, call) : [];
  const { media, problem } = await mediaOf(state, call, draft, children);
  const whole = { ...draft, media };
  const accountId = call.person.id;
  // The shortcut without a container: the id is the post's.
  if (flag(call, 'auto_publish_text')) return json(200, { id: publishDraft(state, call, whole).id });
  const what = { accountId, draft: whole, carouselItem: flag(call, 'is_carousel_item'), problem };
  const container = state.makeContainer(what, readyInMs(state, draft));
  for (const child of children) child.usedBy = container.id;
  return json(200, { id: container.id });
}

async function mediaOf(
  state: ThreadsState,
  call: GraphCall,
  { mediaType }: Draft,
  children: readonly Container[],
): Promise<{ readonly media: readonly InboxMedia[]; readonly problem: string | null }> {
  switch (mediaType) {
    case 'TEXT':
      return { media: [], problem: null };
    case 'CAROUSEL':
      return { media: children.flatMap(({ draft }) => draft.media), problem: null };
    case 'IMAGE':
      return asList(state, await fetchImage(state, call));
    case 'VIDEO':
      return asList(state, await fetchVideo(state, call));
  }
}

function asList(
  { settings }: ThreadsState,
  { media, problem }: FetchedMedia,
): { readonly media: readonly InboxMedia[]; readonly problem: string | null } {
  const failure = settings.mediaFailure === '' ? null : settings.mediaFailure;
  return { media: media === null ? [] : [media], problem: problem ?? failure };
}

function childrenOf(state: ThreadsState, call: GraphCall): Container[] {
  const ids = (call.value('children') ?? '').split(',').filter((id) => id !== '');
  if (ids.length < CAROUSEL.least || ids.length > CAROUSEL.most || new Set(ids).size < ids.length) {
    throw invalid(`Param children must have ${CAROUSEL.least} to ${CAROUSEL.most} different containers`);
  }
  return ids.map((id) => {
    const child = state.container(id);
    if (child?.accountId !== call.person.id || !child.carouselItem) {
      throw invalid(`Param children: ${id} is no item of a carousel`);
    }
    if (state.statusOf(child) !== 'FINISHED' || child.usedBy !== null) {
      throw invalid(`Param children: ${id} is not ready, or belongs to another carousel`);
    }
    return child;
  });
}

function readyInMs({ settings }: ThreadsState, { mediaType }: Draft): number {
  switch (mediaType) {
    case 'TEXT':
    case 'CAROUSEL':
      return settings.textMs;
    case 'IMAGE':
      return settings.imageMs;
    case 'VIDEO':
      return settings.videoMs;
  }
}

/** The field is `status`; Instagram's `status_code` does not exist here. */
function look(state: ThreadsState, call: GraphCall): SandboxResponse {
  const id = `178${call.part('rest')}`;
  const container = state.container(id);
  if (container?.accountId !== call.person.id) throw noSuchObject('get', id);
  const fields = (call.value('fields') ?? 'id').split(',');
  const status = state.statusOf(container);
  const known = status === 'PUBLISHED' && state.settings.forgetsContainers ? ['id'] : FIELDS;
  const stranger = fields.find((name) => !known.includes(name));
  if (stranger !== undefined) throw nonexistingField(stranger);
  return json(200, {
    id,
    ...(fields.includes('status') ? { status } : {}),
    ...(status === 'ERROR' && fields.includes('error_message')
      ? { error_message: container.problem ?? 'UNKNOWN' }
      : {}),
  });
}
