import { createHash } from 'node:crypto';
import { arrayAt, objectAt, stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param, type SandboxRequest } from '../core/request.js';
import { empty, json, text, type SandboxResponse } from '../core/response.js';
import { inspectFile } from './asset.checks.js';
import type { Asset, AssetKind, UploadSlot } from './asset.store.js';
import { invalidInput, notEnoughPermissions, notFound, schemaProblem } from './linkedin.errors.js';
import type { LinkedinState } from './linkedin.state.js';
import type { RestCall } from './rest.operation.js';

export function uploadUrlOf({ environment }: LinkedinState, { token, role }: UploadSlot): string {
  return `${environment.url('AUTH')}/dms-uploads/${token}/${role}`;
}

/** Every address takes its own bytes, all of them, in one request. */
export function uploadOperation(state: LinkedinState): Operation {
  return {
    name: 'upload',
    host: 'AUTH',
    method: 'PUT',
    path: '/dms-uploads/:token/:role',
    visible: false,
    secretParams: ['token'],
    body: [{ kind: 'raw', contentTypes: ['*/*'] }],
    handle: (request, context) => {
      const found = state.assets.slot(param(request, 'token'));
      if (found === null) return empty(404);
      const { asset, slot } = found;
      context.actsAs(state.members.find(asset.owner)?.id ?? '');
      if (slot.expiresAt <= state.environment.clock.now()) return empty(401);
      return take(state, asset, slot, request);
    },
  };
}

async function take(
  state: LinkedinState,
  asset: Asset,
  slot: UploadSlot,
  { body }: SandboxRequest,
): Promise<SandboxResponse> {
  if (body.kind !== 'raw') return text(400, 'The request has no content');
  if (slot.lastByte !== null) {
    const wanted = slot.lastByte - slot.firstByte + 1;
    if (body.contentType !== 'application/octet-stream')
      return text(415, 'application/octet-stream expected');
    if (body.bytes.length !== wanted) {
      return text(400, `This part has ${wanted} bytes, the request ${body.bytes.length}`);
    }
  }
  slot.bytes = body.bytes;
  slot.etag = createHash('md5').update(slot.token).update(body.bytes).digest('hex');
  if (asset.kind !== 'video') await process(state, asset, body.bytes);
  return empty(201, { etag: `"${slot.etag}"` });
}

/** All parts are there, and the tags that were answered for them come in their order. */
export async function finalizeVideo(
  state: LinkedinState,
  { request, caller, context }: RestCall,
): Promise<SandboxResponse> {
  const asked = objectAt(fieldsOf(request), 'finalizeUploadRequest');
  if (asked === undefined) throw schemaProblem('/finalizeUploadRequest', 'field is required but not found');
  const urn = stringAt(asked, 'video') ?? '';
  const asset = state.assets.find(urn);
  if (asset?.kind !== 'video') throw notFound(`Could not find entity ${urn}`);
  const owner = state.members.find(asset.owner);
  if (
    owner?.id !== caller.person.id &&
    !(owner?.kind === 'organization' && owner.admin === caller.person.id)
  ) {
    throw notEnoughPermissions('videos.ACTION-finalizeUpload');
  }
  context.actsAs(owner.id);
  if (stringAt(asked, 'uploadToken') !== '') {
    throw invalidInput('INVALID_VALUE_FOR_FIELD', 'uploadToken', 'The token is not the one of this upload');
  }
  checkParts(asset, arrayAt(asked, 'uploadedPartIds') ?? []);
  // Once more after the answer was lost changes nothing.
  if (state.assets.status(asset) === 'WAITING_UPLOAD') {
    const bytes = Buffer.concat(contentOf(asset).map((slot) => slot.bytes ?? Buffer.alloc(0)));
    await process(state, asset, bytes);
  }
  return json(200, {});
}

function checkParts(asset: Asset, given: readonly unknown[]): void {
  const wanted = contentOf(asset).map(({ etag }) => etag);
  const missing = wanted.filter((etag) => etag === null).length;
  if (missing > 0) {
    throw invalidInput('ILLEGAL_ARGUMENT', 'uploadedPartIds', `${missing} parts have not been uploaded`);
  }
  const parts = given.map((part) => (typeof part === 'string' ? part.replace(/^"|"$/g, '') : part));
  if (parts.length !== wanted.length || parts.some((part, index) => part !== wanted[index])) {
    throw invalidInput(
      'ILLEGAL_ARGUMENT',
      'uploadedPartIds',
      'The parts are not the ETags of the upload, in order',
    );
  }
}

function contentOf({ slots }: Asset): UploadSlot[] {
  return slots.filter(({ role }) => role === 'content');
}

async function process(state: LinkedinState, asset: Asset, bytes: Buffer): Promise<void> {
  const { settings, environment } = state;
  const found = await inspectFile(asset.kind, bytes, environment.media, settings.minVideoBytes);
  asset.shown = found.shown;
  asset.failure = settings.mediaFailure ? 'PROCESSING_FAILED' : found.failure;
  state.assets.process(asset, delayOf(state, asset.kind));
}

function delayOf({ settings }: LinkedinState, kind: AssetKind): number {
  return { image: settings.imageMs, document: settings.documentMs, video: settings.videoMs }[kind];
}
