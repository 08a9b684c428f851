import type { OAuthErrorName, OAuthPerson, OAuthServerOptions } from '../core/oauth/index.js';
import type { SandboxResponse } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { graphError } from './facebook.errors.js';

export const APP = { clientId: '2041500000000001', clientSecret: 'facebook-app-secret', name: 'Fanfare' };

export const SCOPES = [
  'public_profile',
  'email',
  'pages_show_list',
  'pages_manage_posts',
  'pages_read_engagement',
  'pages_manage_engagement',
  'pages_read_user_content',
  'read_insights',
  'business_management',
  'pages_manage_metadata',
  'publish_video',
];

const SHORT_MS = 90 * 60_000;
export const LONG_MS = 60 * 24 * 60 * 60_000;

/** Facebook Login: no PKCE, no refresh tokens, everything of the token endpoint in the query. */
export function facebookOAuth(clock: SandboxClock, people: () => readonly OAuthPerson[]): OAuthServerOptions {
  return {
    clock,
    apps: [APP],
    people,
    authorize: { host: 'AUTH', path: '/:version/dialog/oauth', parameters: ['auth_type', 'display'] },
    token: {
      host: 'API',
      path: '/:version/oauth/access_token',
      method: 'GET',
      fields: ['fb_exchange_token'],
    },
    scopes: SCOPES,
    scopeSeparator: ',',
    pkce: 'none',
    accessMs: SHORT_MS,
    refreshMs: null,
    tokenAnswer: ({ expiresAt, issuedAt, access }) => ({
      access_token: access,
      token_type: 'bearer',
      ...(expiresAt === null ? {} : { expires_in: Math.round((expiresAt - issuedAt) / 1000) }),
    }),
    tokenError,
  };
}

function tokenError(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') return graphError({ code: 1, message: 'Error validating client secret.' });
  if (error !== 'invalid_grant') return graphError({ code: 100, message: `(#100) ${description}` });
  const sameAddress = description.includes('redirect_uri');
  return sameAddress
    ? graphError({
        code: 100,
        subcode: 36008,
        message:
          'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
      })
    : graphError({ code: 100, subcode: 36009, message: 'This authorization code has been used.' });
}
