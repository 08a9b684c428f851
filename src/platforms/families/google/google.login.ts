import type { ErrorTable, OAuth2Spec } from '../../core/index.js';

export interface GoogleLogin {
  readonly platform: string;
  /** Of the platform's configuration: `AUTH` and `TOKEN` are Google's own. */
  readonly hosts: Readonly<Record<string, string>>;
  /** Without `https://www.googleapis.com/auth/`. */
  readonly scopes: readonly string[];
  readonly optionalScopes?: readonly string[];
  readonly errors: ErrorTable;
}

const scopeBase = 'https://www.googleapis.com/auth/';

/** What every platform of Google has for its login. Addresses to replace them with come from the configuration. */
export const googleHosts = [
  { label: 'AUTH', defaultUrl: 'https://accounts.google.com' },
  { label: 'TOKEN', defaultUrl: 'https://oauth2.googleapis.com' },
] as const;

/**
 * Google's login. A refresh token is given with `access_type=offline` only, and with `prompt=consent` also to somebody who has agreed
 * before; it does not rotate. Permissions are ticked one by one, so that the token answer says what was granted.
 */
export function googleLogin({ platform, hosts, scopes, optionalScopes, errors }: GoogleLogin): OAuth2Spec {
  const { AUTH: auth = '', TOKEN: token = '' } = hosts;
  return {
    platform,
    authorizeUrl: `${auth}/o/oauth2/v2/auth`,
    tokenUrl: `${token}/token`,
    revokeUrl: `${token}/revoke`,
    revokesByTokenAlone: true,
    hosts: [token],
    scopes: scopes.map(googleScope),
    optionalScopes: (optionalScopes ?? []).map(googleScope),
    pkce: 'S256',
    authorizeParameters: { access_type: 'offline', prompt: 'consent' },
    errors,
  };
}

/** A scope as Google writes it. */
export function googleScope(name: string): string {
  return `${scopeBase}${name}`;
}
