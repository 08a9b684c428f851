import { stringAt, type JsonObject } from '../core/json.js';
import { OAuthServer, type IssuedToken, type OAuthErrorName } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';
import type { GoogleBusinessState } from './google-business.state.js';

const HOUR_MS = 60 * 60_000;
const DEAD = 'Token has been expired or revoked.';
const APP = {
  clientId: '204150000001-sandbox.apps.googleusercontent.com',
  clientSecret: 'GOCSPX-google-business-secret',
  name: 'Fanfare',
};

export const BUSINESS_SCOPE = 'https://www.googleapis.com/auth/business.manage';
const SCOPES = [BUSINESS_SCOPE, 'openid', 'email', 'profile'];

export function googleOAuth(state: GoogleBusinessState): OAuthServer {
  const { environment } = state;
  return new OAuthServer(
    {
      clock: environment.clock,
      apps: [APP],
      people: () => state.directory.people,
      authorize: {
        host: 'AUTH',
        path: '/o/oauth2/v2/auth',
        parameters: ['access_type', 'prompt', 'include_granted_scopes', 'login_hint'],
      },
      token: { host: 'TOKEN', path: '/token' },
      revoke: { host: 'TOKEN', path: '/revoke' },
      scopes: SCOPES,
      pkce: 'optional',
      accessMs: HOUR_MS,
      // How long a refresh token really lives is a matter of its use: `RefreshTokens`.
      refreshMs: 10 * 365 * 24 * HOUR_MS,
      rotates: false,
      offlineParameter: ['access_type', 'offline'],
      tokenAnswer: (token) => tokenAnswer(state, token),
      tokenError,
    },
    (host) => environment.url(host),
  );
}

/** A refresh token is told once, when it is new. */
function tokenAnswer(state: GoogleBusinessState, token: IssuedToken): JsonObject {
  const told = token.refresh !== null && state.refreshTokens.meet(token);
  return {
    access_token: token.access,
    expires_in: Math.round(((token.expiresAt ?? token.issuedAt) - token.issuedAt) / 1000),
    ...(told ? { refresh_token: token.refresh } : {}),
    scope: token.scopes.join(' '),
    token_type: 'Bearer',
  };
}

function tokenError(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') {
    return json(401, { error, error_description: 'The OAuth client was not found.' });
  }
  if (error !== 'invalid_grant') return json(400, { error, error_description: description });
  if (description.includes('redirect_uri')) {
    return json(400, { error: 'redirect_uri_mismatch', error_description: 'Bad Request' });
  }
  const ofRefresh = description.includes('refresh token');
  return json(400, { error, error_description: ofRefresh ? DEAD : 'Malformed auth code.' });
}

/** The usual pages, with what Google does otherwise. */
export function oauthOperations(state: GoogleBusinessState): Operation[] {
  return state.oauth.operations().map((operation): Operation => {
    switch (operation.name) {
      case 'oauth.consent':
        return {
          ...operation,
          handle: (request, context) => operation.handle(onlyAfterPrompt(request), context),
        };
      case 'oauth.token':
        return {
          ...operation,
          handle: (request, context) => {
            checkRefreshToken(state, fieldsOf(request));
            return operation.handle(request, context);
          },
        };
      case 'oauth.revoke':
        return { ...operation, handle: (request, context) => revoke(state, operation, { request, context }) };
      default:
        return operation;
    }
  });
}

/** Without `prompt=consent` there is no refresh token, `access_type=offline` or not. */
function onlyAfterPrompt(request: SandboxRequest): SandboxRequest {
  const fields = fieldsOf(request);
  if ((stringAt(fields, 'prompt') ?? '').split(' ').includes('consent')) return request;
  return { ...request, body: { kind: 'form', value: { ...fields, access_type: 'online' } } };
}

function checkRefreshToken(state: GoogleBusinessState, fields: JsonObject): void {
  if (stringAt(fields, 'grant_type') !== 'refresh_token') return;
  if (state.refreshTokens.use(stringAt(fields, 'refresh_token') ?? '')) return;
  throw new Refusal(json(400, { error: 'invalid_grant', error_description: DEAD }));
}

/** Needs the token only, and ends the whole grant. */
function revoke(
  state: GoogleBusinessState,
  operation: Operation,
  { request, context }: { request: SandboxRequest; context: Parameters<Operation['handle']>[1] },
): SandboxResponse | Promise<SandboxResponse> {
  const fields = fieldsOf(request);
  const token = stringAt(fields, 'token') ?? '';
  const checked = state.oauth.check(token);
  const person = checked.ok ? checked.token.accountId : state.refreshTokens.ownerOf(token);
  if (person === null) {
    return json(400, { error: 'invalid_token', error_description: 'Token expired or revoked' });
  }
  state.endGrant(person);
  const value = { client_id: APP.clientId, client_secret: APP.clientSecret, token };
  return operation.handle({ ...request, body: { kind: 'form', value } }, context);
}
