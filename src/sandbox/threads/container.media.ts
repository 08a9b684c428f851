import { probeImage } from '../core/image.probe.js';
import type { InboxMedia } from '../core/inbox.js';
import { pullFile } from '../core/pulled.file.js';
import { invalid, notFetchable } from './graph.errors.js';
import type { GraphCall } from './graph.operation.js';
import type { ThreadsState } from './threads.state.js';

const MB = 1024 * 1024;
const MAX_IMAGE = 8 * MB;
const MAX_VIDEO = 1024 * MB;
const MAX_RATIO = 10;
const MAX_ALT = 1000;
const WIDTH = { least: 320, most: 1440 };

/** What Meta has fetched, and what processing will end with. */
export interface FetchedMedia {
  readonly media: InboxMedia | null;
  readonly problem: string | null;
}

/** A picture is looked at before the container is there. */
export async function fetchImage(state: ThreadsState, call: GraphCall): Promise<FetchedMedia> {
  const found = await pullFile(sourceOf(call, 'image_url'), call.signal);
  if (found === null) throw notFetchable();
  const size = await probeImage(found.bytes);
  if (size === null || !['jpeg', 'png'].includes(size.format))
    throw invalid('The image has to be a JPEG or a PNG.');
  if (found.bytes.length > MAX_IMAGE) throw invalid('The image must be at most 8 MB.');
  const ratio = Math.max(size.width / size.height, size.height / size.width);
  if (ratio > MAX_RATIO) throw invalid('The aspect ratio of the image must be at most 10:1.');
  const width = Math.min(WIDTH.most, Math.max(WIDTH.least, size.width));
  const height = Math.round((size.height * width) / size.width);
  const kept = state.environment.media.put(found.bytes, `image/${size.format}`);
  const seen = { mimeType: kept.mimeType, bytes: found.bytes.length, sha256: kept.sha256 };
  return { media: { kind: 'image', ...seen, alt: altOf(call), width, height }, problem: null };
}

/** A video is loaded in the background: what is wrong with it shows in the status. */
export async function fetchVideo(state: ThreadsState, call: GraphCall): Promise<FetchedMedia> {
  const alt = altOf(call);
  const found = await pullFile(sourceOf(call, 'video_url'), call.signal);
  if (found === null) return { media: null, problem: 'FAILED_DOWNLOADING_VIDEO' };
  if (!isVideo(found.bytes) || found.bytes.length > MAX_VIDEO) {
    return { media: null, problem: 'FAILED_PROCESSING_VIDEO' };
  }
  const mimeType = found.mimeType.startsWith('video/') ? found.mimeType : 'video/mp4';
  const { sha256 } = state.environment.media.put(found.bytes, mimeType);
  return { media: { kind: 'video', mimeType, bytes: found.bytes.length, alt, sha256 }, problem: null };
}

function sourceOf(call: GraphCall, name: string): string {
  const source = call.value(name) ?? '';
  if (source === '') throw invalid(`Param ${name} is required`);
  return source;
}

function altOf(call: GraphCall): string | null {
  const alt = call.value('alt_text') ?? null;
  if (alt !== null && [...alt].length > MAX_ALT) {
    throw invalid(`Param alt_text must be at most ${MAX_ALT} characters long.`);
  }
  return alt;
}

/** MP4 and MOV begin with the box `ftyp`. */
function isVideo(bytes: Buffer): boolean {
  return bytes.subarray(4, 8).toString('latin1') === 'ftyp';
}
