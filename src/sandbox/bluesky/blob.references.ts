import { isJsonObject, numberAt, objectAt, stringAt } from '../core/json.js';
import type { BlueskyAccount } from './bluesky.account.js';
import { refuse } from './bluesky.errors.js';
import { fail, isBlobRef, type Check } from './lexicon.checks.js';

export interface BlobLimits {
  /** `image/*` or exact. */
  readonly types: readonly string[];
  readonly maxBytes: number;
}

/** A reference must name a blob of this account, exactly as it was stored. The limits bite here, not at the upload. */
export function blobCheck(account: BlueskyAccount, limits: BlobLimits): Check {
  return (value, path) => {
    if (!isBlobRef(value) || !isJsonObject(value)) return fail(path, 'expected a blob');
    const cid = stringAt(objectAt(value, 'ref') ?? {}, '$link');
    const [mimeType, size] = [stringAt(value, 'mimeType'), numberAt(value, 'size')];
    if (cid === undefined || mimeType === undefined || size === undefined)
      return fail(path, 'expected a blob');
    if (!limits.types.some((type) => covers(type, mimeType))) {
      const allowed = limits.types.join(', ');
      throw refuse(
        400,
        'InvalidMimeType',
        `Wrong type of file. It is ${mimeType} but it must match ${allowed}.`,
      );
    }
    if (size > limits.maxBytes) {
      const message = `This file is too large. It is ${size} bytes but the maximum size is ${limits.maxBytes} bytes.`;
      throw refuse(400, 'BlobTooLarge', message);
    }
    const stored = account.blobs.get(cid);
    if (!stored) throw refuse(400, 'BlobNotFound', `Could not find blob: ${cid}`);
    if (stored.mimeType !== mimeType) {
      const message = `Referenced Mimetype does not match stored blob. Expected: ${stored.mimeType}, Got: ${mimeType}`;
      throw refuse(400, 'InvalidMimeType', message);
    }
    if (stored.size !== size) {
      const message = `Referenced Size does not match stored blob. Expected: ${stored.size}, Got: ${size}`;
      throw refuse(400, 'InvalidSize', message);
    }
  };
}

function covers(pattern: string, mimeType: string): boolean {
  return pattern.endsWith('/*') ? mimeType.startsWith(pattern.slice(0, -1)) : mimeType === pattern;
}
