import { createHash } from 'node:crypto';
import { stringAt, type JsonObject } from '../json.js';
import type { Operation, OperationContext } from '../operation.js';
import { fieldsOf, header, type SandboxRequest } from '../request.js';
import { accepted, json, Refusal, type SandboxResponse } from '../response.js';
import type { OAuthStore } from './oauth.store.js';
import type { IssuedToken, OAuthErrorName, OAuthServerOptions, RegisteredApp } from './oauth.types.js';

const USUAL = ['grant_type', 'code', 'redirect_uri', 'refresh_token'];

/** The endpoints that give and take back tokens. */
export function tokenOperations(options: OAuthServerOptions, store: OAuthStore): Operation[] {
  const { token, revoke } = options;
  const client = options.clientAuth === 'basic' ? [] : [options.clientIdName ?? 'client_id', 'client_secret'];
  const verifier = (options.pkce ?? 'none') === 'none' ? [] : ['code_verifier'];
  const fields = [...client, ...USUAL, ...verifier, ...(token.fields ?? [])];
  const byQuery = token.method === 'GET';
  const give: Operation = {
    name: 'oauth.token',
    host: token.host,
    path: token.path,
    method: token.method ?? 'POST',
    visible: false,
    ...(byQuery ? { query: fields } : { body: [{ kind: 'form', fields }] }),
    handle: (request, context) =>
      giveToken(options, store, { request, given: byQuery ? queryOf(request) : fieldsOf(request), context }),
  };
  if (revoke === undefined) return [give];
  const take: Operation = {
    name: 'oauth.revoke',
    host: revoke.host,
    path: revoke.path,
    method: 'POST',
    visible: false,
    body: [
      {
        kind: 'form',
        fields: [...(revoke.tokenAlone === true ? [] : client), 'token', ...(revoke.fields ?? [])],
      },
    ],
    handle: (request) => takeBack(options, store, request),
  };
  return [give, take];
}

interface Call {
  readonly request: SandboxRequest;
  readonly given: JsonObject;
  readonly context: OperationContext;
}

function giveToken(options: OAuthServerOptions, store: OAuthStore, call: Call): SandboxResponse {
  const app = appOf(options, call);
  const issued = issue(options, store, app, call.given);
  call.context.actsAs(issued.accountId);
  return accepted(json(200, answerOf(options, issued)), true);
}

function issue(
  options: OAuthServerOptions,
  store: OAuthStore,
  app: RegisteredApp,
  given: JsonObject,
): IssuedToken {
  switch (stringAt(given, 'grant_type')) {
    case 'authorization_code':
    case undefined:
      if (options.token.method !== 'GET' && stringAt(given, 'grant_type') === undefined) break;
      return redeem(options, store, app, given);
    case 'refresh_token':
      return refresh(options, store, app, given);
  }
  throw fail(options, 'unsupported_grant_type', 'This grant type is not known.');
}

function redeem(
  options: OAuthServerOptions,
  store: OAuthStore,
  { clientId }: RegisteredApp,
  given: JsonObject,
): IssuedToken {
  const grant = store.takeCode(stringAt(given, 'code') ?? '');
  if (grant?.clientId !== clientId)
    throw fail(options, 'invalid_grant', 'The code is unknown, used or expired.');
  if (grant.redirectUri !== stringAt(given, 'redirect_uri')) {
    throw fail(options, 'invalid_grant', 'The redirect_uri is not the one of the authorize request.');
  }
  const verifier = stringAt(given, 'code_verifier');
  if (grant.challenge !== null && (verifier === undefined || challengeOf(verifier) !== grant.challenge)) {
    throw fail(options, 'invalid_grant', 'The code_verifier does not fit the code_challenge.');
  }
  const { accountId, scopes, offline } = grant;
  return store.issue({ accountId, clientId, scopes, offline });
}

function refresh(
  options: OAuthServerOptions,
  store: OAuthStore,
  { clientId }: RegisteredApp,
  given: JsonObject,
): IssuedToken {
  const old = store.byRefresh(stringAt(given, 'refresh_token') ?? '');
  if (old === null || old.clientId !== clientId || old.refresh === null) {
    throw fail(options, 'invalid_grant', 'The refresh token is unknown, used, revoked or expired.');
  }
  const { accountId, scopes } = old;
  if (options.rotates !== true) {
    const kept = { token: old.refresh, expiresAt: old.refreshExpiresAt };
    return store.issue({ accountId, clientId, scopes, refresh: kept });
  }
  old.refreshUsed = true;
  return store.issue({ accountId, clientId, scopes, offline: true });
}

function takeBack(options: OAuthServerOptions, store: OAuthStore, request: SandboxRequest): SandboxResponse {
  const given = fieldsOf(request);
  const app = options.revoke?.tokenAlone === true ? null : appOf(options, { request, given });
  const token = store.find(stringAt(given, 'token') ?? '');
  if (token !== undefined && (app === null || token.clientId === app.clientId)) store.revoke(token);
  return json(200, {});
}

function appOf(
  options: OAuthServerOptions,
  { request, given }: { request: SandboxRequest; given: JsonObject },
): RegisteredApp {
  const [id, secret] =
    options.clientAuth === 'basic'
      ? basicOf(header(request, 'authorization'))
      : [stringAt(given, options.clientIdName ?? 'client_id'), stringAt(given, 'client_secret')];
  const app = options.apps.find(({ clientId, clientSecret }) => clientId === id && clientSecret === secret);
  if (app === undefined) throw fail(options, 'invalid_client', 'The app is unknown or its secret is wrong.');
  return app;
}

function basicOf(value: string | undefined): (string | undefined)[] {
  const [, encoded = ''] = /^Basic (.+)$/.exec(value ?? '') ?? [];
  return Buffer.from(encoded, 'base64').toString('utf8').split(':').map(decodeURIComponent);
}

/** A refresh token that goes on is not said again. */
function answerOf(options: OAuthServerOptions, token: IssuedToken): JsonObject {
  const seconds = (until: number): number => Math.round((until - token.issuedAt) / 1000);
  const usual: JsonObject = {
    access_token: token.access,
    token_type: 'bearer',
    ...(token.expiresAt === null ? {} : { expires_in: seconds(token.expiresAt) }),
    ...(token.refresh === null ? {} : { refresh_token: token.refresh }),
    scope: token.scopes.join(options.scopeSeparator === ',' ? ',' : ' '),
  };
  return options.tokenAnswer?.(token, usual) ?? usual;
}

function fail(options: OAuthServerOptions, error: OAuthErrorName, description: string): Refusal {
  const usual = json(error === 'invalid_client' ? 401 : 400, { error, error_description: description });
  return new Refusal(options.tokenError?.(error, description) ?? usual);
}

function queryOf({ query }: SandboxRequest): JsonObject {
  return Object.fromEntries(query);
}

function challengeOf(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url');
}
