import type { OAuthServerOptions } from '../core/oauth/index.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { flatError, graphError } from './graph.errors.js';
import type { Person } from './threads.person.js';

const HOUR_MS = 60 * 60_000;
const CODE_USED = 'The code is unknown, used or expired.';

export const LONG_MS = 60 * 24 * HOUR_MS;

const SCOPES = [
  'threads_basic',
  'threads_content_publish',
  'threads_manage_replies',
  'threads_read_replies',
  'threads_manage_insights',
  'threads_delete',
  'threads_keyword_search',
  'threads_manage_mentions',
  'threads_location_tagging',
  'threads_profile_discovery',
  'threads_share_to_instagram',
];

/** The login of the sheet: short tokens by code, no refresh tokens, no PKCE, `#_` behind the way back. */
export function oauthOptions(clock: SandboxClock, people: () => readonly Person[]): OAuthServerOptions {
  return {
    clock,
    apps: [{ clientId: 'threads-app', clientSecret: 'threads-app-secret', name: 'Fanfare' }],
    people,
    authorize: { host: 'AUTH', path: '/oauth/authorize' },
    token: { host: 'API', path: '/oauth/access_token' },
    scopes: SCOPES,
    scopeSeparator: 'both',
    codeMs: HOUR_MS,
    accessMs: HOUR_MS,
    refreshMs: null,
    redirectSuffix: '#_',
    tokenAnswer: ({ access, accountId }) => ({ access_token: access, user_id: accountId }),
    tokenError: (error, description) => {
      if (description === CODE_USED) {
        const message = 'This authorization code has been used or has expired.';
        return graphError({ code: 100, subcode: 4_279_030, message });
      }
      if (error === 'invalid_client') {
        return flatError('Error validating application. Invalid client id or client secret.');
      }
      return flatError(description);
    },
  };
}
