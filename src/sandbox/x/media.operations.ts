import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, filesOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { complete, DAY_MS } from './media.completion.js';
import { categoryOf, MEDIA_TYPES, MOST_BYTES } from './media.library.js';
import { segmentOperations } from './media.segments.js';
import { uploadView } from './media.view.js';
import { invalid, notFound, unrecognizedMedia } from './x.errors.js';
import { LIMITS } from './x.rates.js';
import type { XState } from './x.state.js';

const PATH = '/2/media/upload';
const LONGEST_ALT_TEXT = 1000;
const SCOPES = ['media.write'];

/** Uploads: invisible, and good for a day. */
export function mediaOperations(state: XState): Operation[] {
  return [
    apiOperation(state, {
      name: 'media.upload',
      method: 'POST',
      path: PATH,
      body: [
        { kind: 'multipart', fields: ['media_category'], files: ['media'] },
        { kind: 'json', fields: ['media', 'media_category'] },
      ],
      scopes: SCOPES,
      limit: LIMITS.upload,
      run: (call) => uploadWhole(state, call),
    }),
    ...segmentOperations(state),
    apiOperation(state, {
      name: 'media.status',
      method: 'GET',
      path: PATH,
      query: ['command', 'media_id'],
      scopes: SCOPES,
      limit: LIMITS.status,
      run: (call) => status(state, call),
    }),
    apiOperation(state, {
      name: 'media.metadata',
      method: 'POST',
      path: '/2/media/metadata',
      body: [{ kind: 'json', fields: ['id', 'metadata.alt_text.text'] }],
      scopes: SCOPES,
      limit: LIMITS.metadata,
      run: (call) => describe(state, call),
    }),
  ];
}

/** Pictures only; what moves comes in segments. */
async function uploadWhole(state: XState, { request, person }: ApiCall): Promise<SandboxResponse> {
  const fields = fieldsOf(request);
  const category = categoryOf(stringAt(fields, 'media_category'));
  if (category === undefined) throw invalid('$.media_category: is missing or unknown', {});
  const [file] = filesOf(request);
  const bytes = file?.bytes ?? Buffer.from(stringAt(fields, 'media') ?? '', 'base64');
  if (bytes.length === 0) throw invalid('$.media: is missing but it is required');
  if (category !== 'tweet_image') throw unrecognizedMedia(PATH);
  if (bytes.length > MOST_BYTES[category]) {
    throw invalid(`$.media: file sizes exceed maximum of ${MOST_BYTES[category]} bytes`);
  }
  const mimeType = file?.mimeType ?? typeOf(bytes);
  if (!MEDIA_TYPES[category].includes(mimeType)) throw unrecognizedMedia(PATH);
  const upload = state.media.begin({ ownerId: person.id, category, mimeType, totalBytes: bytes.length });
  const done = await complete(state, upload, bytes);
  if (done.facts === null) throw unrecognizedMedia(PATH);
  return json(200, {
    data: { ...uploadView(upload, done, done.finalizedAt), expires_after_secs: DAY_MS / 1000 },
  });
}

/** Of a file that comes inside JSON, which does not say. */
function typeOf(bytes: Buffer): string {
  if (bytes[0] === 0x89) return 'image/png';
  return bytes.toString('latin1', 0, 4) === 'RIFF' ? 'image/webp' : 'image/jpeg';
}

function status(state: XState, { request, person }: ApiCall): SandboxResponse {
  if (request.query.get('command') !== 'STATUS') {
    throw invalid('The `command` query parameter is not one of [STATUS]', { command: ['STATUS'] });
  }
  const id = request.query.get('media_id') ?? '';
  const upload = state.media.find(id, person.id);
  if (!upload?.file) throw notFound('media', 'media_id', id);
  return json(200, { data: uploadView(upload, upload.file, state.environment.clock.now()) });
}

/** Alternative text of pictures and GIFs, before they are posted. */
function describe(state: XState, { request, person }: ApiCall): SandboxResponse {
  const fields = fieldsOf(request);
  const id = stringAt(fields, 'id') ?? '';
  const upload = state.media.find(id, person.id);
  if (upload === undefined) throw notFound('media', 'id', id);
  const metadata: JsonObject = objectAt(fields, 'metadata') ?? {};
  const text = stringAt(objectAt(metadata, 'alt_text') ?? {}, 'text');
  if (text === undefined) throw invalid('$.metadata.alt_text.text: is missing but it is required');
  if ([...text].length > LONGEST_ALT_TEXT) {
    throw invalid(`$.metadata.alt_text.text: exceed maximum length of ${LONGEST_ALT_TEXT}`);
  }
  if (upload.category === 'tweet_video') throw invalid('$.metadata.alt_text: is not supported for videos');
  upload.altText = text;
  return json(200, { data: { id, associated_metadata: { alt_text: { text } } } });
}
