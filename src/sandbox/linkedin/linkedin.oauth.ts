import { stringAt, type JsonObject } from '../core/json.js';
import { OAuthServer, type IssuedToken, type OAuthErrorName } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf } from '../core/request.js';
import { json, Refusal, withHeaders, type SandboxResponse } from '../core/response.js';
import type { LinkedinState } from './linkedin.state.js';

const DAY_MS = 24 * 60 * 60_000;
const APP = { clientId: 'linkedin-app', clientSecret: 'linkedin-app-secret', name: 'Fanfare' };

const SCOPES = [
  ...['openid', 'profile', 'email', 'r_basicprofile'],
  ...['w_member_social', 'r_member_social', 'w_member_social_feed'],
  ...[
    'w_organization_social',
    'r_organization_social',
    'rw_organization_admin',
    'w_organization_social_feed',
  ],
  ...['r_member_postAnalytics', 'r_member_profileAnalytics'],
];

const DEAD_CODE =
  'Unable to retrieve access token: appid/redirect uri/code verifier does not match authorization code. ' +
  'Or authorization code expired. Or external member binding exists';

/** Another set of scopes makes the member's earlier tokens useless: `onConsent` learns the set. */
export function linkedinOAuth(
  state: LinkedinState,
  onConsent: (personId: string, scopes: readonly string[]) => void,
): OAuthServer {
  const { environment } = state;
  return new OAuthServer(
    {
      clock: environment.clock,
      apps: [APP],
      people: () => state.members.people,
      authorize: { host: 'AUTH', path: '/oauth/v2/authorization' },
      token: { host: 'AUTH', path: '/oauth/v2/accessToken' },
      revoke: { host: 'AUTH', path: '/oauth/v2/revoke' },
      scopes: SCOPES,
      pkce: 'none',
      codeMs: 30 * 60_000,
      accessMs: 60 * DAY_MS,
      get refreshMs(): number | null {
        return state.settings.refreshTokens ? 365 * DAY_MS : null;
      },
      // A refresh token lives a year from the consent on and stays the same.
      rotates: false,
      tokenAnswer: (token) => {
        onConsent(token.accountId, token.scopes);
        return tokenAnswer(token);
      },
      tokenError,
    },
    (host) => environment.url(host),
  );
}

function tokenAnswer(token: IssuedToken): JsonObject {
  const secondsTo = (until: number): number => Math.round((until - token.issuedAt) / 1000);
  const { refresh, refreshExpiresAt } = token;
  return {
    access_token: token.access,
    expires_in: secondsTo(token.expiresAt ?? token.issuedAt),
    ...(refresh === null
      ? {}
      : {
          refresh_token: refresh,
          refresh_token_expires_in: secondsTo(refreshExpiresAt ?? token.issuedAt),
        }),
    scope: token.scopes.join(','),
    token_type: 'Bearer',
  };
}

function tokenError(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') {
    return json(401, { error, error_description: 'Client authentication failed' });
  }
  const ofRefresh = description.includes('refresh');
  if (error !== 'invalid_grant' || ofRefresh) return json(400, { error, error_description: description });
  return json(400, { error: 'invalid_request', error_description: DEAD_CODE });
}

/** The usual pages, with this platform's word for a person who says no, and the introspection of tokens. */
export function oauthOperations(state: LinkedinState): Operation[] {
  return [
    ...state.oauth
      .operations()
      .map((operation) => (operation.name === 'oauth.consent' ? cancelled(operation) : operation)),
    {
      name: 'oauth.introspect',
      host: 'AUTH',
      method: 'POST',
      path: '/oauth/v2/introspectToken',
      visible: false,
      body: [{ kind: 'form', fields: ['client_id', 'client_secret', 'token'] }],
      handle: (request) => introspect(state, fieldsOf(request)),
    },
  ];
}

function cancelled(consent: Operation): Operation {
  return {
    ...consent,
    handle: async (request, context) => {
      const answer = await consent.handle(request, context);
      const location = answer.headers['location']?.replace(
        'error=access_denied',
        'error=user_cancelled_authorize',
      );
      return location === undefined ? answer : withHeaders(answer, { location });
    },
  };
}

function introspect(state: LinkedinState, fields: JsonObject): SandboxResponse {
  const [id, secret] = [stringAt(fields, 'client_id'), stringAt(fields, 'client_secret')];
  if (id !== APP.clientId || secret !== APP.clientSecret) {
    throw new Refusal(tokenError('invalid_client', ''));
  }
  const checked = state.oauth.check(stringAt(fields, 'token'));
  if (!checked.ok) {
    const status =
      checked.reason === 'expired' || checked.reason === 'revoked' ? { status: checked.reason } : {};
    return json(200, { active: false, ...status });
  }
  const { token } = checked;
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  return json(200, {
    active: true,
    status: 'active',
    client_id: token.clientId,
    auth_type: '3L',
    scope: token.scopes.join(','),
    created_at: seconds(token.issuedAt),
    authorized_at: seconds(token.issuedAt),
    expires_at: seconds(token.expiresAt ?? token.issuedAt),
  });
}
