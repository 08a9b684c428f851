import { numberAt, stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, filesOf, param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { complete } from './media.completion.js';
import { categoryOf, MEDIA_TYPES, MOST_BYTES, type Upload } from './media.library.js';
import { uploadView } from './media.view.js';
import { invalid, notFound, unrecognizedMedia } from './x.errors.js';
import { LIMITS } from './x.rates.js';
import type { XState } from './x.state.js';

const SCOPES = ['media.write'];
const SESSION_SECONDS = 1_295_999;
const MOST_SEGMENTS = 1000;
const LARGEST_SEGMENT = 5 * 1_048_576;

/** An upload in segments: announced, sent in any order, closed. */
export function segmentOperations(state: XState): Operation[] {
  return [
    apiOperation(state, {
      name: 'media.initialize',
      method: 'POST',
      path: '/2/media/upload/initialize',
      body: [{ kind: 'json', fields: ['media_type', 'total_bytes', 'media_category', 'shared'] }],
      scopes: SCOPES,
      limit: LIMITS.initialize,
      run: (call) => initialize(state, call),
    }),
    apiOperation(state, {
      name: 'media.append',
      method: 'POST',
      path: '/2/media/upload/:id/append',
      body: [{ kind: 'multipart', fields: ['segment_index'], files: ['media'] }],
      scopes: SCOPES,
      limit: LIMITS.append,
      run: (call) => append(state, call),
    }),
    apiOperation(state, {
      name: 'media.finalize',
      method: 'POST',
      path: '/2/media/upload/:id/finalize',
      scopes: SCOPES,
      limit: LIMITS.finalize,
      run: (call) => finalize(state, call),
    }),
  ];
}

function initialize(state: XState, { request, person }: ApiCall): SandboxResponse {
  const fields = fieldsOf(request);
  const category = categoryOf(stringAt(fields, 'media_category'));
  if (category === undefined) throw invalid('$.media_category: is missing or unknown');
  const mimeType = stringAt(fields, 'media_type') ?? '';
  if (!MEDIA_TYPES[category].includes(mimeType)) throw unrecognizedMedia(request.path);
  const totalBytes = numberAt(fields, 'total_bytes');
  if (totalBytes === undefined || !Number.isInteger(totalBytes) || totalBytes <= 0) {
    throw invalid('$.total_bytes: integer expected');
  }
  if (totalBytes > MOST_BYTES[category]) {
    throw invalid(`$.total_bytes: file sizes exceed maximum of ${MOST_BYTES[category]} bytes`);
  }
  const { id, key } = state.media.begin({ ownerId: person.id, category, mimeType, totalBytes });
  return json(200, { data: { id, media_key: key, expires_after_secs: SESSION_SECONDS } });
}

/** A segment that failed may come again under its number. */
function append(state: XState, call: ApiCall): SandboxResponse {
  const upload = open(state, call);
  const index = stringAt(fieldsOf(call.request), 'segment_index') ?? '';
  if (!/^\d{1,3}$/.test(index)) {
    throw invalid(`$.segment_index: an integer from 0 to ${MOST_SEGMENTS - 1} expected`);
  }
  const [file] = filesOf(call.request);
  if (file === undefined || file.bytes.length === 0) throw invalid('$.media: is missing but it is required');
  if (file.bytes.length > LARGEST_SEGMENT) {
    throw invalid(`$.media: segments exceed maximum of ${LARGEST_SEGMENT} bytes`);
  }
  upload.segments.set(Number(index), file.bytes);
  const expires_at = Math.round(state.environment.clock.now() / 1000) + SESSION_SECONDS;
  return json(200, { data: { expires_at } });
}

/** Closing once more what is closed answers the same. */
async function finalize(state: XState, call: ApiCall): Promise<SandboxResponse> {
  const { clock } = state.environment;
  const id = param(call.request, 'id');
  const closed = state.media.find(id, call.person.id);
  if (closed?.file) return json(200, { data: uploadView(closed, closed.file, clock.now()) });
  const upload = open(state, call);
  const numbers = [...upload.segments.keys()].sort((one, other) => one - other);
  if (numbers.length === 0 || numbers.some((number, index) => number !== index)) {
    throw invalid('Segments do not add up to provided total file size: a segment is missing');
  }
  const bytes = Buffer.concat(numbers.flatMap((number) => upload.segments.get(number) ?? []));
  if (bytes.length !== upload.totalBytes) {
    throw invalid(
      `Segments do not add up to provided total file size: ${bytes.length} of ${upload.totalBytes} bytes`,
    );
  }
  const file = await complete(state, upload, bytes);
  if (upload.category === 'tweet_image' && file.facts === null) throw unrecognizedMedia(call.request.path);
  return json(200, { data: uploadView(upload, file, file.finalizedAt) });
}

function open(state: XState, { request, person }: ApiCall): Upload {
  const id = param(request, 'id');
  const upload = state.media.find(id, person.id);
  if (upload === undefined) throw notFound('media', 'id', id);
  if (upload.file !== null) throw invalid('The upload is finalized already');
  return upload;
}
