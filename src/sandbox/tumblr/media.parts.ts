import { probeImage } from '../core/image.probe.js';
import type { MediaStore } from '../core/media.store.js';
import { probeMovie } from '../core/movie.probe.js';
import type { UploadedFile } from '../core/request.js';
import type { ReadBlock } from './npf.blocks.js';
import { CODES, invalid, refuse } from './tumblr.errors.js';
import type { Block, Medium } from './tumblr.post.js';

const MB = 1024 * 1024;
const MOST_IMAGE = 20 * MB;
const MOST_GIF = 10 * MB;
const MOST_VIDEO = 500 * MB;
const LONGEST_MS = 10 * 60_000;
const IMAGES: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
]);
const VIDEOS = ['video/mp4', 'video/quicktime'];

/** Blocks with their files: each identifier is the name of exactly one part, and no part is left over. */
export async function withFiles(
  store: MediaStore,
  blocks: readonly ReadBlock[],
  files: readonly UploadedFile[],
): Promise<Block[]> {
  const wanted = blocks.flatMap(({ identifier }) => identifier ?? []);
  const spare = files.filter(({ field }) => !wanted.includes(field));
  if (spare.length > 0)
    throw invalid(`no block has the identifier ${spare.map(({ field }) => field).join(', ')}`);
  const made: Block[] = [];
  for (const { type, fields, identifier } of blocks) {
    const medium = identifier === null ? null : await mediumOf(store, type, fileOf(files, identifier));
    made.push({ type, fields, medium });
  }
  return made;
}

function fileOf(files: readonly UploadedFile[], identifier: string): UploadedFile {
  const [file, another] = files.filter(({ field }) => field === identifier);
  if (file === undefined || another !== undefined) {
    throw invalid(`there is not exactly one part of the name ${identifier}`);
  }
  return file;
}

function mediumOf(store: MediaStore, type: string, file: UploadedFile): Promise<Medium> {
  switch (type) {
    case 'image':
      return imageOf(store, file);
    case 'video':
      return Promise.resolve(videoOf(store, file));
    default:
      return Promise.resolve(audioOf(store, file));
  }
}

async function imageOf(store: MediaStore, { bytes }: UploadedFile): Promise<Medium> {
  const found = await probeImage(bytes);
  const mimeType = IMAGES.get(found?.format ?? '');
  if (found === null || mimeType === undefined) throw mediaRefused();
  const isGif = found.format === 'gif';
  if (bytes.length > (isGif ? MOST_GIF : MOST_IMAGE)) throw mediaRefused();
  const { width, height } = found;
  return {
    kind: isGif ? 'gif' : 'image',
    ...stored(store, bytes, mimeType),
    width,
    height,
    durationMs: null,
  };
}

function videoOf(store: MediaStore, { bytes, mimeType }: UploadedFile): Medium {
  const facts = probeMovie(bytes);
  if (facts === null || !VIDEOS.includes(mimeType)) throw mediaRefused();
  if (bytes.length > MOST_VIDEO || facts.durationMs > LONGEST_MS) throw mediaRefused();
  return { kind: 'video', ...stored(store, bytes, mimeType), ...facts };
}

function audioOf(store: MediaStore, { bytes, mimeType }: UploadedFile): Medium {
  if (!mimeType.startsWith('audio/')) throw mediaRefused();
  return { kind: 'audio', ...stored(store, bytes, mimeType), width: null, height: null, durationMs: null };
}

function stored(
  store: MediaStore,
  bytes: Buffer,
  mimeType: string,
): Pick<Medium, 'mimeType' | 'sha256' | 'size'> {
  return { mimeType, sha256: store.put(bytes, mimeType).sha256, size: bytes.length };
}

function mediaRefused(): Error {
  return refuse(400, CODES.mediaFormat);
}
