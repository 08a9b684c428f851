import { arrayAt, describeJson, type JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { accepted, json, Refusal, type SandboxResponse } from '../core/response.js';
import { graphError, invalid, missing } from './facebook.errors.js';
import { APP, LONG_MS } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, tokenEnded, type GraphCall } from './graph.operation.js';
import { textOf } from './graph.values.js';

/** Consent, the ways from a code to a page's token, and what tells about tokens. */
export function loginOperations(state: FacebookState): Operation[] {
  return [
    ...state.oauth.operations().map((operation) => asFacebook(state, operation)),
    graphOperation(state, {
      name: 'token.debug',
      method: 'GET',
      path: '/debug_token',
      params: ['input_token'],
      run: (call) => json(200, { data: debug(state, call) }),
    }),
    graphOperation(state, {
      name: 'permissions.list',
      method: 'GET',
      path: '/:id/permissions',
      run: (call) => json(200, { data: permissions(state, call) }),
    }),
    graphOperation(state, {
      name: 'permissions.revoke',
      method: 'DELETE',
      path: '/:id/permissions',
      run: (call) => revoke(state, call),
    }),
  ];
}

/** What Facebook adds to the usual OAuth2: why a person said no, what they left out, and the exchange for a long token. */
function asFacebook(state: FacebookState, operation: Operation): Operation {
  switch (operation.name) {
    case 'oauth.consent':
      return {
        ...operation,
        handle: async (request, context) => {
          const answer = await operation.handle(request, context);
          rememberDeclined(state, request);
          return withReason(answer);
        },
      };
    case 'oauth.token':
      return {
        ...operation,
        handle: (request, context) =>
          request.query.get('grant_type') === 'fb_exchange_token'
            ? lengthen(state, request)
            : operation.handle(request, context),
      };
    default:
      return operation;
  }
}

function rememberDeclined(state: FacebookState, request: SandboxRequest): void {
  const fields = fieldsOf(request);
  const page = state.page(textOf(fields, 'account') ?? '') ?? state.pages[0];
  if (page === undefined) return;
  state.declined.set(page.user.id, (arrayAt(fields, 'declined') ?? []).map(describeJson));
}

function withReason(answer: SandboxResponse): SandboxResponse {
  const location = new URL(answer.headers['location'] ?? '');
  if (location.searchParams.get('error') !== 'access_denied') return answer;
  location.searchParams.set('error_code', '200');
  location.searchParams.set('error_reason', 'user_denied');
  return { ...answer, headers: { ...answer.headers, location: location.href } };
}

function lengthen(state: FacebookState, { query }: SandboxRequest): SandboxResponse {
  if (query.get('client_id') !== APP.clientId || query.get('client_secret') !== APP.clientSecret) {
    throw new Refusal(graphError({ code: 1, message: 'Error validating client secret.' }));
  }
  const checked = state.oauth.check(query.get('fb_exchange_token') ?? undefined);
  if (!checked.ok) throw tokenEnded(checked.reason, state.settings.revokedSubcode);
  if (checked.token.kind === 'page') throw invalid('The token of a page cannot be exchanged');
  const { accountId, clientId, scopes } = checked.token;
  const { access } = state.oauth.issue({ accountId, clientId, scopes, kind: 'long', lifetimeMs: LONG_MS });
  return accepted(
    json(200, { access_token: access, token_type: 'bearer', expires_in: LONG_MS / 1000 }),
    true,
  );
}

/** Asked with the token of the app: `id|secret`. */
function debug(state: FacebookState, call: GraphCall): JsonObject {
  if (call.text('access_token') !== `${APP.clientId}|${APP.clientSecret}`) {
    throw invalid('You must provide an app access token, or a user access token of an owner of the app');
  }
  const checked = state.oauth.check(call.text('input_token'));
  if (!checked.ok) {
    const subcode = checked.reason === 'expired' ? 463 : state.settings.revokedSubcode;
    const error = { code: 190, subcode, message: 'Error validating access token' };
    return { app_id: APP.clientId, is_valid: false, scopes: [], error };
  }
  const { kind, scopes, expiresAt, accountId } = checked.token;
  const seconds = expiresAt === null ? 0 : Math.floor(expiresAt / 1000);
  return {
    app_id: APP.clientId,
    type: kind === 'page' ? 'PAGE' : 'USER',
    is_valid: true,
    expires_at: seconds,
    data_access_expires_at: Math.floor((checked.token.issuedAt + 1.5 * LONG_MS) / 1000),
    scopes: [...scopes],
    granular_scopes: scopes.map((scope) => ({
      scope,
      target_ids: state.pagesOf({ accountId }).map(({ id }) => id),
    })),
    ...(kind === 'page' ? { profile_id: accountId } : {}),
    user_id: state.page(accountId)?.user.id ?? '',
  };
}

function permissions(state: FacebookState, call: GraphCall): JsonObject[] {
  const token = call.userToken();
  const user = state.page(token.accountId)?.user.id ?? '';
  if (!['me', user].includes(call.id())) throw missing('GET', call.id());
  return [
    ...token.scopes.map((permission) => ({ permission, status: 'granted' })),
    ...(state.declined.get(user) ?? []).map((permission) => ({ permission, status: 'declined' })),
  ];
}

/** By the person's token, or by the app's for a person that it names. */
function revoke(state: FacebookState, call: GraphCall): SandboxResponse {
  const byApp = call.text('access_token') === `${APP.clientId}|${APP.clientSecret}`;
  const user = byApp ? call.id() : state.page(call.userToken().accountId)?.user.id;
  const page = state.pages.find((candidate) => candidate.user.id === user);
  if (page === undefined || !['me', user].includes(call.id())) throw missing('DELETE', call.id());
  state.endTokens(page, 'revoke');
  return json(200, { success: true });
}
