import { createHash } from 'node:crypto';
import { randomToken } from '../../common/crypto/index.js';

/** RFC 7636: 43 to 128 unreserved characters. */
export function makeCodeVerifier(): string {
  return randomToken(48);
}

/** The S256 challenge of a verifier. */
export function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier, 'ascii').digest('base64url');
}
