import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { CONTAINER_PARAMS, draftOf, type Wanted } from './container.input.js';
import { checkCover, fetchImage, fetchVideo } from './container.media.js';
import type { GraphCall } from './graph.call.js';
import { invalid, missing, permissionMissing, refuse } from './graph.errors.js';
import { pick } from './graph.fields.js';
import { graphOperation } from './graph.operation.js';
import type { Container, ContainerStatus, Draft } from './instagram.model.js';
import { SCOPES } from './instagram.oauth.js';
import type { Person } from './instagram.person.js';
import type { InstagramState } from './instagram.state.js';
import { refusals } from './publish.errors.js';

const CAROUSEL = { least: 2, most: 10 };

/** Step one: what is to go out lies in a container until it is ready. */
export function containerOperations(state: InstagramState): Operation[] {
  return [
    ...graphOperation(state, {
      name: 'containers.create',
      method: 'POST',
      path: '/:user/media',
      params: CONTAINER_PARAMS,
      run: (call) => create(state, call),
    }),
    ...graphOperation(state, {
      name: 'containers.read',
      method: 'GET',
      path: '/179:rest',
      params: ['fields'],
      run: (call) => look(state, call),
    }),
  ];
}

/** An account that may publish: a professional one. */
export function publisherOf(call: GraphCall): Person {
  const person = call.account('user', 'publish');
  if (person.accountType === 'PERSONAL') throw permissionMissing(SCOPES.publish[call.login]);
  return person;
}

async function create(state: InstagramState, call: GraphCall): Promise<SandboxResponse> {
  const person = publisherOf(call);
  const { draft, ...wanted } = draftOf(state, call);
  const container = await made(state, call, { person, draft, wanted });
  const uploads = container.awaitsUpload;
  return json(200, { id: container.id, ...(uploads ? { uri: uploadUrl(state, call, container.id) } : {}) });
}

interface Plan {
  readonly person: Person;
  readonly draft: Draft;
  readonly wanted: Wanted;
}

async function made(
  state: InstagramState,
  call: GraphCall,
  { person, draft, wanted }: Plan,
): Promise<Container> {
  const base = { accountId: person.id, draft, children: [], awaitsUpload: false, problem: null };
  if (draft.kind === 'carousel') {
    const children = childrenOf(state, call, person);
    count(state, person);
    const media = children.flatMap((child) => child.media);
    const container = state.keep({ ...base, children, media });
    state.process(container, state.settings.carouselMs);
    return container;
  }
  if (!wanted.video) {
    const media = [await fetchImage(state, call, draft)];
    count(state, person);
    const container = state.keep({ ...base, media });
    state.process(container, state.settings.imageMs);
    return container;
  }
  if (resumes(state, call)) {
    await checkCover(call, draft);
    count(state, person);
    return state.keep({ ...base, media: [], awaitsUpload: true });
  }
  const outcome = await fetchVideo(state, call, draft);
  count(state, person);
  const container = state.keep({ ...base, ...outcome });
  state.process(container, state.settings.videoMs);
  return container;
}

function resumes({ settings }: InstagramState, call: GraphCall): boolean {
  const way = call.value('upload_type');
  if (way === undefined) return false;
  if (way !== 'resumable') throw invalid('Param upload_type must be one of {RESUMABLE}');
  if (call.value('video_url') !== undefined) throw invalid('Param video_url is not taken with upload_type');
  if (call.login === 'instagram' && settings.refusesInstagramUploads) {
    throw invalid('Param upload_type is not supported');
  }
  return true;
}

function uploadUrl({ environment }: InstagramState, call: GraphCall, id: string): string {
  return `${environment.url('UPLOAD')}/ig-api-upload/v${call.part('version')}/${id}`;
}

function count({ quotas, settings }: InstagramState, { id }: Person): void {
  if (quotas.containers.take(id, settings.containerQuota)) return;
  throw refuse({ code: 4, message: '(#4) Application request limit reached' });
}

function childrenOf(state: InstagramState, call: GraphCall, { id: accountId }: Person): Container[] {
  const ids = call.names('children');
  if (ids.length < CAROUSEL.least || ids.length > CAROUSEL.most) throw refusals.carouselCount();
  if (new Set(ids).size < ids.length) throw invalid('Param children must have different containers');
  return ids.map((id) => {
    const child = state.container(id);
    if (child?.accountId !== accountId) throw refusals.containerGone();
    if (child.draft.kind !== 'item') throw invalid(`Param children: ${id} is no item of a carousel`);
    if (state.statusOf(child) !== 'FINISHED') throw refusals.notReady();
    return child;
  });
}

const SENTENCES: Readonly<Record<ContainerStatus, string>> = {
  IN_PROGRESS: 'In Progress: Media is still being processed.',
  FINISHED: 'Finished: Media has been uploaded and it is ready to be published.',
  PUBLISHED: 'Published: Media has been published.',
  EXPIRED: 'Expired: The container was not published within 24 hours.',
  ERROR: 'Error: Media upload has failed with error code',
};

/** Of an error the number stands in the sentence only. */
function look(state: InstagramState, call: GraphCall): SandboxResponse {
  const id = `179${call.part('rest')}`;
  const container = state.container(id);
  call.reach(container?.accountId, id, 'publish');
  if (container === undefined) throw missing(call.method, id);
  const code = state.statusOf(container);
  const status = code === 'ERROR' ? `${SENTENCES.ERROR} ${container.problem ?? ''}` : SENTENCES[code];
  const view = {
    ...{ id, status_code: code, status },
    video_status: undefined,
    copyright_check_status: undefined,
  };
  return json(200, pick(view, call.value('fields'), 'id'));
}
