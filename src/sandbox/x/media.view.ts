import type { JsonObject } from '../core/json.js';
import type { Upload, UploadedMedia } from './media.library.js';

export const ERROR_CODES: Readonly<Record<string, number>> = { InvalidMedia: 1, UnsupportedMedia: 3 };

/** What `finalize`, `STATUS` and an upload in one piece answer. */
export function uploadView(upload: Upload, file: UploadedMedia, now: number): JsonObject {
  const { id, key, category, mimeType } = upload;
  const { facts, bytes, expiresAt } = file;
  return {
    id,
    media_key: key,
    size: bytes.length,
    expires_after_secs: Math.max(0, Math.round((expiresAt - now) / 1000)),
    ...(category === 'tweet_image' && facts !== null
      ? { image: { image_type: mimeType, w: facts.width, h: facts.height } }
      : {}),
    ...(category === 'tweet_video' ? { video: { video_type: mimeType } } : {}),
    ...processingOf(upload, file, now),
  };
}

/** Nothing for what is ready at once. */
function processingOf(upload: Upload, file: UploadedMedia, now: number): JsonObject {
  const { finalizedAt, readyAt, error } = file;
  if (upload.category === 'tweet_image') return {};
  if (now < readyAt) {
    const progress = Math.floor(((now - finalizedAt) / (readyAt - finalizedAt)) * 100);
    const check_after_secs = Math.max(1, Math.ceil((readyAt - now) / 1000));
    if (progress <= 0) return { processing_info: { state: 'pending', check_after_secs } };
    return { processing_info: { state: 'in_progress', check_after_secs, progress_percent: progress } };
  }
  if (error !== null) {
    const described = {
      code: ERROR_CODES[error] ?? 1,
      name: error,
      message: `The media is refused: ${error}.`,
    };
    return { processing_info: { state: 'failed', progress_percent: 100, error: described } };
  }
  return { processing_info: { state: 'succeeded', progress_percent: 100 } };
}
