import { Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { KeyRing } from './key-ring.js';

const ALGORITHM = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

export interface Sealed {
  readonly keyId: string;
  /** 96 random bits. */
  readonly nonce: Buffer;
  /** The encrypted bytes and, at their end, the tag of 16 bytes. */
  readonly ciphertext: Buffer;
}

/** It was not encrypted by this key with this associated data, or it was changed. */
export class DecryptionError extends Error {
  override readonly name = 'DecryptionError';
}

/** AES-256-GCM with a key ring. What is sealed opens only with the same associated data. */
@Injectable()
export class Cipher {
  constructor(private readonly keys: KeyRing) {}

  /** The id of the key that seals what is new. */
  get activeKeyId(): string {
    return this.keys.active.id;
  }

  /** @param aad what the secret belongs to, such as a workspace and an account; not stored, needed to open. */
  encrypt(plaintext: string | Buffer, aad: string): Sealed {
    const { id, bytes } = this.keys.active;
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, bytes, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(Buffer.from(aad, 'utf8'));
    const body = typeof plaintext === 'string' ? Buffer.from(plaintext, 'utf8') : plaintext;
    const ciphertext = Buffer.concat([cipher.update(body), cipher.final(), cipher.getAuthTag()]);
    return { keyId: id, nonce, ciphertext };
  }

  /**
   * @throws KeyRingError when the key is not on the ring.
   * @throws DecryptionError when key, associated data or bytes do not fit.
   */
  decrypt(sealed: Sealed, aad: string): Buffer {
    const { bytes } = this.keys.get(sealed.keyId);
    const end = sealed.ciphertext.length - TAG_BYTES;
    if (end < 0 || sealed.nonce.length !== NONCE_BYTES)
      throw new DecryptionError('what is sealed is too short');
    const decipher = createDecipheriv(ALGORITHM, bytes, sealed.nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(aad, 'utf8'));
    decipher.setAuthTag(sealed.ciphertext.subarray(end));
    try {
      return Buffer.concat([decipher.update(sealed.ciphertext.subarray(0, end)), decipher.final()]);
    } catch (cause) {
      throw new DecryptionError(`key "${sealed.keyId}" does not open this with this associated data`, {
        cause,
      });
    }
  }

  /** Like `decrypt`, as UTF-8. */
  decryptText(sealed: Sealed, aad: string): string {
    return this.decrypt(sealed, aad).toString('utf8');
  }
}
