import { inspect } from 'node:util';
import { KeyRing, KeyRingError } from './key-ring.js';

const key = (byte: number, length = 32): string => Buffer.alloc(length, byte).toString('base64');

describe('KeyRing', () => {
  it('takes the first key as the active one and finds all', () => {
    const ring = KeyRing.parse(`new:${key(2)}, old:${key(1)}`);
    expect(ring.active.id).toBe('new');
    expect(ring.get('old').bytes).toEqual(Buffer.alloc(32, 1));
    expect(ring.ids).toEqual(['new', 'old']);
  });

  it.each([
    ['', 'key 1 is not of the form "id:base64"'],
    ['abc', 'key 1 is not of the form "id:base64"'],
    [`a:${key(1)},`, 'key 2 is not of the form "id:base64"'],
    [`:${key(1)}`, 'the id of key 1 must be 1 to 32 letters, digits, "-" or "_"'],
    [`a b:${key(1)}`, 'the id of key 1 must be 1 to 32 letters, digits, "-" or "_"'],
    ['a:%%%', 'key "a" is not base64'],
    ['a:', 'key "a" is not base64'],
    [`a:${key(1, 16)}`, 'key "a" has 16 bytes; it must have 32'],
    [`a:${key(1)},a:${key(2)}`, 'key id "a" is listed twice'],
  ])('refuses %j', (text, message) => {
    expect(() => KeyRing.parse(text)).toThrow(new KeyRingError(message));
  });

  it('names the known ids when one is missing', () => {
    expect(() => KeyRing.parse(`a:${key(1)}`).get('b')).toThrow('no key "b"; known are: a');
  });

  it('shows no key when it is printed or refused', () => {
    const secret = key(7);
    const ring = KeyRing.parse(`a:${secret}`);
    const printed = inspect(ring, { depth: 9, showHidden: true }) + JSON.stringify(ring);
    expect(printed).not.toContain(secret);
    expect(printed).not.toContain('07 07');
    expect(() => KeyRing.parse(`a:${secret}!`)).toThrow(
      expect.not.objectContaining({ message: expect.stringContaining(secret) }),
    );
  });
});
