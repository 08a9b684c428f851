import { canonicalJson, hashSecret, randomToken, stableHash } from './hashing.js';

describe('hashing', () => {
  it('hashes secrets as SHA-256 in hex', () => {
    expect(hashSecret('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  it('makes tokens of the asked number of bytes, each another', () => {
    expect(randomToken(24)).toMatch(/^[\w-]{32}$/);
    expect(randomToken()).toHaveLength(43);
    expect(randomToken()).not.toBe(randomToken());
  });

  it('hashes equal values alike whatever the order of their keys', () => {
    const one = { b: [1, { y: null, x: 'é' }], a: true, gone: undefined };
    const two = { a: true, b: [1, { x: 'é', y: null }] };
    expect(stableHash(one)).toBe(stableHash(two));
    expect(stableHash([1, 2])).not.toBe(stableHash([2, 1]));
    expect(stableHash('1')).not.toBe(stableHash(1));
  });

  it('writes canonical JSON that JSON.parse reads back', () => {
    const at = new Date('2026-01-01T00:00:00Z');
    expect(canonicalJson({ b: 1e21, a: [undefined, '"\u2028'], at })).toBe(
      '{"a":[null,"\\"\u2028"],"at":"2026-01-01T00:00:00.000Z","b":1e+21}',
    );
  });

  it.each([[NaN], [Infinity], [10n], [Symbol('x')], [undefined], [{ deep: [() => 1] }]])(
    'refuses %p',
    (value) => {
      expect(() => stableHash(value)).toThrow(TypeError);
    },
  );

  it('refuses a circle, and takes the same thing twice', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => stableHash(circle)).toThrow('a circle has no form in JSON');
    const twice = { x: 1 };
    expect(canonicalJson([twice, twice])).toBe('[{"x":1},{"x":1}]');
  });
});
