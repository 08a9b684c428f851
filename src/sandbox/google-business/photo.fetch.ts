import { probeImage } from '../core/image.probe.js';
import type { InboxMedia } from '../core/inbox.js';
import type { MediaStore } from '../core/media.store.js';
import { imageNotFetched, imageRefused } from './google.errors.js';

const FETCH_MS = 20_000;
const LEAST_BYTES = 10 * 1024;
const MOST_BYTES = 5 * 1024 * 1024;
const LEAST_SIDE = 250;

/** Google loads the address itself. From here only this machine can be reached. */
export async function fetchPhoto(
  media: MediaStore,
  signal: AbortSignal,
  { url, field }: { readonly url: string; readonly field: string },
): Promise<InboxMedia> {
  const bytes = await load(url, signal);
  if (bytes === null) throw imageNotFetched(field, url);
  const size = await probeImage(bytes);
  if (size === null || !['jpeg', 'png'].includes(size.format))
    throw imageRefused(field, 'JPG or PNG expected');
  if (bytes.length < LEAST_BYTES || bytes.length > MOST_BYTES) {
    throw imageRefused(field, 'from 10 KB to 5 MB expected');
  }
  if (Math.min(size.width, size.height) < LEAST_SIDE) {
    throw imageRefused(field, `at least ${LEAST_SIDE} by ${LEAST_SIDE} pixels expected`);
  }
  const { sha256, mimeType } = media.put(bytes, `image/${size.format}`);
  const { width, height } = size;
  return { kind: 'image', mimeType, bytes: bytes.length, alt: null, width, height, sha256 };
}

async function load(source: string, signal: AbortSignal): Promise<Buffer | null> {
  const url = URL.canParse(source) ? new URL(source) : null;
  if (url === null || !['127.0.0.1', 'localhost'].includes(url.hostname)) return null;
  const ended = AbortSignal.any([signal, AbortSignal.timeout(FETCH_MS)]);
  const answer = await fetch(url, { signal: ended }).catch(() => null);
  if (answer?.ok !== true) return null;
  const bytes = await answer.arrayBuffer().catch(() => null);
  return bytes === null ? null : Buffer.from(bytes);
}
