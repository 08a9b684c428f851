import { challengeOf, makeCodeVerifier } from './pkce.js';

describe('PKCE', () => {
  it('makes the challenge of RFC 7636, appendix B', () => {
    expect(challengeOf('dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk')).toBe(
      'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    );
  });

  it('makes verifiers of a legal length', () => {
    expect(makeCodeVerifier()).toMatch(/^[A-Za-z0-9_-]{43,128}$/);
  });
});
