import { probeImage } from '../core/image.probe.js';
import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, filesOf, param, type SandboxRequest, type UploadedFile } from '../core/request.js';
import { bytes, json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { textOf } from './field.values.js';
import { invalid, notFound, refuse } from './mastodon.errors.js';
import { LIMITS } from './mastodon.rates.js';
import type { MastodonState } from './mastodon.state.js';
import { MEDIA_LIMITS, MEDIA_TYPES } from './media.limits.js';
import { mediaView } from './media.view.js';
import type { Attachment } from './status.store.js';

const SCOPES = ['write:media'];
const FIELDS = ['description', 'focus'];
const FILES = ['file', 'thumbnail'];

export function mediaOperations(state: MastodonState): Operation[] {
  const path = '/api/v1/media/:id';
  return [
    apiOperation(state, {
      name: 'media.create',
      method: 'POST',
      path: '/api/v2/media',
      fields: FIELDS,
      files: FILES,
      run: async (call) => {
        if (!state.settings.apiV2) throw refuse(404, 'Not Found');
        const attachment = await upload(state, call);
        return json(attachment.pollsLeft > 0 ? 202 : 200, mediaView(state, attachment));
      },
    }),
    apiOperation(state, {
      name: 'media.create.v1',
      method: 'POST',
      path: '/api/v1/media',
      fields: FIELDS,
      files: FILES,
      run: async (call) => {
        const attachment = await upload(state, call);
        attachment.pollsLeft = 0;
        return json(200, mediaView(state, attachment));
      },
    }),
    apiOperation(state, { name: 'media.read', method: 'GET', path, run: (call) => look(state, call) }),
    apiOperation(state, {
      name: 'media.update',
      method: 'PUT',
      path,
      fields: FIELDS,
      run: (call) => {
        const attachment = unattached(state, call);
        describe(attachment, fieldsOf(call.request));
        return json(200, mediaView(state, attachment));
      },
    }),
    apiOperation(state, {
      name: 'media.delete',
      method: 'DELETE',
      path,
      run: (call) => {
        state.store.media.delete(unattached(state, call).id);
        return json(200, {});
      },
    }),
    {
      name: 'media.file',
      host: null,
      method: 'GET',
      path: '/system/media_attachments/:id/:name',
      visible: false,
      browser: true,
      handle: (request) => file(state, request),
    },
  ];
}

async function upload(state: MastodonState, { request, context, meter }: ApiCall): Promise<Attachment> {
  const { account } = state.authorize(request, context, SCOPES);
  meter.take(LIMITS.media, account.id);
  const uploaded = filesOf(request).find(({ field }) => field === 'file');
  if (!uploaded) throw invalid("File can't be blank");
  const thumbnail = filesOf(request).find(({ field }) => field === 'thumbnail');
  if (thumbnail !== undefined) await inspectThumbnail(thumbnail);
  const attachment = { ...(await inspect(state, account.id, uploaded)), thumbnail: thumbnail ?? null };
  describe(attachment, fieldsOf(request));
  state.store.media.set(attachment.id, attachment);
  return attachment;
}

async function inspect(
  state: MastodonState,
  accountId: string,
  { bytes: content, mimeType }: UploadedFile,
): Promise<Attachment> {
  const kind = MEDIA_TYPES.get(mimeType);
  if (!kind) throw invalid('File content type is invalid, File is invalid');
  const isPicture = mimeType.startsWith('image/');
  const limit = isPicture ? MEDIA_LIMITS.imageBytes : MEDIA_LIMITS.videoBytes;
  if (content.length > limit)
    throw invalid(`File file size must be less than ${Math.floor(limit / 1_048_576)} MB`);
  const size = isPicture ? await probeImage(content) : null;
  if (isPicture && size === null) throw refuse(500, 'Error processing thumbnail for uploaded media');
  if (size !== null && size.width * size.height > MEDIA_LIMITS.imagePixels) {
    throw invalid(`File ${size.width}x${size.height} images are not supported`);
  }
  const slow = kind !== 'image' || state.settings.slowImages;
  return {
    id: state.store.nextId(),
    accountId,
    kind,
    mimeType,
    bytes: content,
    sha256: state.environment.media.put(content, mimeType).sha256,
    width: size?.width ?? null,
    height: size?.height ?? null,
    description: null,
    focus: null,
    thumbnail: null,
    pollsLeft: slow ? state.settings.mediaPolls : 0,
    failed: slow && state.settings.mediaFailure,
    statusId: null,
  };
}

async function inspectThumbnail({ bytes: content, mimeType }: UploadedFile): Promise<void> {
  if (MEDIA_TYPES.get(mimeType) !== 'image') throw invalid('Thumbnail content type is invalid');
  if (content.length > MEDIA_LIMITS.imageBytes) throw invalid('Thumbnail file size must be less than 16 MB');
  if ((await probeImage(content)) === null)
    throw refuse(500, 'Error processing thumbnail for uploaded media');
}

function describe(attachment: Attachment, fields: JsonObject): void {
  const description = textOf(fields, 'description');
  if (description !== undefined && [...description].length > MEDIA_LIMITS.description) {
    throw invalid(`Description is too long (maximum is ${MEDIA_LIMITS.description} characters)`);
  }
  if (description !== undefined) attachment.description = description;
  const focus = textOf(fields, 'focus');
  if (focus === undefined) return;
  const [x = NaN, y = NaN] = focus.split(',').map(Number);
  if (!(Math.abs(x) <= 1 && Math.abs(y) <= 1)) throw invalid('Focus is invalid');
  attachment.focus = [x, y];
}

/** Each look brings a file that is being processed closer to its end. */
function look(state: MastodonState, call: ApiCall): SandboxResponse {
  const attachment = unattached(state, call);
  if (attachment.pollsLeft > 0) attachment.pollsLeft -= 1;
  if (attachment.pollsLeft > 0) return json(206, mediaView(state, attachment));
  if (attachment.failed) throw refuse(422, 'Error processing thumbnail for uploaded media');
  return json(200, mediaView(state, attachment));
}

function unattached(state: MastodonState, { request, context }: ApiCall): Attachment {
  const { account } = state.authorize(request, context, SCOPES);
  const attachment = state.store.media.get(param(request, 'id'));
  if (!attachment || attachment.accountId !== account.id || attachment.statusId !== null) throw notFound();
  return attachment;
}

function file(state: MastodonState, request: SandboxRequest): SandboxResponse {
  const attachment = state.store.media.get(param(request, 'id'));
  const shown = param(request, 'name') === 'thumbnail' ? attachment?.thumbnail : attachment;
  if (!shown) throw notFound();
  return bytes(200, shown.bytes, shown.mimeType);
}
