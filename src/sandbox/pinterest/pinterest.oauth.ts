import { parseJson, isJsonObject, stringAt } from '../core/json.js';
import { OAuthServer, type OAuthServerOptions } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, header, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { authenticationFailed, notPermitted, problem } from './pinterest.errors.js';
import type { Person } from './pinterest.model.js';

const DAY_MS = 24 * 60 * 60_000;
const APP = { clientId: '1490000', clientSecret: 'pinterest-app-secret', name: 'Fanfare' };

export const SCOPES = [
  'boards:read',
  'boards:write',
  'boards:read_secret',
  'boards:write_secret',
  'pins:read',
  'pins:write',
  'pins:read_secret',
  'pins:write_secret',
  'user_accounts:read',
];

/** Authorization code for a confidential client without PKCE; access for 30 days, refresh for 60 days and rotating. */
export function pinterestOAuth(
  environment: SimulatorEnvironment,
  people: () => readonly Person[],
): OAuthServer {
  const options: OAuthServerOptions = {
    clock: environment.clock,
    apps: [APP],
    people: () => people().map(({ id, name, username }) => ({ id, name: `${name} @${username}` })),
    authorize: { host: 'AUTH', path: '/oauth/' },
    token: { host: 'API', path: '/v5/oauth/token', fields: ['continuous_refresh', 'scope'] },
    clientAuth: 'basic',
    scopes: SCOPES,
    scopeSeparator: 'both',
    pkce: 'none',
    accessMs: 30 * DAY_MS,
    refreshMs: 60 * DAY_MS,
    rotates: true,
    tokenAnswer: ({ refreshExpiresAt, issuedAt }, usual) => ({
      ...usual,
      ...(refreshExpiresAt === null
        ? {}
        : {
            refresh_token_expires_in: Math.round((refreshExpiresAt - issuedAt) / 1000),
            refresh_token_expires_at: Math.floor(refreshExpiresAt / 1000),
          }),
    }),
    tokenError: (error, description) =>
      error === 'invalid_client' || error === 'invalid_grant'
        ? authenticationFailed()
        : problem(400, 1, `Invalid request: ${description}`),
  };
  return new OAuthServer(options, (host) => environment.url(host));
}

/** The operations of the server, with the grant named in its answer, and a revocation that ordinary tokens cannot use. */
export function oauthOperations(oauth: OAuthServer): Operation[] {
  const named = oauth.operations().map((operation): Operation => {
    if (operation.name !== 'oauth.token') return operation;
    return {
      ...operation,
      handle: async (request, context) =>
        withGrant(await operation.handle(request, context), stringAt(fieldsOf(request), 'grant_type') ?? ''),
    };
  });
  const revoke: Operation = {
    name: 'oauth.revoke',
    host: 'API',
    method: 'POST',
    path: '/v5/oauth/token/revoke',
    visible: false,
    body: [{ kind: 'form', fields: ['token', 'token_type_hint'] }],
    handle: (request) => (isApp(request) ? notPermitted().response : authenticationFailed()),
  };
  return [...named, revoke];
}

function withGrant(answer: SandboxResponse, grant: string): SandboxResponse {
  const value = parseJson(answer.body.toString('utf8'));
  const all = isJsonObject(value) ? value : {};
  const { refresh_token_expires_at: until, ...rest } = all;
  const more = grant === 'refresh_token' && until !== undefined ? { refresh_token_expires_at: until } : {};
  return json(answer.status, { response_type: grant, ...rest, ...more }, answer.headers);
}

function isApp(request: SandboxRequest): boolean {
  const expected = Buffer.from(`${APP.clientId}:${APP.clientSecret}`).toString('base64');
  return header(request, 'authorization') === `Basic ${expected}`;
}
