import type { JsonObject } from '../core/json.js';
import { probeImage } from '../core/image.probe.js';
import type { Operation, OperationContext } from '../core/operation.js';
import type { SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BlueskyAccount, StoredBlob } from './bluesky.account.js';
import { invalidRequest, refuse } from './bluesky.errors.js';
import { refuseBlocked, type BlueskyState } from './bluesky.state.js';
import { blobCid } from './content.id.js';

const MAX_BLOB_BYTES = 52_428_800;
const SNIFFED_FORMATS: ReadonlySet<string> = new Set(['jpeg', 'png', 'webp', 'gif']);

export function blobOperations(state: BlueskyState): Operation[] {
  return [
    {
      name: 'com.atproto.repo.uploadBlob',
      host: 'API',
      method: 'POST',
      path: '/xrpc/com.atproto.repo.uploadBlob',
      visible: false,
      body: [{ kind: 'raw', contentTypes: ['*/*'] }],
      handle: (request, context) => uploadBlob(state, request, context),
    },
  ];
}

async function uploadBlob(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): Promise<SandboxResponse> {
  const account = state.authorize(request, context);
  refuseBlocked(account);
  const headers = state.rates.blob(account.did);
  if (request.body.kind !== 'raw')
    throw invalidRequest('Request encoding (Content-Type) required but not provided');
  const { bytes, contentType } = request.body;
  if (bytes.length > MAX_BLOB_BYTES) throw refuse(413, 'PayloadTooLarge', 'request entity too large');
  const blob = await storeBlob(state, account, { bytes, mimeType: contentType.split(';')[0] ?? contentType });
  return json(200, { blob: blobReference(blob) }, headers);
}

/** Keeps a blob under its hash; the type is read from the content where it can be. */
export async function storeBlob(
  state: BlueskyState,
  account: BlueskyAccount,
  upload: { bytes: Buffer; mimeType: string },
): Promise<StoredBlob> {
  const image = await probeImage(upload.bytes);
  const sniffed = image !== null && SNIFFED_FORMATS.has(image.format) ? `image/${image.format}` : null;
  const mimeType = sniffed ?? upload.mimeType;
  const { sha256 } = state.environment.media.put(upload.bytes, mimeType);
  const size = image === null ? {} : { width: image.width, height: image.height };
  const blob: StoredBlob = {
    cid: blobCid(upload.bytes),
    mimeType,
    size: upload.bytes.length,
    sha256,
    ...size,
  };
  account.blobs.set(blob.cid, blob);
  return blob;
}

export function blobReference(blob: StoredBlob): JsonObject {
  return { $type: 'blob', ref: { $link: blob.cid }, mimeType: blob.mimeType, size: blob.size };
}
