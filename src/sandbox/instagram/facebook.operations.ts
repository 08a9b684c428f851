import { facebookLogin, permissionRows } from '../core/graph/facebook.login.js';
import type { JsonObject } from '../core/json.js';
import type { IssuedToken } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GraphCall } from './graph.call.js';
import { invalid, missing, permissionMissing, refuse, tokenProblem } from './graph.errors.js';
import type { View } from './graph.fields.js';
import { graphOperation } from './graph.operation.js';
import { listed, PAGING } from './graph.paging.js';
import { FACEBOOK_APP, LONG_MS } from './instagram.oauth.js';
import { profileOf, type Person } from './instagram.person.js';
import type { InstagramState } from './instagram.state.js';

const APP_TOKEN = `${FACEBOOK_APP.clientId}|${FACEBOOK_APP.clientSecret}`;

/** The Facebook Login: consent, tokens, the pages with the accounts that are linked to them, permissions. */
export function facebookOperations(state: InstagramState): Operation[] {
  const only = { login: 'facebook' } as const;
  return [
    ...facebookLogin({
      ...{ oauth: state.facebook, app: FACEBOOK_APP, longMs: LONG_MS },
      decline: (account, scopes) => {
        declined(state, account, scopes);
      },
      exchangeable: (access) => exchangeable(state, access),
      appRefused: () => refuse({ code: 1, message: 'Error validating client secret.' }),
    }).map((operation) => ({ ...operation, name: operation.name.replace('oauth.', 'facebook.') })),
    ...graphOperation(state, {
      ...only,
      name: 'facebook.accounts',
      method: 'GET',
      path: '/me/accounts',
      params: PAGING,
      run: (call) => pages(state, call),
    }),
    ...graphOperation(state, {
      ...only,
      name: 'facebook.debug',
      method: 'GET',
      path: '/debug_token',
      params: ['input_token'],
      run: (call) => json(200, { data: debug(state, call) }),
    }),
    ...graphOperation(state, {
      ...only,
      name: 'facebook.permissions',
      method: 'GET',
      path: '/:id/permissions',
      run: (call) => json(200, { data: permissions(state, call) }),
    }),
    ...graphOperation(state, {
      ...only,
      name: 'facebook.revoke',
      method: 'DELETE',
      path: '/:id/permissions',
      run: (call) => revoke(state, call),
    }),
  ];
}

function declined(state: InstagramState, account: string | undefined, scopes: readonly string[]): void {
  const person = state.person(account ?? '') ?? state.people[0];
  if (person !== undefined) state.declined.set(person.facebook.id, [...scopes]);
}

function exchangeable(state: InstagramState, access: string | undefined): IssuedToken {
  const checked = state.facebook.check(access);
  if (!checked.ok) throw tokenProblem(checked.reason);
  return checked.token;
}

/** The person whose own token this is. */
function personOf(state: InstagramState, call: GraphCall): { person: Person; token: IssuedToken } {
  const token = call.token();
  const person = state.person(token.accountId);
  if (person === undefined || !['user', 'long'].includes(token.kind)) {
    throw invalid('This call needs the token of a person, not of a page');
  }
  return { person, token };
}

/** Every page of the person; one of them has no account that is linked to it. */
function pages(state: InstagramState, call: GraphCall): SandboxResponse {
  const { person, token } = personOf(state, call);
  if (!token.scopes.includes('pages_show_list')) throw permissionMissing('pages_show_list');
  const bare = {
    id: `1099${person.facebook.id.slice(4)}`,
    name: `${person.facebook.name}: page without Instagram`,
    instagram_business_account: undefined,
    tasks: [],
    access_token: tokenFor(state, token, { accountId: person.id, kind: 'bare' }),
  };
  const views = state.accountsOf(person).flatMap((account) => pageView(state, account, token));
  const base = state.environment.url('GRAPH');
  return listed(call, { views: [bare, ...views], usual: 'access_token,name,id,tasks', base });
}

function pageView(state: InstagramState, account: Person, token: IssuedToken): View[] {
  if (account.pageId === null) return [];
  const profile = profileOf(account, state.environment.url('AUTH'), 0);
  const linked = { ...profile, id: account.id };
  return [
    {
      id: account.pageId,
      name: `${account.name}: page`,
      tasks: ['ADVERTISE', 'ANALYZE', 'CREATE_CONTENT', 'MESSAGING', 'MODERATE', 'MANAGE'],
      access_token: tokenFor(state, token, { accountId: account.id, kind: 'page' }),
      instagram_business_account: token.scopes.includes('instagram_basic') ? linked : undefined,
    },
  ];
}

/** The token of a page does not end by itself when it comes from a long one. */
function tokenFor(
  { facebook, now }: InstagramState,
  { clientId, scopes, kind: from, expiresAt }: IssuedToken,
  wanted: { readonly accountId: string; readonly kind: 'page' | 'bare' },
): string {
  const left = expiresAt === null ? null : expiresAt - now;
  return facebook.issue({ ...wanted, clientId, scopes, lifetimeMs: from === 'long' ? null : left }).access;
}

/** Asked with the token of the app: `id|secret`. */
function debug(state: InstagramState, call: GraphCall): JsonObject {
  if (call.value('access_token') !== APP_TOKEN) throw invalid('You must provide an app access token');
  const checked = state.facebook.check(call.value('input_token'));
  if (!checked.ok) {
    const subcode = checked.reason === 'expired' ? 463 : 458;
    const error = { code: 190, subcode, message: 'Error validating access token' };
    return { app_id: FACEBOOK_APP.clientId, is_valid: false, scopes: [], error };
  }
  const { kind, scopes, expiresAt, accountId } = checked.token;
  return {
    app_id: FACEBOOK_APP.clientId,
    type: ['page', 'bare'].includes(kind) ? 'PAGE' : 'USER',
    is_valid: true,
    expires_at: expiresAt === null ? 0 : Math.floor(expiresAt / 1000),
    scopes: [...scopes],
    user_id: state.person(accountId)?.facebook.id ?? '',
  };
}

function permissions(state: InstagramState, call: GraphCall): JsonObject[] {
  const { person, token } = personOf(state, call);
  if (!['me', person.facebook.id].includes(call.part('id'))) throw missing('GET', call.part('id'));
  return permissionRows(token.scopes, state.declined.get(person.facebook.id) ?? []);
}

/** By the person's token, or by the app's for a person that it names. */
function revoke(state: InstagramState, call: GraphCall): SandboxResponse {
  const byApp = call.value('access_token') === APP_TOKEN;
  const asked = call.part('id');
  const own = byApp
    ? state.people.find(({ facebook }) => facebook.id === asked)
    : personOf(state, call).person;
  if (own === undefined || !['me', own.facebook.id].includes(asked)) throw missing('DELETE', asked);
  for (const { id } of state.accountsOf(own)) state.facebook.end(id, 'revoke');
  return json(200, { success: true });
}
