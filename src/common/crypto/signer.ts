import { createHmac, timingSafeEqual } from 'node:crypto';

const MIN_KEY_BYTES = 32;

/** HMAC-SHA256. A signature for one purpose is worth nothing for another. */
export class Signer {
  readonly #key: Buffer;

  /**
   * @param key base64, at least 32 bytes
   * @throws RangeError when it is shorter.
   */
  constructor(key: string) {
    this.#key = Buffer.from(key, 'base64');
    if (this.#key.length < MIN_KEY_BYTES) {
      throw new RangeError(
        `the signing key has ${this.#key.length} bytes; it must have at least ${MIN_KEY_BYTES}`,
      );
    }
  }

  /** The signature as base64url. */
  sign(purpose: string, payload: string): string {
    return this.mac(purpose, payload).toString('base64url');
  }

  /** Compares in constant time. */
  verify(purpose: string, payload: string, signature: string): boolean {
    const given = Buffer.from(signature, 'base64url');
    const wanted = this.mac(purpose, payload);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  }

  /** A text that carries its payload, readable by anybody and changed by nobody: for cursors and the like. */
  toToken(purpose: string, payload: string): string {
    return `${Buffer.from(payload, 'utf8').toString('base64url')}.${this.sign(purpose, payload)}`;
  }

  /** The payload of a token, or null when it was not made here for this purpose. */
  fromToken(purpose: string, token: string): string | null {
    const [encoded, signature, ...rest] = token.split('.');
    if (encoded === undefined || signature === undefined || rest.length > 0) return null;
    const payload = Buffer.from(encoded, 'base64url').toString('utf8');
    return this.verify(purpose, payload, signature) ? payload : null;
  }

  private mac(purpose: string, payload: string): Buffer {
    return createHmac('sha256', this.#key)
      .update(JSON.stringify([purpose, payload]))
      .digest();
  }
}
