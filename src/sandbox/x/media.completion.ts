import type { Upload, UploadedMedia } from './media.library.js';
import { probe } from './media.probe.js';
import type { XState } from './x.state.js';

export const DAY_MS = 24 * 60 * 60_000;

/** The whole file is there: from now on it lives a day. What moves is processed first. */
export async function complete(state: XState, upload: Upload, bytes: Buffer): Promise<UploadedMedia> {
  const facts = await probe(bytes, upload.category);
  const now = state.environment.clock.now();
  const { processingMs, processingError } = state.settings;
  const moves = upload.category !== 'tweet_image';
  const failure = facts === null ? 'InvalidMedia' : processingError;
  const file: UploadedMedia = {
    bytes,
    sha256: state.environment.media.put(bytes, upload.mimeType).sha256,
    facts,
    finalizedAt: now,
    readyAt: moves ? now + processingMs : now,
    error: moves && failure !== '' ? failure : null,
    expiresAt: now + DAY_MS,
  };
  upload.file = file;
  upload.segments.clear();
  return file;
}
