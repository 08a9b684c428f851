import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, header, type SandboxRequest } from '../core/request.js';
import { accepted, empty, json, Refusal, type SandboxResponse } from '../core/response.js';
import { apiOperation, partsOf, type ApiCall } from './api.operation.js';
import { isLast, parseContentRange } from './content.range.js';
import { SCOPES } from './google.login.js';
import type { UploadSession } from './upload.sessions.js';
import { METADATA_FIELDS, DEFAULT_STATUS, snippetOf, statusOf } from './video.metadata.js';
import { videoView } from './video.view.js';
import { badParameter, invalid, problem, refuse } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

const PATH = '/upload/youtube/v3/videos';
const CHUNK_UNIT = 262_144;
const WRITABLE = ['snippet', 'status'];
const MIME_TYPE = /^(video\/[\w.+-]+|application\/octet-stream)$/;

/** Resumable uploads: a session, its bytes, and the question how far it is. */
export function sessionOperations(state: YoutubeState): Operation[] {
  const put = {
    host: 'UPLOAD',
    method: 'PUT',
    path: PATH,
    query: ['uploadType', 'upload_id', 'part', 'notifySubscribers'],
    headers: ['content-range'],
    body: [{ kind: 'raw', contentTypes: ['video/*', 'application/octet-stream'] }],
    bodyOptional: true,
    handle: (request: SandboxRequest, context: OperationContext) => send(state, request, context),
  } as const;
  return [
    apiOperation(state, {
      name: 'videos.open',
      host: 'UPLOAD',
      method: 'POST',
      path: PATH,
      query: ['uploadType', 'part', 'notifySubscribers'],
      headers: ['x-upload-content-length', 'x-upload-content-type'],
      body: [{ kind: 'json', fields: METADATA_FIELDS }],
      scopes: [SCOPES.upload, SCOPES.manage, SCOPES.force],
      cost: 'insert',
      run: (call) => open(state, call),
    }),
    {
      ...put,
      name: 'videos.probe',
      visible: false,
      when: (_given, headers) => parseContentRange(headers['content-range'] ?? '')?.kind === 'probe',
    },
    {
      ...put,
      name: 'videos.finish',
      visible: true,
      when: (_given, headers) => isLast(headers['content-range']),
    },
    { ...put, name: 'videos.send', visible: false },
  ];
}

/** Everything that is wrong with the metadata shows here, before a byte is sent. */
function open(state: YoutubeState, { request, channel }: ApiCall): SandboxResponse {
  if (request.query.get('uploadType') !== 'resumable') {
    throw badParameter('uploadType', 'The upload type has to be "resumable".');
  }
  const parts = partsOf(request, WRITABLE);
  const mimeType = header(request, 'x-upload-content-type') ?? 'application/octet-stream';
  if (!MIME_TYPE.test(mimeType))
    throw badParameter('X-Upload-Content-Type', `Media type '${mimeType}' is not supported.`);
  const length = header(request, 'x-upload-content-length');
  if (length === '0') throw invalid('mediaBodyRequired', 'The request does not include the video content.');
  const body = fieldsOf(request);
  const metadata = {
    snippet: snippetOf(parts.includes('snippet') ? body : {}, false),
    status: parts.includes('status') ? statusOf(body) : DEFAULT_STATUS,
  };
  state.takeUpload(channel);
  const notifySubscribers = request.query.get('notifySubscribers') !== 'false';
  const total = length === undefined ? null : Number(length);
  const session = state.sessions.open({
    channelId: channel.id,
    parts,
    metadata,
    notifySubscribers,
    mimeType,
    total,
  });
  const query = new URLSearchParams([...request.query, ['upload_id', session.id]]);
  const location = `${state.environment.url('UPLOAD')}${PATH}?${query.toString()}`;
  return accepted(empty(200, { location, 'x-guploader-uploadid': session.id }), false);
}

function send(state: YoutubeState, request: SandboxRequest, context: OperationContext): SandboxResponse {
  // The address of the session is a key by itself; a token that comes with it has to be good.
  if (header(request, 'authorization') !== undefined) state.checkToken(request);
  const session = state.sessions.find(request.query.get('upload_id') ?? '', state.settings.sessionMs);
  if (session === undefined) throw gone(state);
  context.actsAs(session.channelId);
  if (session.video !== null) return accepted(done(state, session, 200), false);
  const bytes = request.body.kind === 'raw' ? request.body.bytes : Buffer.alloc(0);
  const written = header(request, 'content-range');
  if (written === undefined) {
    keep(state, session, bytes);
    session.total ??= bytes.length;
  } else if (!take(state, session, written, bytes)) return incomplete(session);
  if (session.total === null || session.received.length < session.total) return incomplete(session);
  if (session.total === 0)
    throw invalid('mediaBodyRequired', 'The request does not include the video content.');
  state.finish(session);
  return done(state, session, 201);
}

/** The bytes of a range, from where the last one ended; false for a question. */
function take(state: YoutubeState, session: UploadSession, written: string, bytes: Buffer): boolean {
  const range = parseContentRange(written);
  if (range === null) throw badRange('Failed to parse Content-Range header.');
  if (range.total !== null && session.total !== null && range.total !== session.total) {
    throw badRange(`The upload has ${session.total} bytes, not ${range.total}.`);
  }
  session.total ??= range.total;
  if (range.kind === 'probe') return false;
  const length = range.last - range.first + 1;
  if (bytes.length !== length) throw badRange(`The range has ${length} bytes, the body ${bytes.length}.`);
  if (length % CHUNK_UNIT !== 0 && range.last + 1 !== session.total) {
    throw badRange(
      `Invalid request. The number of bytes uploaded is required to be equal or greater than ${CHUNK_UNIT}, except for the final request (it's recommended to be the exact multiple of ${CHUNK_UNIT}). The received request contained ${length} bytes, which does not meet this requirement.`,
    );
  }
  const known = session.received.length - range.first;
  if (known < 0)
    throw badRange(`The range begins behind the ${session.received.length} bytes that are there.`);
  keep(state, session, bytes.subarray(known));
  return true;
}

function keep(state: YoutubeState, session: UploadSession, bytes: Buffer): void {
  const { keptPerPut } = state.settings;
  const kept = keptPerPut === 0 ? bytes : bytes.subarray(0, keptPerPut);
  session.received = Buffer.concat([session.received, kept]);
}

/** How far it is; without a header nothing is there. */
function incomplete({ received }: UploadSession): SandboxResponse {
  const range: Readonly<Record<string, string>> =
    received.length === 0 ? {} : { range: `bytes=0-${received.length - 1}` };
  return accepted(empty(308, range), false);
}

function done(state: YoutubeState, { video, parts }: UploadSession, status: number): SandboxResponse {
  return json(status, video === null ? {} : videoView(state, video, parts));
}

function gone({ settings }: YoutubeState): Refusal {
  const message = 'The upload session is unknown or has expired.';
  return new Refusal(problem({ code: settings.goneStatus, reason: 'notFound', message, domain: 'global' }));
}

function badRange(message: string): Refusal {
  return refuse({ code: 400, reason: 'badRequest', message, domain: 'global' });
}
