import {
  PayloadTooLargeError,
  UnsupportedMediaTypeError,
  ValidationFailedError,
} from '../../common/errors/index.js';
import { acceptedTypes } from './media.types.js';

export function tooLarge(limit: number): PayloadTooLargeError {
  return new PayloadTooLargeError(`The file is larger than ${limit} bytes. Compress or shorten it.`, {
    code: 'media_too_large',
    details: { limit },
  });
}

/** `wanted`: what the file has, as far as it is known. */
export function overQuota(bytes: { limit: number; used: number; wanted: number }): PayloadTooLargeError {
  const { limit, used, wanted } = bytes;
  return new PayloadTooLargeError(
    `The workspace may keep ${limit} bytes of media and keeps ${used}: there is no room for ${wanted} more.`,
    {
      code: 'media_quota_exceeded',
      details: {
        ...bytes,
        remedy:
          'Delete files that are not needed any more, or ask whoever runs this installation for a larger quota: `fanfare media quota --megabytes <n>` for this workspace, FANFARE_MEDIA_QUOTA_MB for all.',
      },
    },
  );
}

export function empty(): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '/file',
        rule: 'media_empty',
        message: 'The file is empty.',
        remedy: 'Check that the file was read before it was sent.',
      },
    ],
    { code: 'media_empty' },
  );
}

/** `found` is what the bytes are, null when they are nothing that is known. The name of a file proves nothing. */
export function unsupported(found: string | null): UnsupportedMediaTypeError {
  return new UnsupportedMediaTypeError(
    found === null
      ? 'The bytes of the file are of no type that is taken, whatever its name says.'
      : `The bytes of the file are ${found}, which is not taken, whatever its name says.`,
    { code: 'media_type_unsupported', details: { found, accepted: acceptedTypes } },
  );
}

export function unreadable(reason: string, cause?: unknown): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '/file',
        rule: 'media_unreadable',
        message: `The file cannot be read: ${reason}.`,
        remedy: 'Open it in a program for such files and save it again.',
      },
    ],
    { code: 'media_unreadable', cause },
  );
}

export function encrypted(): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '/file',
        rule: 'media_encrypted',
        message: 'The file can be opened with a password only.',
        remedy: 'Save it without a password.',
      },
    ],
    { code: 'media_encrypted' },
  );
}

export function tooManyPixels(limit: number, cause?: unknown): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '/file',
        rule: 'media_too_many_pixels',
        message: `The image has more than ${limit} pixels.`,
        limit,
        remedy: 'Scale it down.',
      },
    ],
    { code: 'media_too_many_pixels', cause },
  );
}
