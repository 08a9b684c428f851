import { numberAt, objectAt, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, param } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { MAX_VIDEO_BYTES } from './asset.checks.js';
import type { Asset, AssetKind, NewSlot } from './asset.store.js';
import { hasOrganizationScope, speakAs } from './author.rights.js';
import { invalidInput, notEnoughPermissions, notFound, refuse, schemaProblem } from './linkedin.errors.js';
import { urnOf } from './linkedin.members.js';
import type { LinkedinState } from './linkedin.state.js';
import { finalizeVideo, uploadOperation, uploadUrlOf } from './upload.operations.js';
import { restOperation, type RestCall } from './rest.operation.js';

const PLURALS = { image: 'images', video: 'videos', document: 'documents' } as const;
const VIDEO_FIELDS = ['fileSizeBytes', 'uploadCaptions', 'uploadThumbnail'];

export function assetOperations(state: LinkedinState): Operation[] {
  return [
    ...(['image', 'document'] as const).flatMap((kind) => [
      fileInitialize(state, kind),
      statusOf(state, kind),
    ]),
    videoAction(state),
    statusOf(state, 'video'),
    uploadOperation(state),
  ];
}

function fileInitialize(state: LinkedinState, kind: 'image' | 'document'): Operation {
  return restOperation(state, {
    name: `${PLURALS[kind]}.initializeUpload`,
    method: 'POST',
    path: `/rest/${PLURALS[kind]}`,
    query: ['action'],
    fields: ['initializeUploadRequest.owner'],
    run: (call) => {
      checkAction(call, ['initializeUpload']);
      const asset = register(state, call, kind, [wholeFile(state)]);
      const [slot] = asset.slots;
      const uploadUrl = slot === undefined ? '' : uploadUrlOf(state, slot);
      return json(200, {
        value: { uploadUrlExpiresAt: slot?.expiresAt ?? 0, uploadUrl, [kind]: asset.urn },
      });
    },
  });
}

/** Initialize and finalize are actions of one resource. */
function videoAction(state: LinkedinState): Operation {
  return restOperation(state, {
    name: 'videos.action',
    method: 'POST',
    path: '/rest/videos',
    query: ['action'],
    fields: [
      ...['owner', ...VIDEO_FIELDS].map((field) => `initializeUploadRequest.${field}`),
      ...['video', 'uploadToken', 'uploadedPartIds[]'].map((field) => `finalizeUploadRequest.${field}`),
    ],
    run: (call) => {
      checkAction(call, ['initializeUpload', 'finalizeUpload']);
      return call.request.query.get('action') === 'finalizeUpload'
        ? finalizeVideo(state, call)
        : initializeVideo(state, call);
    },
  });
}

function initializeVideo(state: LinkedinState, call: RestCall): SandboxResponse {
  const asked = objectAt(fieldsOf(call.request), 'initializeUploadRequest') ?? {};
  const size = numberAt(asked, 'fileSizeBytes');
  if (size === undefined || !Number.isInteger(size) || size < 1) {
    throw schemaProblem('/initializeUploadRequest/fileSizeBytes', 'field is required but not found');
  }
  if (size > MAX_VIDEO_BYTES) {
    throw invalidInput(
      'INVALID_VALUE_FOR_FIELD',
      'fileSizeBytes',
      `A video has at most ${MAX_VIDEO_BYTES} bytes`,
    );
  }
  const extras = (['captions', 'thumbnail'] as const).filter((role) => asked[nameOf(role)] === true);
  const slots = [...partsOf(state, size), ...extras.map((role) => wholeFile(state, role))];
  const asset = register(state, call, 'video', slots);
  return json(200, { value: { ...videoView(state, asset), ...extraUrls(state, asset) } });
}

function nameOf(role: 'captions' | 'thumbnail'): string {
  return role === 'captions' ? 'uploadCaptions' : 'uploadThumbnail';
}

function videoView(state: LinkedinState, asset: Asset): JsonObject {
  const parts = asset.slots.filter(({ role }) => role === 'content');
  return {
    uploadUrlsExpireAt: parts[0]?.expiresAt ?? 0,
    video: asset.urn,
    uploadToken: '',
    uploadInstructions: parts.map((slot) => ({
      uploadUrl: uploadUrlOf(state, slot),
      firstByte: slot.firstByte,
      lastByte: slot.lastByte,
    })),
  };
}

function extraUrls(state: LinkedinState, { slots }: Asset): JsonObject {
  const extras = slots.filter(({ role }) => role !== 'content');
  return Object.fromEntries(extras.map((slot) => [`${slot.role}UploadUrl`, uploadUrlOf(state, slot)]));
}

function partsOf(state: LinkedinState, size: number): NewSlot[] {
  const { partBytes } = state.settings;
  const count = Math.ceil(size / partBytes);
  return Array.from({ length: count }, (_, index) => ({
    ...wholeFile(state),
    firstByte: index * partBytes,
    lastByte: Math.min(size, (index + 1) * partBytes) - 1,
  }));
}

function wholeFile({ environment, settings }: LinkedinState, role: NewSlot['role'] = 'content'): NewSlot {
  const expiresAt = environment.clock.now() + settings.uploadUrlMs;
  return { role, firstByte: 0, lastByte: null, expiresAt };
}

function register(state: LinkedinState, call: RestCall, kind: AssetKind, slots: readonly NewSlot[]): Asset {
  const asked = objectAt(fieldsOf(call.request), 'initializeUploadRequest');
  if (asked === undefined) throw schemaProblem('/initializeUploadRequest', 'field is required but not found');
  const wish = { field: 'owner', resource: `${PLURALS[kind]}.ACTION-initializeUpload` };
  const owner = speakAs(state, call.caller, stringAt(asked, 'owner'), wish);
  call.context.actsAs(owner.id);
  return state.assets.register(kind, urnOf(owner), slots);
}

/** Pictures and documents cannot be looked at by an app that may only post as a member. */
function statusOf(state: LinkedinState, kind: AssetKind): Operation {
  return restOperation(state, {
    name: `${PLURALS[kind]}.get`,
    method: 'GET',
    path: `/rest/${PLURALS[kind]}/:urn`,
    run: ({ request, caller }) => {
      if (kind !== 'video' && !hasOrganizationScope(caller))
        throw notEnoughPermissions(`${PLURALS[kind]}.GET`);
      const asset = state.assets.find(param(request, 'urn'));
      if (asset?.kind !== kind) throw notFound(`Could not find entity ${param(request, 'urn')}`);
      return json(200, assetView(state, asset));
    },
  });
}

function assetView(state: LinkedinState, asset: Asset): JsonObject {
  const status = state.assets.status(asset);
  const reason = asset.failure !== null && status === 'PROCESSING_FAILED';
  const ready = status === 'AVAILABLE' && asset.shown !== null;
  return {
    id: asset.urn,
    owner: asset.owner,
    status,
    ...(reason && asset.kind === 'video' ? { processingFailureReason: asset.failure } : {}),
    ...(ready ? { downloadUrl: `${state.environment.url('AUTH')}/dms/${asset.shown?.sha256 ?? ''}` } : {}),
  };
}

function checkAction({ request }: RestCall, known: readonly string[]): void {
  const action = request.query.get('action');
  if (action === null || !known.includes(action)) {
    throw refuse(400, 'PARAM_INVALID', `Invalid query parameters passed to request: action ${action ?? ''}`);
  }
}
