import type { OAuthErrorName, OAuthPerson, OAuthServerOptions } from '../core/oauth/index.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';

const ACCESS_MS = 2_520_000;
const REFRESH_MS = 42 * 24 * 60 * 60_000;
const SCOPES = ['basic', 'write', 'offline_access'];

/** OAuth 2.0 without PKCE; tokens live 42 minutes, refresh tokens 42 days and are used once. */
export function tumblrOAuth(clock: SandboxClock, people: () => readonly OAuthPerson[]): OAuthServerOptions {
  return {
    clock,
    apps: [{ clientId: 'tumblr-app', clientSecret: 'tumblr-app-secret', name: 'Fanfare' }],
    people,
    authorize: { host: 'AUTH', path: '/oauth2/authorize' },
    token: { host: 'API', path: '/v2/oauth2/token' },
    scopes: SCOPES,
    pkce: 'none',
    accessMs: ACCESS_MS,
    refreshMs: REFRESH_MS,
    rotates: true,
    offlineScope: 'offline_access',
    // `basic` goes without saying.
    tokenAnswer: ({ scopes }, usual) => ({
      ...usual,
      id_token: false,
      scope: scopes.filter((scope) => scope !== 'basic').join(' '),
    }),
    tokenError,
  };
}

/** A dead refresh token is a 401. */
function tokenError(error: OAuthErrorName, error_description: string): SandboxResponse {
  const dead = error === 'invalid_client' || error_description.includes('refresh token');
  return json(dead ? 401 : 400, { error, error_description });
}
