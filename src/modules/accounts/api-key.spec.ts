import { hashSecret } from '../../common/crypto/index.js';
import { grantsScope, hashOfApiKey, makeApiKey } from './api-key.js';

describe('an API key', () => {
  it('has 32 random bytes and a start that names the product', () => {
    const { secret, prefix, hash } = makeApiKey();
    expect(secret).toMatch(/^fan_[A-Za-z0-9_-]{43}$/);
    expect(secret.startsWith(prefix)).toBe(true);
    expect(hash).toBe(hashSecret(secret));
    expect(makeApiKey().secret).not.toBe(secret);
  });

  it('is found with and without the scheme in front', () => {
    const { secret, hash } = makeApiKey();
    expect(hashOfApiKey(secret)).toBe(hash);
    expect(hashOfApiKey(`Bearer ${secret}`)).toBe(hash);
    expect(hashOfApiKey(`bearer  ${secret}`)).toBe(hash);
  });

  it.each(['', 'Bearer', 'fan_short', `Basic fan_${'a'.repeat(43)}`, `fan_${'a'.repeat(44)}`])(
    'is not %p',
    (text) => expect(hashOfApiKey(text)).toBeNull(),
  );

  it('grants its scope and the lesser ones', () => {
    expect(grantsScope(['admin'], 'read')).toBe(true);
    expect(grantsScope(['write'], 'read')).toBe(true);
    expect(grantsScope(['write'], 'admin')).toBe(false);
    expect(grantsScope(['read'], 'write')).toBe(false);
    expect(grantsScope([], 'read')).toBe(false);
  });
});
