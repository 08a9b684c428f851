import { facebookLogin, permissionRows } from '../core/graph/facebook.login.js';
import type { JsonObject } from '../core/json.js';
import type { IssuedToken } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { invalid, missing, refuse } from './facebook.errors.js';
import { APP, LONG_MS } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { graphOperation, tokenEnded, type GraphCall } from './graph.operation.js';

/** Consent, the ways from a code to a page's token, and what tells about tokens. */
export function loginOperations(state: FacebookState): Operation[] {
  return [
    ...facebookLogin({
      ...{ oauth: state.oauth, app: APP, longMs: LONG_MS },
      decline: (account, scopes) => {
        declined(state, account, scopes);
      },
      exchangeable: (access) => exchangeable(state, access),
      appRefused: () => refuse({ code: 1, message: 'Error validating client secret.' }),
    }),
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

function declined(state: FacebookState, account: string | undefined, scopes: readonly string[]): void {
  const page = state.page(account ?? '') ?? state.pages[0];
  if (page !== undefined) state.declined.set(page.user.id, [...scopes]);
}

function exchangeable(state: FacebookState, access: string | undefined): IssuedToken {
  const checked = state.oauth.check(access);
  if (!checked.ok) throw tokenEnded(checked.reason, state.settings.revokedSubcode);
  if (checked.token.kind === 'page') throw invalid('The token of a page cannot be exchanged');
  return checked.token;
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
  return permissionRows(token.scopes, state.declined.get(user) ?? []);
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
