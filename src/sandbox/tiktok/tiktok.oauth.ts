import { OAuthServer } from '../core/oauth/index.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { oauthError } from './tiktok.errors.js';
import type { Person } from './tiktok.person.js';
import type { TiktokSettings } from './tiktok.settings.js';

const HOUR_MS = 60 * 60_000;
const DAY_MS = 24 * HOUR_MS;

export const SCOPES = [
  'user.info.basic',
  'user.info.profile',
  'user.info.stats',
  'video.publish',
  'video.upload',
  'video.list',
];

/** Login Kit as a confidential client: `client_key`, commas, two hours, and a refresh token that changes each time. */
export function tiktokOAuth(
  environment: SimulatorEnvironment,
  people: () => readonly Person[],
  settings: () => TiktokSettings,
): OAuthServer {
  return new OAuthServer(
    {
      clock: environment.clock,
      apps: [{ clientId: 'tiktok-app', clientSecret: 'tiktok-app-secret', name: 'Fanfare' }],
      people: () => people().map(({ id, name, username }) => ({ id, name: `${name} @${username}` })),
      authorize: { host: 'AUTH', path: '/v2/auth/authorize/', parameters: ['disable_auto_auth'] },
      token: { host: 'API', path: '/v2/oauth/token/' },
      revoke: { host: 'API', path: '/v2/oauth/revoke/' },
      clientIdName: 'client_key',
      scopes: SCOPES,
      scopeSeparator: ',',
      accessMs: 2 * HOUR_MS,
      refreshMs: 180 * DAY_MS,
      rotates: true,
      tokenAnswer: ({ accountId, refreshExpiresAt, issuedAt }, usual) => ({
        ...usual,
        open_id: accountId,
        refresh_expires_in: Math.round(((refreshExpiresAt ?? issuedAt) - issuedAt) / 1000),
        token_type: 'Bearer',
      }),
      tokenError: (error, description) =>
        oauthError(settings().oauthErrorStatus, error, wordsOf(error, description)),
    },
    (host) => environment.url(host),
  );
}

function wordsOf(error: string, description: string): string {
  if (error === 'invalid_client') return 'Client key or secret is incorrect.';
  return description.includes('refresh token') ? 'Refresh token is invalid or expired.' : description;
}
