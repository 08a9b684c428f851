import { probeImage } from '../core/image.probe.js';
import { invalid } from './facebook.errors.js';
import type { Page, Photo } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import type { Fetched } from './media.fetch.js';

const MAX_BYTES = 4 * 1024 * 1024;
const FORMATS: ReadonlyMap<string, string> = new Map([
  ['jpeg', 'image/jpeg'],
  ['png', 'image/png'],
  ['gif', 'image/gif'],
  ['tiff', 'image/tiff'],
]);
export interface PhotoContent {
  readonly file: Fetched;
  readonly alt: string | undefined;
}

/** A photo of the page that nothing uses yet. */
export async function storePhoto(
  state: FacebookState,
  page: Page,
  { file, alt }: PhotoContent,
): Promise<Photo> {
  const size = await probeImage(file.bytes);
  const mimeType = FORMATS.get(size?.format ?? '');
  if (size === null || mimeType === undefined || file.bytes.length > MAX_BYTES) {
    throw invalid(
      'Invalid parameter',
      1366046,
      'Photos should be less than 4 MB and saved as JPG, PNG, GIF or TIFF files.',
    );
  }
  const photo: Photo = {
    kind: 'photo',
    id: state.nextId(),
    pageId: page.id,
    sha256: state.environment.media.put(file.bytes, mimeType).sha256,
    mimeType,
    size: file.bytes.length,
    width: size.width,
    height: size.height,
    alt: alt ?? null,
    createdAt: state.environment.clock.iso(),
    postId: null,
  };
  state.photos.set(photo.id, photo);
  return photo;
}
