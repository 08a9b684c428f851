import type { OAuthErrorName, OAuthPerson, OAuthServerOptions } from '../core/oauth/index.js';
import type { JsonObject } from '../core/json.js';
import type { SandboxResponse } from '../core/response.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { flatError, graphError } from './graph.errors.js';

/** The app of the Instagram Login, and the one of the Facebook Login. */
export const INSTAGRAM_APP = {
  clientId: '7301000000000001',
  clientSecret: 'instagram-app-secret',
  name: 'Fanfare',
};
export const FACEBOOK_APP = {
  clientId: '2041500000000002',
  clientSecret: 'instagram-facebook-app-secret',
  name: 'Fanfare',
};

const HOUR_MS = 60 * 60_000;
export const LONG_MS = 60 * 24 * HOUR_MS;

const CODE_USED = 'The code is unknown, used or expired.';

/** Permissions by what they are for; a null does not exist there. */
export const SCOPES = {
  basic: { instagram: 'instagram_business_basic', facebook: 'instagram_basic' },
  publish: { instagram: 'instagram_business_content_publish', facebook: 'instagram_content_publish' },
  comments: { instagram: 'instagram_business_manage_comments', facebook: 'instagram_manage_comments' },
  insights: { instagram: 'instagram_business_manage_insights', facebook: 'instagram_manage_insights' },
  contents: { instagram: null, facebook: 'instagram_manage_contents' },
} as const;

export type Right = keyof typeof SCOPES;

const BESIDE = [
  'pages_show_list',
  'pages_read_engagement',
  'business_management',
  'ads_management',
  'ads_read',
];

type People = () => readonly OAuthPerson[];

/** Code in a form, `#_` behind the way back, no refresh tokens, no PKCE. */
export function instagramOAuth(
  clock: SandboxClock,
  people: People,
  isFlat: () => boolean,
): OAuthServerOptions {
  return {
    ...{ clock, people, apps: [INSTAGRAM_APP] },
    authorize: { host: 'AUTH', path: '/oauth/authorize', parameters: ['enable_fb_login', 'force_reauth'] },
    token: { host: 'TOKEN', path: '/oauth/access_token' },
    scopes: Object.values(SCOPES).flatMap(({ instagram }) => (instagram === null ? [] : [instagram])),
    scopeSeparator: ',',
    codeMs: HOUR_MS,
    accessMs: HOUR_MS,
    refreshMs: null,
    redirectSuffix: '#_',
    tokenAnswer: ({ access, accountId, scopes }): JsonObject =>
      isFlat()
        ? { access_token: access, user_id: accountId, permissions: [...scopes] }
        : { data: [{ access_token: access, user_id: accountId, permissions: scopes.join(',') }] },
    tokenError: instagramTokenError,
  };
}

function instagramTokenError(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') return flatError('Invalid platform app');
  if (description === CODE_USED) return flatError('Matching code was not found or was already used');
  if (description.includes('redirect_uri')) {
    return flatError(
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request',
    );
  }
  return flatError(description);
}

/** Facebook's: everything of the token endpoint in the query. */
export function facebookOAuth(clock: SandboxClock, people: People): OAuthServerOptions {
  return {
    ...{ clock, people, apps: [FACEBOOK_APP] },
    authorize: { host: 'DIALOG', path: '/v:version/dialog/oauth', parameters: ['auth_type', 'display'] },
    token: {
      ...{ host: 'GRAPH', path: '/v:version/oauth/access_token', method: 'GET' },
      fields: ['fb_exchange_token'],
    },
    scopes: [...Object.values(SCOPES).map(({ facebook }) => facebook), ...BESIDE],
    scopeSeparator: ',',
    accessMs: 1.5 * HOUR_MS,
    refreshMs: null,
    tokenAnswer: ({ expiresAt, issuedAt, access }) => ({
      access_token: access,
      token_type: 'bearer',
      ...(expiresAt === null ? {} : { expires_in: Math.round((expiresAt - issuedAt) / 1000) }),
    }),
    tokenError: facebookTokenError,
  };
}

function facebookTokenError(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') return graphError({ code: 1, message: 'Error validating client secret.' });
  if (error !== 'invalid_grant') return graphError({ code: 100, message: `(#100) ${description}` });
  if (description.includes('redirect_uri')) {
    const message =
      'Error validating verification code. Please make sure your redirect_uri is identical to the one you used in the OAuth dialog request';
    return graphError({ code: 100, subcode: 36_008, message });
  }
  return graphError({ code: 100, subcode: 36_009, message: 'This authorization code has been used.' });
}
