import { randomBytes } from 'node:crypto';
import { stringAt, type JsonObject } from '../core/json.js';
import { probeMovie } from '../core/movie.probe.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, filesOf, header, param, type SandboxRequest } from '../core/request.js';
import { empty, json, text, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { invalid, refuse } from './pinterest.errors.js';
import type { Upload } from './pinterest.model.js';
import type { PinterestState } from './pinterest.state.js';

const MAX_BYTES = 2 * 1024 ** 3;
const MAX_VIDEO_MS = 15 * 60_000;
const RATIO = { least: 1 / 2, most: 1.91 };
const PARAMETERS = [
  'x-amz-date',
  'x-amz-signature',
  'x-amz-security-token',
  'x-amz-algorithm',
  'key',
  'policy',
  'x-amz-credential',
  'Content-Type',
];
const UPLOAD_PATH = '/media-upload/';

export function mediaOperations(state: PinterestState): Operation[] {
  return [
    apiOperation(state, {
      name: 'media.create',
      method: 'POST',
      path: '/media',
      body: [{ kind: 'json', fields: ['media_type'] }],
      scopes: ['pins:read', 'pins:write'],
      category: 'org_write',
      run: (call) => register(state, call),
    }),
    apiOperation(state, {
      name: 'media.get',
      method: 'GET',
      path: '/media/:media',
      scopes: ['pins:read'],
      category: 'org_read',
      run: ({ request, person }) => {
        const upload = state.uploads.find(({ id }) => id === param(request, 'media'));
        if (upload?.ownerId !== person.id) throw refuse(404, 404, 'Media not found.');
        return json(200, { media_id: upload.id, media_type: 'video', status: statusOf(state, upload) });
      },
    }),
    {
      name: 'media.upload',
      host: 'AUTH',
      method: 'POST',
      path: UPLOAD_PATH,
      visible: false,
      body: [{ kind: 'multipart', fields: PARAMETERS, files: ['file'] }],
      handle: (request, context) => take(state, request, context),
    },
  ];
}

export function statusOf({ videos }: PinterestState, { id }: Upload): string {
  switch (videos.state(id)) {
    case null:
      return 'registered';
    case 'processing':
      return 'processing';
    case 'done':
      return 'succeeded';
    case 'failed':
      return 'failed';
  }
}

function register(state: PinterestState, { request, person }: ApiCall): SandboxResponse {
  if (stringAt(fieldsOf(request), 'media_type') !== 'video') throw invalid('media_type');
  const { clock } = state.environment;
  const id = state.nextId('media');
  const expiresAt = clock.now() + state.settings.uploadPolicyMs;
  const upload: Upload = {
    ...{ id, ownerId: person.id, expiresAt, file: null },
    parameters: parametersOf(id, clock.iso(), expiresAt),
  };
  state.uploads.push(upload);
  const upload_parameters: JsonObject = { ...upload.parameters };
  const upload_url = `${state.environment.url('AUTH')}${UPLOAD_PATH}`;
  return json(201, { media_id: id, media_type: 'video', upload_url, upload_parameters });
}

/** What a form that S3 takes directly has to carry. */
function parametersOf(id: string, now: string, expiresAt: number): Record<string, string> {
  const key = `uploads/${id}`;
  const stamp = now.replace(/[-:]|\.\d+/g, '');
  const policy = {
    expiration: new Date(expiresAt).toISOString(),
    conditions: [{ key }, ['content-length-range', 1, MAX_BYTES]],
  };
  return {
    'x-amz-date': stamp,
    'x-amz-signature': randomBytes(32).toString('hex'),
    'x-amz-security-token': randomBytes(48).toString('base64'),
    'x-amz-algorithm': 'AWS4-HMAC-SHA256',
    key,
    policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
    'x-amz-credential': `SANDBOX/${stamp.slice(0, 8)}/us-east-1/s3/aws4_request`,
    'Content-Type': 'multipart/form-data',
  };
}

/** The storage behind the API: it knows the form only, and speaks XML. */
function take(state: PinterestState, request: SandboxRequest, context: OperationContext): SandboxResponse {
  const fields = fieldsOf(request);
  const upload = state.uploads.find(({ parameters }) => parameters['key'] === stringAt(fields, 'key'));
  if (upload !== undefined) context.actsAs(upload.ownerId);
  const refusal = formProblem(request) ?? policyProblem(state, upload, fields);
  if (refusal !== null) return refusal;
  const [file] = filesOf(request);
  if (upload === undefined || file === undefined) return s3Error(403, 'AccessDenied', 'Access Denied');
  if (file.bytes.length > MAX_BYTES) {
    return s3Error(400, 'EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size');
  }
  process(state, upload, file.bytes);
  return empty(204);
}

function formProblem(request: SandboxRequest): SandboxResponse | null {
  if (header(request, 'authorization') !== undefined) {
    return s3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  if (header(request, 'content-length') === undefined) {
    return s3Error(411, 'MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  const order = request.body.kind === 'multipart' ? request.body.order : [];
  if (order.filter((name) => name === 'file').length !== 1 || order.at(-1) !== 'file') {
    return s3Error(400, 'InvalidArgument', 'POST requires exactly one file upload per request.');
  }
  return null;
}

function policyProblem(
  { environment }: PinterestState,
  upload: Upload | undefined,
  fields: JsonObject,
): SandboxResponse | null {
  const good =
    upload !== undefined && PARAMETERS.every((name) => stringAt(fields, name) === upload.parameters[name]);
  if (!good) return s3Error(403, 'AccessDenied', 'Access Denied');
  if (upload.expiresAt > environment.clock.now()) return null;
  return s3Error(403, 'AccessDenied', 'Invalid according to Policy: Policy expired.');
}

function process(state: PinterestState, upload: Upload, bytes: Buffer): void {
  const { settings, environment } = state;
  const found = probeMovie(bytes);
  const ratio = found === null ? 0 : found.width / found.height;
  const fits =
    found !== null &&
    found.durationMs >= settings.minVideoMs &&
    found.durationMs <= MAX_VIDEO_MS &&
    ratio >= RATIO.least &&
    ratio <= RATIO.most;
  const { sha256 } = environment.media.put(bytes, 'video/mp4');
  const size = found === null ? {} : { width: found.width, height: found.height };
  upload.file = { kind: 'video', mimeType: 'video/mp4', bytes: bytes.length, alt: null, ...size, sha256 };
  state.videos.start(upload.id, settings.videoMs, !fits || settings.videoFails);
}

function s3Error(status: number, code: string, message: string): SandboxResponse {
  const answer = text(
    status,
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
  );
  return { ...answer, headers: { 'content-type': 'application/xml' } };
}
