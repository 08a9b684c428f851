import type { Operation, OperationContext } from '../core/operation.js';
import { pullFile } from '../core/pulled.file.js';
import { bearerOf, header, param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { judgeVideo } from './container.media.js';
import { uploadError } from './graph.errors.js';
import type { Container } from './instagram.model.js';
import type { InstagramState } from './instagram.state.js';

/** The bytes of a video, on a host that knows nothing of the Graph API's ways. */
export function uploadOperations(state: InstagramState): Operation[] {
  return [
    {
      name: 'containers.upload',
      host: 'UPLOAD',
      method: 'POST',
      path: '/ig-api-upload/v:version/:container',
      visible: false,
      headers: ['offset', 'file_size', 'file_url'],
      body: [{ kind: 'raw', contentTypes: ['*/*', ''] }],
      bodyOptional: true,
      handle: (request, context) => receive(state, request, context),
    },
  ];
}

async function receive(
  state: InstagramState,
  request: SandboxRequest,
  context: OperationContext,
): Promise<SandboxResponse> {
  const container = openContainer(state, request);
  context.actsAs(container.accountId);
  const url = header(request, 'file_url');
  const bytes = url === undefined ? sent(state, container, request) : await fetched(url, context.clientGone);
  state.uploads.delete(container.id);
  container.awaitsUpload = false;
  const { media, problem } = judgeVideo(state, container.draft, bytes);
  container.media = media;
  container.problem = problem;
  state.process(container, state.settings.videoMs);
  return json(200, { success: true, message: 'Upload successful.' });
}

async function fetched(url: string, gone: AbortSignal): Promise<Buffer> {
  const found = await pullFile(url, gone);
  if (found !== null) return found.bytes;
  throw uploadError(400, 'ProcessingFailedError', 'The video could not be fetched.');
}

/** From `offset` on; what came before is kept, so that an upload can go on. */
function sent(state: InstagramState, { id }: Container, request: SandboxRequest): Buffer {
  const [offset, size] = [wholeNumber(request, 'offset'), wholeNumber(request, 'file_size')];
  const before = state.uploads.get(id) ?? Buffer.alloc(0);
  if (offset !== before.length) {
    throw uploadError(400, 'OffsetInvalidError', `Expected the offset ${before.length}.`, true);
  }
  const bytes = request.body.kind === 'raw' ? request.body.bytes : Buffer.alloc(0);
  const whole = Buffer.concat([before, bytes]);
  if (whole.length > size) throw uploadError(400, 'ProcessingFailedError', 'More came than file_size says.');
  state.uploads.set(id, whole);
  if (whole.length === size) return whole;
  throw uploadError(400, 'PartialRequestError', 'The request ended too early.', true);
}

/** Only `Authorization: OAuth` is understood here, with the token of either login. */
function openContainer(state: InstagramState, request: SandboxRequest): Container {
  const [, access] = /^OAuth (.+)$/.exec(header(request, 'authorization') ?? '') ?? [];
  const container = state.container(param(request, 'container'));
  const owners = [state.instagram, state.facebook].flatMap((oauth) => {
    const checked = oauth.check(access);
    const own = checked.ok ? state.person(checked.token.accountId) : undefined;
    return own === undefined ? [] : state.accountsOf(own).map(({ id }) => id);
  });
  if (bearerOf(request) !== undefined || owners.length === 0) {
    throw uploadError(401, 'NotAuthorizedError', 'The token is missing or not valid.');
  }
  if (container?.awaitsUpload === true && owners.includes(container.accountId)) return container;
  throw uploadError(400, 'NotFoundError', 'There is no open upload for this container.');
}

function wholeNumber(request: SandboxRequest, name: string): number {
  const value = header(request, name) ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  throw uploadError(400, 'InvalidHeaderError', `The header ${name} is missing or no number.`);
}
