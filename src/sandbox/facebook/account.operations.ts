import type { JsonObject } from '../core/json.js';
import type { IssuedToken } from '../core/oauth/index.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import { missing } from './facebook.errors.js';
import type { Page } from './facebook.model.js';
import type { FacebookState } from './facebook.state.js';
import { pick, type View } from './graph.fields.js';
import { graphOperation, type GraphCall } from './graph.operation.js';
import { listed, PAGING } from './graph.paging.js';

const USUAL_PAGE = ['name', 'id'];

/** Who logged in, and the pages that they may act for, each with a token of its own. */
export function accountOperations(state: FacebookState): Operation[] {
  const pagesOf = (name: string, path: string, held: Page['held']): Operation =>
    graphOperation(state, {
      name,
      method: 'GET',
      path,
      params: PAGING,
      run: (call) => pages(state, call, held),
    });
  return [
    graphOperation(state, { name: 'me', method: 'GET', path: '/me', run: (call) => me(state, call) }),
    pagesOf('accounts.list', '/me/accounts', 'role'),
    graphOperation(state, {
      name: 'businesses.list',
      method: 'GET',
      path: '/me/businesses',
      params: PAGING,
      run: (call) => {
        const token = call.userToken();
        call.need(token, ['business_management']);
        const has = state.pagesOf(token).some(({ held }) => held !== 'role');
        const user = state.page(token.accountId)?.user;
        const views = has && user ? [{ id: user.businessId, name: `${user.name}, business` }] : [];
        return listed(call, {
          views,
          usual: USUAL_PAGE,
          node: 'Business',
          base: state.environment.url('API'),
        });
      },
    }),
    pagesOf('business.owned', '/:business/owned_pages', 'owned'),
    pagesOf('business.clients', '/:business/client_pages', 'client'),
  ];
}

/** Of a page's token, `me` is the page. */
function me(state: FacebookState, call: GraphCall): SandboxResponse {
  const token = call.token();
  const page = state.page(token.accountId);
  if (page === undefined) throw missing('GET', 'me');
  if (token.kind === 'page') {
    return json(200, pick(pageView(state, page, token), call.text('fields'), USUAL_PAGE, 'Page'));
  }
  const { id, name } = page.user;
  return json(200, pick({ id, name, email: undefined }, call.text('fields'), USUAL_PAGE, 'User'));
}

function pages(state: FacebookState, call: GraphCall, held: Page['held']): SandboxResponse {
  const token = call.userToken();
  call.need(token, held === 'role' ? ['pages_show_list'] : ['business_management']);
  const user = state.page(token.accountId)?.user;
  if (held !== 'role' && user?.businessId !== call.id('business')) throw missing('GET', call.id('business'));
  const found = state.pagesOf(token).filter((page) => page.held === held);
  const views = found.map((page) => pageView(state, page, token));
  const usual = ['access_token', 'name', 'id', 'tasks'];
  return listed(call, { views, usual, node: 'Page', base: state.environment.url('API') });
}

/** What a page tells to the bearer of this token. */
export function pageView(state: FacebookState, page: Page, token: IssuedToken): View {
  const picture = `${state.environment.url('AUTH')}/${page.id}/picture`;
  return {
    id: page.id,
    name: page.name,
    username: page.username,
    link: `${state.environment.url('AUTH')}/${page.id}`,
    category: 'Local business',
    // Asked for only on demand: reading it makes a token.
    get access_token() {
      return pageToken(state, page, token);
    },
    tasks: [...page.tasks],
    picture: { data: { url: picture, is_silhouette: true, width: 200, height: 200 } } satisfies JsonObject,
    followers_count: 12,
    fan_count: 12,
    is_published: true,
    has_transitioned_to_new_page_experience: true,
  };
}

/** The page's token does not end by itself when it comes from a long one. */
function pageToken(state: FacebookState, page: Page, token: IssuedToken): string {
  if (token.kind === 'page') return token.access;
  const { clientId, scopes, kind, expiresAt } = token;
  const left = expiresAt === null ? null : expiresAt - state.environment.clock.now();
  const lifetimeMs = kind === 'long' ? null : left;
  return state.oauth.issue({ accountId: page.id, clientId, scopes, kind: 'page', lifetimeMs }).access;
}
