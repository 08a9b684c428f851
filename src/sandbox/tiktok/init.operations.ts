import { randomBytes } from 'node:crypto';
import { arrayAt, isJsonObject, stringAt, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { pullFile } from '../core/pulled.file.js';
import type { SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { checkCreator, checkPrivacy, takeDraft } from './creator.rules.js';
import { checkPictures, checkVideo, failed } from './media.checks.js';
import { emptyPost, photoPost, section, videoPost, wholeIn } from './post.input.js';
import type { PostInfo, Share, Upload } from './share.js';
import { chunksOf, verified, videoAddress } from './source.input.js';
import { invalid, refuse, success } from './tiktok.errors.js';
import type { TiktokState } from './tiktok.state.js';

const HOUR_MS = 60 * 60_000;
const LONGEST_DRAFT_SEC = 600;
const MOST_PICTURES = 35;
const VIDEO_SOURCE = ['source', 'video_size', 'chunk_size', 'total_chunk_count', 'video_url'];
const VIDEO_INFO = [
  ...['title', 'privacy_level', 'disable_duet', 'disable_comment', 'disable_stitch'],
  ...['video_cover_timestamp_ms', 'brand_content_toggle', 'brand_organic_toggle', 'is_aigc'],
];
const PHOTO_INFO = [
  ...['title', 'description', 'privacy_level', 'disable_comment', 'auto_add_music'],
  ...['brand_content_toggle', 'brand_organic_toggle'],
];

/** A post begins here. Where the files are pulled nothing more is asked: after it something will be seen. */
export function initOperations(state: TiktokState): Operation[] {
  const source = VIDEO_SOURCE.map((name) => `source_info.${name}`);
  const video = {
    path: '/v2/post/publish/video/init/',
    scope: 'video.publish',
    fields: [...VIDEO_INFO.map((name) => `post_info.${name}`), ...source],
    limit: 'initsPerMinute',
    run: (call: ApiCall) => initVideo(state, call),
  } as const;
  const draft = {
    path: '/v2/post/publish/inbox/video/init/',
    scope: 'video.upload',
    fields: source,
    limit: 'initsPerMinute',
    run: (call: ApiCall) => initDraft(state, call),
  } as const;
  return [
    apiOperation(state, { ...video, name: 'video.pull', visible: true, when: isPulled }),
    apiOperation(state, { ...video, name: 'video.init' }),
    apiOperation(state, { ...draft, name: 'inbox.pull', visible: true, when: isPulled }),
    apiOperation(state, { ...draft, name: 'inbox.init' }),
    apiOperation(state, {
      name: 'photo.pull',
      visible: true,
      path: '/v2/post/publish/content/init/',
      fields: [
        ...['media_type', 'post_mode', 'is_aigc', 'source_info.source'],
        ...['source_info.photo_cover_index', 'source_info.photo_images[]'],
        ...PHOTO_INFO.map((name) => `post_info.${name}`),
      ],
      limit: 'initsPerMinute',
      run: (call) => initPhotos(state, call),
    }),
  ];
}

function isPulled(given: JsonObject): boolean {
  const source = given['source_info'];
  return isJsonObject(source) && source['source'] === 'PULL_FROM_URL';
}

function initVideo(state: TiktokState, call: ApiCall): Promise<SandboxResponse> {
  checkCreator(state, call.person);
  const post = videoPost(call.fields);
  if (post.privacy !== null) checkPrivacy(state, call.person, post.privacy);
  return takeVideo(state, call, 'direct', post);
}

/** A draft says nothing of the post: the person writes it in the app. */
function initDraft(state: TiktokState, call: ApiCall): Promise<SandboxResponse> {
  return takeVideo(state, call, 'draft', emptyPost);
}

async function takeVideo(
  state: TiktokState,
  { fields, person, signal }: ApiCall,
  mode: Share['mode'],
  post: PostInfo,
): Promise<SandboxResponse> {
  const source = section(fields, 'source_info');
  const what = { accountId: person.id, kind: 'video', mode, post } as const;
  const prefix = mode === 'direct' ? 'v_pub' : 'v_inbox';
  switch (stringAt(source, 'source') ?? '') {
    case 'FILE_UPLOAD': {
      const upload = newUpload(state, source);
      if (mode === 'draft') takeDraft(state, person);
      const { publishId } = state.announce(`${prefix}_file`, { ...what, upload });
      return success({ publish_id: publishId, upload_url: uploadUrlOf(state, upload) });
    }
    case 'PULL_FROM_URL': {
      const address = videoAddress(state, source);
      if (mode === 'draft') takeDraft(state, person);
      const share = state.announce(`${prefix}_url`, { ...what, upload: null });
      const file = await pullFile(address, signal, 'manual');
      const longest = mode === 'direct' ? person.maxDurationSec : LONGEST_DRAFT_SEC;
      const { media } = state.environment;
      const content = file === null ? failed('video_pull_failed') : checkVideo(file.bytes, media, longest);
      state.start(share, content, state.settings.downloadMs);
      return success({ publish_id: share.publishId });
    }
    default:
      throw invalid('source has to be FILE_UPLOAD or PULL_FROM_URL');
  }
}

function newUpload({ now }: TiktokState, source: JsonObject): Upload {
  const token = randomBytes(24).toString('base64url');
  return { ...chunksOf(source), token, expiresAt: now + HOUR_MS, chunks: [], received: 0 };
}

function uploadUrlOf({ environment }: TiktokState, { token }: Upload): string {
  return `${environment.url('API')}/video/?upload_id=${token.slice(0, 12)}&upload_token=${token}`;
}

async function initPhotos(state: TiktokState, call: ApiCall): Promise<SandboxResponse> {
  const { fields, person, signal } = call;
  if (fields['media_type'] !== 'PHOTO') throw invalid('media_type has to be PHOTO');
  const mode = modeOf(call);
  const { addresses, cover } = picturesOf(state, section(fields, 'source_info'));
  const post = photoPost(fields, mode === 'draft', cover);
  if (mode === 'draft') checkDraft(state, call);
  else checkCreator(state, person);
  if (post.privacy !== null) checkPrivacy(state, person, post.privacy);
  const prefix = mode === 'direct' ? 'p_pub_url' : 'p_inbox_url';
  const share = state.announce(prefix, { accountId: person.id, kind: 'photo', mode, post, upload: null });
  const pictures: Buffer[] = [];
  for (const address of addresses) {
    const file = await pullFile(address, signal, 'manual');
    if (file !== null) pictures.push(file.bytes);
  }
  const content =
    pictures.length < addresses.length
      ? failed('photo_pull_failed')
      : await checkPictures(pictures, state.environment.media);
  state.start(share, content, state.settings.downloadMs);
  return success({ publish_id: share.publishId });
}

function modeOf({ fields, need }: ApiCall): Share['mode'] {
  switch (stringAt(fields, 'post_mode') ?? '') {
    case 'DIRECT_POST':
      need('video.publish');
      return 'direct';
    case 'MEDIA_UPLOAD':
      need('video.upload');
      return 'draft';
    default:
      throw invalid('post_mode has to be DIRECT_POST or MEDIA_UPLOAD');
  }
}

function checkDraft(state: TiktokState, { person }: ApiCall): void {
  if (person.oldApp) throw refuse('app_version_check_failed');
  takeDraft(state, person);
}

function picturesOf(
  state: TiktokState,
  source: JsonObject,
): { readonly addresses: readonly string[]; readonly cover: number } {
  if (source['source'] !== 'PULL_FROM_URL') throw invalid('Pictures are taken with PULL_FROM_URL only');
  const images = arrayAt(source, 'photo_images') ?? [];
  if (images.length < 1 || images.length > MOST_PICTURES) {
    throw invalid(`photo_images has to have 1 to ${MOST_PICTURES} addresses`);
  }
  const cover = wholeIn(source, 'photo_cover_index', 0);
  if (cover === undefined || cover >= images.length) {
    throw invalid('photo_cover_index has to be the index of one of the photo_images');
  }
  const addresses = images.map((image) =>
    verified(state, typeof image === 'string' ? image : '', 'photo_images'),
  );
  return { addresses, cover };
}
