import { isIPv6 } from 'node:net';
import { ValidationFailedError } from '../../common/errors/index.js';

/** Where the page stands that shows the address to copy back. */
export const callbackPath = '/api/v1/accounts/connect/callback';

const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

export interface ServerAddress {
  readonly publicUrl: string | null;
  readonly host: string;
  readonly port: number;
}

/** The redirect address when a client names none of its own. */
export function defaultRedirectUri({ publicUrl, host, port }: ServerAddress): string {
  if (publicUrl !== null) return `${publicUrl.replace(/\/+$/, '')}${callbackPath}`;
  const anywhere = host === '0.0.0.0' || host === '::';
  const name = anywhere ? '127.0.0.1' : isIPv6(host) ? `[${host}]` : host;
  return `http://${name}:${port}${callbackPath}`;
}

/**
 * A client's own redirect address: https, or http on its own machine, without a fragment.
 * @throws ValidationFailedError
 */
export function checkRedirectUri(given: string): string {
  const url = URL.canParse(given) ? new URL(given) : null;
  const secure = url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.has(url.hostname));
  if (url !== null && secure && url.hash === '' && url.username === '') return given;
  throw new ValidationFailedError([
    {
      pointer: '/redirectUri',
      rule: 'redirect_uri',
      message: 'A redirect address has to be https, or http on this machine, and has no fragment.',
      remedy: 'Send such an address exactly as it is registered with the platform, or leave it out.',
    },
  ]);
}
