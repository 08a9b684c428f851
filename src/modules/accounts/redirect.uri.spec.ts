import { ValidationFailedError } from '../../common/errors/index.js';
import { checkRedirectUri, defaultRedirectUri } from './redirect.uri.js';

describe('the redirect address', () => {
  it.each([
    [{ publicUrl: 'https://fan.example/', host: '0.0.0.0', port: 1 }, 'https://fan.example'],
    [{ publicUrl: null, host: '127.0.0.1', port: 3000 }, 'http://127.0.0.1:3000'],
    [{ publicUrl: null, host: '0.0.0.0', port: 80 }, 'http://127.0.0.1:80'],
    [{ publicUrl: null, host: '::1', port: 3000 }, 'http://[::1]:3000'],
  ])('is ours by default: %j', (address, base) =>
    expect(defaultRedirectUri(address)).toBe(`${base}/api/v1/accounts/connect/callback`),
  );

  it.each(['https://app.example/back?x=1', 'http://localhost:5173/back', 'http://[::1]:1/'])(
    'may be %s',
    (given) => expect(checkRedirectUri(given)).toBe(given),
  );

  it.each(['http://app.example/', 'https://app.example/#x', 'https://u:p@app.example/', 'app:/back', 'x'])(
    'may not be %s',
    (given) => expect(() => checkRedirectUri(given)).toThrow(ValidationFailedError),
  );
});
