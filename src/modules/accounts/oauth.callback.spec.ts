import { hashSecret } from '../../common/crypto/index.js';
import { ValidationFailedError } from '../../common/errors/index.js';
import { verifyCallback } from './oauth.callback.js';

const expected = { redirectUri: 'https://fan.example/back', stateHash: hashSecret('s1') };

function ruleOf(callbackUrl: string): string {
  try {
    verifyCallback(callbackUrl, expected);
    return 'none';
  } catch (error) {
    if (!(error instanceof ValidationFailedError)) throw error;
    return error.violations.map(({ rule }) => rule).join();
  }
}

describe('the address that the browser landed on', () => {
  it('gives the code and all parameters', () => {
    expect(verifyCallback(' https://fan.example/back?code=c&state=s1&iss=i#_=_ ', expected)).toEqual({
      code: 'c',
      parameters: { code: 'c', state: 's1', iss: 'i' },
    });
  });

  it.each([
    ['nonsense', 'url'],
    ['https://evil.example/back?code=c&state=s1', 'redirect_mismatch'],
    ['http://fan.example/back?code=c&state=s1', 'redirect_mismatch'],
    ['https://fan.example/back/more?code=c&state=s1', 'redirect_mismatch'],
    ['https://fan.example/back?code=c&state=s2', 'state_mismatch'],
    ['https://fan.example/back?code=c', 'state_mismatch'],
    ['https://fan.example/back?code=c&state=s1&state=s1', 'state_mismatch'],
    ['https://fan.example/back?state=s2&error=access_denied', 'state_mismatch'],
    ['https://fan.example/back?state=s1&error=access_denied', 'access_denied'],
    ['https://fan.example/back?state=s1&error=server_error', 'authorization_failed'],
    ['https://fan.example/back?state=s1', 'code_missing'],
    ['https://fan.example/back?state=s1&code=', 'code_missing'],
    ['https://fan.example/back?state=s1&code=a&code=b', 'code_missing'],
  ])('is refused: %s (%s)', (callbackUrl, rule) => expect(ruleOf(callbackUrl)).toBe(rule));
});
