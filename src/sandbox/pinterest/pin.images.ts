import { probeImage } from '../core/image.probe.js';
import type { InboxMedia } from '../core/inbox.js';
import { stringAt, type JsonObject } from '../core/json.js';
import { pullFile } from '../core/pulled.file.js';
import { invalid, unreachable } from './pinterest.errors.js';
import type { PinterestState } from './pinterest.state.js';

const MAX_BYTES = 20 * 1024 ** 2;
const INLINE_FORMATS = ['jpeg', 'png'];
const PULLED_FORMATS = [...INLINE_FORMATS, 'webp', 'gif', 'tiff'];

/** A picture whose bytes come in base64. */
export async function inlineImage(state: PinterestState, given: JsonObject): Promise<InboxMedia> {
  const type = stringAt(given, 'content_type') ?? '';
  const data = stringAt(given, 'data') ?? '';
  const [, format] = /^image\/(jpeg|png)$/.exec(type) ?? [];
  if (format === undefined) throw invalid(`content_type: ${type}`);
  if (!/^[a-zA-Z0-9+/=]+$/.test(data)) throw invalid("data: it does not match '^[a-zA-Z0-9+/=]+$'");
  return keep(state, Buffer.from(data, 'base64'), [format]);
}

/** A picture that Pinterest fetches while the caller waits. */
export async function pulledImage(
  state: PinterestState,
  url: string,
  gone: AbortSignal,
): Promise<InboxMedia> {
  const found = await pullFile(url, gone);
  if (found === null) throw unreachable();
  return keep(state, found.bytes, PULLED_FORMATS);
}

async function keep(
  { environment }: PinterestState,
  bytes: Buffer,
  formats: readonly string[],
): Promise<InboxMedia> {
  if (bytes.length > MAX_BYTES) throw invalid('image: it has more than 20 MB');
  const size = await probeImage(bytes);
  if (size === null || !formats.includes(size.format)) throw invalid('image: the format is not supported');
  const { width, height, format } = size;
  const { sha256, mimeType } = environment.media.put(bytes, `image/${format}`);
  return { kind: 'image', mimeType, bytes: bytes.length, alt: null, width, height, sha256 };
}
