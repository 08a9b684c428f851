import { Signer } from './signer.js';

const signer = new Signer(Buffer.alloc(32, 5).toString('base64'));

describe('Signer', () => {
  it('verifies its own signature for the same purpose and payload only', () => {
    const signature = signer.sign('media', '/m/1?until=5');
    expect(signature).toMatch(/^[\w-]{43}$/);
    expect(signer.verify('media', '/m/1?until=5', signature)).toBe(true);
    expect(signer.verify('media', '/m/1?until=6', signature)).toBe(false);
    expect(signer.verify('cursor', '/m/1?until=5', signature)).toBe(false);
    expect(signer.verify('media', '/m/1?until=5', signature.slice(1))).toBe(false);
    expect(signer.verify('media', '/m/1?until=5', '')).toBe(false);
  });

  it('tells purpose and payload apart', () => {
    expect(signer.sign('ab', 'c')).not.toBe(signer.sign('a', 'bc'));
  });

  it('carries a payload in a token', () => {
    const token = signer.toToken('cursor', '{"after":"ä.7"}');
    expect(signer.fromToken('cursor', token)).toBe('{"after":"ä.7"}');
    expect(signer.fromToken('media', token)).toBeNull();
    expect(signer.fromToken('cursor', `${token}.x`)).toBeNull();
    expect(signer.fromToken('cursor', `x${token}`)).toBeNull();
    expect(signer.fromToken('cursor', 'nonsense')).toBeNull();
  });

  it('refuses a short key without showing it', () => {
    expect(() => new Signer('c2hvcnQ=')).toThrow('the signing key has 5 bytes; it must have at least 32');
  });
});
