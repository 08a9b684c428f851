import type { OAuthServer } from '../core/oauth/index.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { json, jsonText, type SandboxResponse } from '../core/response.js';
import { flatError, graphError, refuse, tokenProblem } from './graph.errors.js';
import { DAY_MS, type ThreadsState } from './threads.state.js';
import { LONG_MS } from './token.shapes.js';

type Handler = (request: SandboxRequest, context: OperationContext) => SandboxResponse;

/** Code → short token, short → long, long → longer. */
export function tokenOperations(state: ThreadsState): Operation[] {
  const get = (name: string, path: string, query: readonly string[], handle: Handler): Operation => ({
    ...{ name, host: 'API', method: 'GET', path, visible: false, query, handle },
  });
  return [
    ...state.oauth
      .operations()
      .map((operation) => (operation.name === 'oauth.token' ? bare(operation) : operation)),
    get(
      'oauth.exchange',
      '/access_token',
      ['grant_type', 'client_secret', 'access_token'],
      (request, context) => exchange(state, request, context),
    ),
    get('oauth.refresh', '/refresh_access_token', ['grant_type', 'access_token'], (request, context) =>
      refresh(state, request, context),
    ),
    get('oauth.app', '/oauth/access_token', ['grant_type', 'client_id', 'client_secret'], ({ query }) => {
      if (query.get('grant_type') !== 'client_credentials') return flatError('Unsupported grant type.');
      const [clientId, secret] = [query.get('client_id'), query.get('client_secret')];
      if (!isApp(state, clientId, secret)) return flatError('Error validating client secret.');
      return json(200, { access_token: `TH|${clientId}|${secret}`, token_type: 'bearer' });
    }),
    get('oauth.debug', '/debug_token', ['input_token', 'access_token'], (request) => debug(state, request)),
  ];
}

/** `user_id` is a number that no double holds, and a request without an app id has an error of its own. */
function bare(operation: Operation): Operation {
  return {
    ...operation,
    handle: async (request, context) => {
      if ((fieldsOf(request)['client_id'] ?? '') === '') {
        const message = 'Missing client_id parameter.';
        throw refuse({ code: 100, subcode: 4_476_002, message });
      }
      const answer = await operation.handle(request, context);
      const written = answer.body.toString('utf8').replace(/"user_id":"(\d+)"/, '"user_id":$1');
      return { ...jsonText(answer.status, written), accepted: true };
    },
  };
}

function exchange(
  state: ThreadsState,
  { query }: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  if (query.get('grant_type') !== 'th_exchange_token') return flatError('Unsupported grant type.');
  if (!isApp(state, idOf(state.oauth), query.get('client_secret'))) {
    return flatError('Error validating client secret.');
  }
  const checked = state.oauth.check(query.get('access_token') ?? undefined);
  if (!checked.ok && checked.reason !== 'revoked') throw tokenProblem(checked.reason);
  if (!checked.ok || checked.token.kind === 'long') {
    return graphError({ code: 452, subcode: 4_279_019, message: 'Session key invalid' });
  }
  context.actsAs(checked.token.accountId);
  return lengthened(state, checked.token);
}

function refresh(state: ThreadsState, { query }: SandboxRequest, context: OperationContext): SandboxResponse {
  if (query.get('grant_type') !== 'th_refresh_token') return flatError('Unsupported grant type.');
  const checked = state.oauth.check(query.get('access_token') ?? undefined);
  if (!checked.ok) throw tokenProblem(checked.reason);
  context.actsAs(checked.token.accountId);
  const problem = (message: string): SandboxResponse => graphError({ code: 100, message });
  if (checked.token.kind !== 'long') return problem('Only a long-lived access token can be refreshed.');
  if (state.now - checked.token.issuedAt < DAY_MS) {
    return problem('The access token has to be at least 24 hours old to be refreshed.');
  }
  return lengthened(state, checked.token);
}

function lengthened(
  state: ThreadsState,
  {
    accountId,
    clientId,
    scopes,
  }: Pick<Parameters<OAuthServer['issue']>[0], 'accountId' | 'clientId' | 'scopes'>,
): SandboxResponse {
  const { access } = state.oauth.issue({ accountId, clientId, scopes, kind: 'long', lifetimeMs: LONG_MS });
  const answer = json(200, { access_token: access, token_type: 'bearer', expires_in: LONG_MS / 1000 });
  return { ...answer, accepted: true };
}

function debug(state: ThreadsState, { query }: SandboxRequest): SandboxResponse {
  const asking = query.get('access_token') ?? '';
  const [, id = null, secret = null] = /^(?:TH\|)?([^|]+)\|(.+)$/.exec(asking) ?? [];
  const asker = state.oauth.check(asking);
  if (!asker.ok && !isApp(state, id, secret)) throw tokenProblem(asker.reason);
  const asked = state.oauth.check(query.get('input_token') ?? undefined);
  if (!asked.ok) {
    const error = { code: 190, message: `The token is ${asked.reason}.` };
    return json(200, { data: { error, is_valid: false, scopes: [] } });
  }
  const { accountId, clientId, scopes, issuedAt, expiresAt } = asked.token;
  return json(200, {
    data: {
      app_id: clientId,
      type: 'USER',
      application: 'Fanfare',
      is_valid: true,
      issued_at: Math.floor(issuedAt / 1000),
      expires_at: Math.floor((expiresAt ?? 0) / 1000),
      scopes: [...scopes],
      user_id: accountId,
    },
  });
}

function idOf(oauth: OAuthServer): string {
  return oauth.environment('threads')['PLATFORM_THREADS_CLIENT_ID'] ?? '';
}

function isApp({ oauth }: ThreadsState, id: string | null, secret: string | null): boolean {
  return id === idOf(oauth) && secret === oauth.environment('threads')['PLATFORM_THREADS_CLIENT_SECRET'];
}
