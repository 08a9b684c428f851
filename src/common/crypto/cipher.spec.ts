import { Cipher, DecryptionError } from './cipher.js';
import { KeyRing, KeyRingError } from './key-ring.js';

const key = (id: string, byte: number): string => `${id}:${Buffer.alloc(32, byte).toString('base64')}`;
const cipher = new Cipher(KeyRing.parse(key('a', 1)));

describe('Cipher', () => {
  it('opens what it sealed, text and bytes', () => {
    const sealed = cipher.encrypt('pässword', 'workspace/account');
    expect(sealed.keyId).toBe('a');
    expect(sealed.nonce).toHaveLength(12);
    expect(cipher.decryptText(sealed, 'workspace/account')).toBe('pässword');
    const bytes = Buffer.from([0, 255, 1]);
    expect(cipher.decrypt(cipher.encrypt(bytes, 'x'), 'x')).toEqual(bytes);
    expect(cipher.decryptText(cipher.encrypt('', 'x'), 'x')).toBe('');
  });

  it('never seals twice alike and shows nothing of the text', () => {
    const [one, two] = [cipher.encrypt('secret', 'x'), cipher.encrypt('secret', 'x')];
    expect(one.nonce).not.toEqual(two.nonce);
    expect(one.ciphertext).not.toEqual(two.ciphertext);
    expect(one.ciphertext.toString('latin1')).not.toContain('secret');
  });

  it('stays closed for other associated data', () => {
    expect(() => cipher.decrypt(cipher.encrypt('secret', 'account-1'), 'account-2')).toThrow(DecryptionError);
  });

  it('stays closed when any byte was changed or cut off', () => {
    const sealed = cipher.encrypt('secret', 'x');
    for (let at = 0; at < sealed.ciphertext.length; at++) {
      const ciphertext = Buffer.from(sealed.ciphertext);
      ciphertext.writeUInt8(ciphertext.readUInt8(at) ^ 1, at);
      expect(() => cipher.decrypt({ ...sealed, ciphertext }, 'x')).toThrow(DecryptionError);
    }
    expect(() => cipher.decrypt({ ...sealed, ciphertext: Buffer.alloc(3) }, 'x')).toThrow(DecryptionError);
    expect(() => cipher.decrypt({ ...sealed, nonce: Buffer.alloc(8) }, 'x')).toThrow(DecryptionError);
  });

  it('opens with an old key after a rotation and seals with the new one', () => {
    const sealed = cipher.encrypt('secret', 'x');
    const rotated = new Cipher(KeyRing.parse(`${key('b', 2)},${key('a', 1)}`));
    expect(rotated.decryptText(sealed, 'x')).toBe('secret');
    expect(rotated.encrypt('secret', 'x').keyId).toBe('b');
    expect(() => cipher.decrypt(rotated.encrypt('secret', 'x'), 'x')).toThrow(KeyRingError);
  });

  it('stays closed for another key under the same id', () => {
    const other = new Cipher(KeyRing.parse(key('a', 9)));
    expect(() => other.decrypt(cipher.encrypt('secret', 'x'), 'x')).toThrow(DecryptionError);
  });
});
