import type { IssuedToken } from '../core/oauth/index.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { bearerOf, type SandboxRequest } from '../core/request.js';
import { accepted, json, jsonText, Refusal, type SandboxResponse } from '../core/response.js';
import { flatError, graphError, invalid, tokenProblem } from './graph.errors.js';
import { INSTAGRAM_APP, LONG_MS } from './instagram.oauth.js';
import { DAY_MS, type InstagramState } from './instagram.state.js';

type Handler = (request: SandboxRequest, context: OperationContext) => SandboxResponse;

/** The Instagram Login: code → short token, short → long, long → longer. */
export function tokenOperations(state: InstagramState): Operation[] {
  const get = (name: string, path: string, query: readonly string[], handle: Handler): Operation => ({
    ...{ name, host: 'API', method: 'GET', path, visible: false, query: [...query, 'access_token'], handle },
  });
  return [
    ...state.instagram
      .operations()
      .map((operation) => (operation.name === 'oauth.token' ? withBareId(operation) : operation)),
    get('oauth.exchange', '/access_token', ['grant_type', 'client_secret'], (request, context) =>
      exchange(state, request, context),
    ),
    get('oauth.refresh', '/refresh_access_token', ['grant_type'], (request, context) =>
      refresh(state, request, context),
    ),
  ];
}

/** In the flat shape `user_id` is a number that no double holds. */
function withBareId(operation: Operation): Operation {
  return {
    ...operation,
    handle: async (request, context) => {
      const answer = await operation.handle(request, context);
      const written = answer.body.toString('utf8');
      const isFlat = !written.startsWith('{"data"');
      const body = isFlat ? written.replace(/"user_id":"(\d+)"/, '"user_id":$1') : written;
      return accepted(jsonText(answer.status, body), true);
    },
  };
}

function exchange(
  state: InstagramState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const { query } = request;
  if (query.get('grant_type') !== 'ig_exchange_token') throw new Refusal(flatError('Unsupported grant type'));
  if (query.get('client_secret') !== INSTAGRAM_APP.clientSecret) {
    throw new Refusal(flatError('Error validating client secret.'));
  }
  const token = tokenOf(state, request, true);
  if (token === null || token.kind === 'long') {
    return graphError({ code: 452, message: 'Session key invalid' });
  }
  context.actsAs(token.accountId);
  return lengthened(state, token);
}

function refresh(state: InstagramState, request: SandboxRequest, context: OperationContext): SandboxResponse {
  if (request.query.get('grant_type') !== 'ig_refresh_token') {
    throw new Refusal(flatError('Unsupported grant type'));
  }
  const token = tokenOf(state, request, false);
  if (token?.kind !== 'long') throw invalid('Only a long-lived access token can be refreshed');
  context.actsAs(token.accountId);
  if (state.now - token.issuedAt >= DAY_MS) return lengthened(state, token);
  throw invalid('The access token has to be at least 24 hours old to be refreshed');
}

/** Null: it was revoked, where that is not told apart. */
function tokenOf(
  { instagram }: InstagramState,
  request: SandboxRequest,
  hidesRevoked: boolean,
): IssuedToken | null {
  const checked = instagram.check(request.query.get('access_token') ?? bearerOf(request));
  if (checked.ok) return checked.token;
  if (hidesRevoked && checked.reason === 'revoked') return null;
  throw tokenProblem(checked.reason);
}

function lengthened(
  { instagram }: InstagramState,
  { accountId, clientId, scopes }: Pick<IssuedToken, 'accountId' | 'clientId' | 'scopes'>,
): SandboxResponse {
  const { access } = instagram.issue({ accountId, clientId, scopes, kind: 'long', lifetimeMs: LONG_MS });
  return accepted(
    json(200, { access_token: access, token_type: 'bearer', expires_in: LONG_MS / 1000 }),
    true,
  );
}
