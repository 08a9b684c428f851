import { createHash } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { bodies } from './api.operation.js';
import { textOf } from './field.values.js';
import { refuse } from './mastodon.errors.js';
import type { MastodonState } from './mastodon.state.js';
import { covers, type AccessToken, type App } from './token.store.js';

const CLIENT = ['client_id', 'client_secret'];
const INVALID_GRANT =
  'The provided authorization grant is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client.';

export function tokenOperations(state: MastodonState): Operation[] {
  const base = { host: null, method: 'POST', visible: false } as const;
  return [
    {
      ...base,
      name: 'oauth.token',
      path: '/oauth/token',
      body: bodies([...CLIENT, 'grant_type', 'code', 'redirect_uri', 'code_verifier', 'scope']),
      handle: (request, context) => issueToken(state, fieldsOf(request), context),
    },
    {
      ...base,
      name: 'oauth.revoke',
      path: '/oauth/revoke',
      body: bodies([...CLIENT, 'token']),
      handle: (request) => revoke(state, fieldsOf(request)),
    },
  ];
}

function clientOf(state: MastodonState, fields: JsonObject): App {
  const app = state.tokens.app(textOf(fields, 'client_id') ?? '');
  if (app && app.clientSecret === textOf(fields, 'client_secret')) return app;
  const description =
    'Client authentication failed due to unknown client, no client authentication included, or unsupported authentication method.';
  throw refuse(401, 'invalid_client', description);
}

function issueToken(state: MastodonState, fields: JsonObject, context: OperationContext): SandboxResponse {
  const app = clientOf(state, fields);
  switch (textOf(fields, 'grant_type')) {
    case 'authorization_code': {
      const token = redeem(state, app, fields);
      if (token.accountId !== null) context.actsAs(token.accountId);
      return answer(state, token);
    }
    case 'client_credentials': {
      const scopes = (textOf(fields, 'scope') ?? 'read').split(' ');
      if (!scopes.every((scope) => covers(app.scopes, scope))) {
        throw refuse(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
      }
      return answer(state, state.tokens.issue({ accountId: null, app, scopes }));
    }
    case undefined:
    default:
      throw refuse(400, 'unsupported_grant_type', 'The authorization grant type is not supported by the authorization server.'); // prettier-ignore
  }
}

function redeem(state: MastodonState, app: App, fields: JsonObject): AccessToken {
  const grant = state.tokens.redeem(textOf(fields, 'code') ?? '');
  if (!grant || grant.app !== app || grant.redirectUri !== textOf(fields, 'redirect_uri')) {
    throw refuse(400, 'invalid_grant', INVALID_GRANT);
  }
  const verifier = textOf(fields, 'code_verifier');
  if (grant.challenge !== null && (verifier === undefined || challengeOf(verifier) !== grant.challenge)) {
    throw refuse(400, 'invalid_grant', INVALID_GRANT);
  }
  return state.tokens.issue({ accountId: grant.accountId, app, scopes: grant.scopes });
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}

/** No expiry and no refresh token. */
function answer(state: MastodonState, { token, scopes }: AccessToken): SandboxResponse {
  const createdAt = Math.floor(state.environment.clock.now() / 1000);
  return json(200, {
    access_token: token,
    token_type: 'Bearer',
    scope: scopes.join(' '),
    created_at: createdAt,
  });
}

function revoke(state: MastodonState, fields: JsonObject): SandboxResponse {
  const app = state.tokens.app(textOf(fields, 'client_id') ?? '');
  const token = state.tokens.find(textOf(fields, 'token') ?? '');
  const known = app !== undefined && app.clientSecret === textOf(fields, 'client_secret');
  if (!known || (token !== undefined && token.app !== app)) {
    throw refuse(403, 'unauthorized_client', 'You are not authorized to revoke this token');
  }
  if (token) token.state = 'revoked';
  return json(200, {});
}
