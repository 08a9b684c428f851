import type { JsonObject } from '../core/json.js';
import { stringAt } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { bearerOf, fieldsOf, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import { didDocument, type BlueskyAccount } from './bluesky.account.js';
import { invalidRequest, refuse } from './bluesky.errors.js';
import { refuseBlocked, type BlueskyState } from './bluesky.state.js';

const MAX_SERVICE_TOKEN_MS = 30 * 60_000;
const DEFAULT_SERVICE_TOKEN_MS = 60_000;

export function sessionOperations(state: BlueskyState): Operation[] {
  const base = { host: 'API', visible: false } as const;
  return [
    {
      ...base,
      name: 'com.atproto.server.createSession',
      method: 'POST',
      path: '/xrpc/com.atproto.server.createSession',
      body: [{ kind: 'json', fields: ['identifier', 'password'] }],
      handle: (request, context) => createSession(state, request, context),
    },
    {
      ...base,
      name: 'com.atproto.server.refreshSession',
      method: 'POST',
      path: '/xrpc/com.atproto.server.refreshSession',
      handle: (request, context) => refreshSession(state, request, context),
    },
    {
      ...base,
      name: 'com.atproto.server.getSession',
      method: 'GET',
      path: '/xrpc/com.atproto.server.getSession',
      handle: (request, context) => json(200, describe(state, state.authorize(request, context))),
    },
    {
      ...base,
      name: 'com.atproto.server.getServiceAuth',
      method: 'GET',
      path: '/xrpc/com.atproto.server.getServiceAuth',
      query: ['aud', 'lxm', 'exp'],
      handle: (request, context) => getServiceAuth(state, request, context),
    },
  ];
}

function createSession(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const [identifier, password] = [
    stringAt(fieldsOf(request), 'identifier'),
    stringAt(fieldsOf(request), 'password'),
  ];
  if (identifier === undefined || password === undefined) {
    throw invalidRequest('Input must have the properties "identifier" and "password"');
  }
  const headers = state.rates.login(identifier.toLowerCase());
  const account = state.find(identifier);
  if (!account || account.passwords.get(password)?.revoked !== false) {
    throw refuse(401, 'AuthenticationRequired', 'Invalid identifier or password');
  }
  context.actsAs(account.did);
  refuseBlocked(account);
  return json(200, { ...state.sessions.open(account.did, password), ...describe(state, account) }, headers);
}

function refreshSession(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = state.owner(state.sessions.check(bearerOf(request), 'refresh'));
  context.actsAs(account.did);
  refuseBlocked(account);
  const { pair } = state.sessions.refresh(bearerOf(request));
  return json(200, { ...pair, ...describe(state, account) });
}

function describe(state: BlueskyState, account: BlueskyAccount): JsonObject {
  return {
    did: account.did,
    handle: account.handle,
    email: account.email,
    emailConfirmed: account.emailConfirmed,
    emailAuthFactor: false,
    active: account.status === 'active',
    ...(account.status === 'active' ? {} : { status: account.status }),
    didDoc: didDocument(account, state.environment.url('API')),
  };
}

function getServiceAuth(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = state.authorize(request, context);
  const audience = request.query.get('aud') ?? '';
  if (!audience.startsWith('did:')) throw invalidRequest('Invalid aud: must be a did');
  const now = state.environment.clock.now();
  const asked = request.query.get('exp');
  const expiresAt = asked === null ? now + DEFAULT_SERVICE_TOKEN_MS : Number(asked) * 1000;
  if (!(expiresAt > now)) throw refuse(400, 'BadExpiration', 'expiration is in past');
  if (expiresAt > now + MAX_SERVICE_TOKEN_MS)
    throw refuse(400, 'BadExpiration', 'cannot request a token so far ahead');
  const method = request.query.get('lxm');
  return json(200, { token: state.sessions.serviceToken({ did: account.did, audience, method, expiresAt }) });
}
