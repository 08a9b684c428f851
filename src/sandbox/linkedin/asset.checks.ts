import sharp from 'sharp';
import type { InboxMedia } from '../core/inbox.js';
import type { MediaStore } from '../core/media.store.js';
import type { AssetKind } from './asset.store.js';

const IMAGE_FORMATS = ['jpeg', 'png', 'gif'];
const MAX_PIXELS = 36_152_320;
const MAX_GIF_FRAMES = 250;
const MAX_DOCUMENT_BYTES = 100 * 1_048_576;
export const MAX_VIDEO_BYTES = 500 * 1_048_576;

/** What people see of a file, or why it cannot be used. */
export type Inspection =
  { readonly shown: InboxMedia; readonly failure: null } | { readonly shown: null; readonly failure: string };

export function inspectFile(
  kind: AssetKind,
  bytes: Buffer,
  media: MediaStore,
  minVideoBytes: number,
): Promise<Inspection> {
  switch (kind) {
    case 'image':
      return inspectImage(bytes, media);
    case 'video':
      return Promise.resolve(inspectVideo(bytes, media, minVideoBytes));
    case 'document':
      return Promise.resolve(inspectDocument(bytes, media));
  }
}

async function inspectImage(bytes: Buffer, media: MediaStore): Promise<Inspection> {
  const found = await sharp(bytes, { limitInputPixels: false, animated: true })
    .metadata()
    .catch(() => null);
  if (found === null || !IMAGE_FORMATS.includes(found.format)) return failed('UNSUPPORTED_IMAGE_FORMAT');
  const height = found.pageHeight ?? found.height;
  if (found.width * height > MAX_PIXELS) return failed('IMAGE_TOO_LARGE');
  if (found.format === 'gif' && (found.pages ?? 1) > MAX_GIF_FRAMES) return failed('TOO_MANY_FRAMES');
  const mimeType = `image/${found.format}`;
  const { sha256 } = media.put(bytes, mimeType);
  const kind = found.format === 'gif' ? 'gif' : 'image';
  const shown = {
    kind,
    mimeType,
    bytes: bytes.length,
    alt: null,
    width: found.width,
    height,
    sha256,
  } as const;
  return { shown, failure: null };
}

function inspectVideo(bytes: Buffer, media: MediaStore, minBytes: number): Inspection {
  if (bytes.subarray(4, 8).toString('latin1') !== 'ftyp') return failed('UNSUPPORTED_VIDEO_FORMAT');
  if (bytes.length < minBytes) return failed('VIDEO_TOO_SMALL');
  if (bytes.length > MAX_VIDEO_BYTES) return failed('VIDEO_TOO_LARGE');
  return file('video', 'video/mp4', bytes, media);
}

function inspectDocument(bytes: Buffer, media: MediaStore): Inspection {
  const mimeType = documentTypeOf(bytes);
  if (mimeType === null) return failed('UNSUPPORTED_DOCUMENT_FORMAT');
  if (bytes.length > MAX_DOCUMENT_BYTES) return failed('DOCUMENT_TOO_LARGE');
  return file('file', mimeType, bytes, media);
}

/** By the first bytes: PDF, the newer office formats, the older ones. */
function documentTypeOf(bytes: Buffer): string | null {
  const head = bytes.subarray(0, 4);
  if (head.toString('latin1') === '%PDF') return 'application/pdf';
  if (head.toString('hex') === '504b0304') return 'application/vnd.openxmlformats-officedocument';
  return head.toString('hex') === 'd0cf11e0' ? 'application/x-cfb' : null;
}

function file(kind: 'video' | 'file', mimeType: string, bytes: Buffer, media: MediaStore): Inspection {
  const { sha256 } = media.put(bytes, mimeType);
  return { shown: { kind, mimeType, bytes: bytes.length, alt: null, sha256 }, failure: null };
}

function failed(failure: string): Inspection {
  return { shown: null, failure };
}
