import { probeImage } from '../core/image.probe.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { SCOPES } from './google.login.js';
import { etagOf } from './resource.js';
import { thumbnailsOf } from './video.view.js';
import { forbidden, notFound, refuse, type Problem } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

/** A picture of one's own in front of a video. */
export function thumbnailOperations(state: YoutubeState): Operation[] {
  return [
    apiOperation(state, {
      name: 'thumbnails.set',
      host: 'UPLOAD',
      method: 'POST',
      path: '/upload/youtube/v3/thumbnails/set',
      query: ['videoId', 'uploadType'],
      body: [{ kind: 'raw', contentTypes: ['image/jpeg', 'image/png', 'application/octet-stream'] }],
      bodyOptional: true,
      scopes: [SCOPES.upload, SCOPES.manage, SCOPES.force],
      cost: 50,
      run: (call) => set(state, call),
    }),
  ];
}

async function set(state: YoutubeState, { request, channel }: ApiCall): Promise<SandboxResponse> {
  const video = state.video(request.query.get('videoId') ?? '');
  if (video === undefined) throw notFound('videoNotFound', 'the videoId parameter');
  if (video.channelId !== channel.id || !channel.phoneVerified) {
    throw forbidden(
      'The authenticated user does not have permissions to upload and set custom video thumbnails.',
    );
  }
  const { thumbnailsPerDay, thumbnailBytes } = state.settings;
  if (!state.thumbnails.take(channel.id, thumbnailsPerDay)) {
    throw wrong({
      code: 429,
      reason: 'uploadRateLimitExceeded',
      message: 'The channel has uploaded too many thumbnails recently.',
    });
  }
  const bytes = request.body.kind === 'raw' ? request.body.bytes : Buffer.alloc(0);
  if (bytes.length === 0) {
    throw wrong({
      code: 400,
      reason: 'mediaBodyRequired',
      message: 'The request does not include the image content.',
    });
  }
  const size = bytes.length > thumbnailBytes ? null : await probeImage(bytes);
  if (size === null || !['jpeg', 'png'].includes(size.format)) {
    throw wrong({ code: 400, reason: 'invalidImage', message: 'The provided image content is invalid.' });
  }
  const { sha256 } = state.environment.media.put(bytes, `image/${size.format}`);
  video.thumbnail = { sha256, width: size.width, height: size.height };
  const items = [thumbnailsOf(video)];
  return json(200, { kind: 'youtube#thumbnailSetResponse', etag: etagOf(items), items });
}

function wrong(what: Problem): ReturnType<typeof refuse> {
  return refuse({ domain: 'youtube.thumbnail', ...what });
}
