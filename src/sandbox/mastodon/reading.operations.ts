import type { Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import { html, json, type SandboxResponse } from '../core/response.js';
import { escapeHtml } from '../core/markup.js';
import { apiOperation, type ApiCall } from './api.operation.js';
import { accountView, type MastodonAccount } from './mastodon.account.js';
import { notFound } from './mastodon.errors.js';
import { LIMITS } from './mastodon.rates.js';
import type { Caller, MastodonState } from './mastodon.state.js';
import type { Status } from './status.store.js';
import { contentOf, statusView } from './status.view.js';

const DEFAULT_PAGE = 20;
const MAX_PAGE = 40;
const READ = ['read:statuses'];
const PUBLIC_VISIBILITIES = ['public', 'unlisted'];

export function readingOperations(state: MastodonState): Operation[] {
  return [
    apiOperation(state, {
      name: 'accounts.verify_credentials',
      method: 'GET',
      path: '/api/v1/accounts/verify_credentials',
      run: ({ request, context }) => {
        const { account } = state.authorize(request, context, ['profile', 'read:accounts']);
        const source = { privacy: 'public', sensitive: false, language: 'en', note: '', fields: [] };
        return json(200, { ...accountView(account, state.base, statusesOf(state, account).length), source });
      },
    }),
    apiOperation(state, {
      name: 'accounts.statuses',
      method: 'GET',
      path: '/api/v1/accounts/:id/statuses',
      query: ['limit', 'max_id', 'since_id', 'min_id', 'exclude_reblogs'],
      run: (call) => accountStatuses(state, call),
    }),
    ...singleOperations(state),
  ];
}

function singleOperations(state: MastodonState): Operation[] {
  return [
    apiOperation(state, {
      name: 'statuses.read',
      method: 'GET',
      path: '/api/v1/statuses/:id',
      run: (call) => json(200, statusView(state, readable(state, call))),
    }),
    apiOperation(state, {
      name: 'statuses.list',
      method: 'GET',
      path: '/api/v1/statuses',
      query: ['id[]'],
      run: ({ request, context }) => {
        const caller = state.authorizeIfToken(request, context, READ);
        const found = request.query.getAll('id[]').flatMap((id) => state.store.statuses.get(id) ?? []);
        return json(
          200,
          found.filter((status) => maySee(status, caller)).map((status) => statusView(state, status)),
        );
      },
    }),
    apiOperation(state, {
      name: 'statuses.source',
      method: 'GET',
      path: '/api/v1/statuses/:id/source',
      run: (call) => {
        const { account } = state.authorize(call.request, call.context, READ);
        const status = readable(state, call);
        if (status.accountId !== account.id) throw notFound();
        return json(200, { id: status.id, text: status.text, spoiler_text: status.spoiler });
      },
    }),
    {
      name: 'statuses.page',
      host: null,
      method: 'GET',
      path: '/@:username/:id',
      visible: false,
      browser: true,
      handle: (request) => page(state, request),
    },
  ];
}

function maySee(status: Status, caller: Caller | null): boolean {
  return PUBLIC_VISIBILITIES.includes(status.visibility) || status.accountId === caller?.account.id;
}

function readable(state: MastodonState, { request, context }: ApiCall): Status {
  const caller = state.authorizeIfToken(request, context, READ);
  const status = state.store.statuses.get(param(request, 'id'));
  if (!status || !maySee(status, caller)) throw notFound();
  return status;
}

/** Newest first. */
function statusesOf(state: MastodonState, account: MastodonAccount): Status[] {
  return [...state.store.statuses.values()].filter(({ accountId }) => accountId === account.id).reverse();
}

function accountStatuses(state: MastodonState, { request, context, meter }: ApiCall): SandboxResponse {
  const caller = state.authorizeIfToken(request, context, READ);
  meter.take(LIMITS.paging, caller?.account.id ?? 'anonymous');
  const account = state.find(param(request, 'id'));
  if (!account) throw notFound();
  const latest = state.environment.clock.now() - state.settings.readLagMs;
  const seen = statusesOf(state, account)
    .filter((status) => maySee(status, caller))
    .filter(({ createdAt }) => Date.parse(createdAt) <= latest);
  const page = pageOf(seen, request.query);
  const link = linkHeader(state, request, page);
  return json(200, page.map((status) => statusView(state, status)), link === '' ? {} : { link }); // prettier-ignore
}

/** `max_id` and `since_id` cut a window and take its newest; `min_id` takes the ones right behind it. */
function pageOf(statuses: readonly Status[], query: URLSearchParams): Status[] {
  const limit = Math.min(Number(query.get('limit') ?? DEFAULT_PAGE) || DEFAULT_PAGE, MAX_PAGE);
  const [maxId, sinceId, minId] = [idOf(query, 'max_id'), idOf(query, 'since_id'), idOf(query, 'min_id')];
  const lowest = minId ?? sinceId;
  const window = statuses.filter(({ id }) => {
    const number = BigInt(id);
    return (maxId === null || number < maxId) && (lowest === null || number > lowest);
  });
  return minId === null ? window.slice(0, limit) : window.slice(-limit);
}

function idOf(query: URLSearchParams, name: string): bigint | null {
  const text = query.get(name) ?? '';
  return /^\d+$/.test(text) ? BigInt(text) : null;
}

function linkHeader(state: MastodonState, request: SandboxRequest, page: readonly Status[]): string {
  const [first, last] = [page[0], page.at(-1)];
  if (!first || !last) return '';
  const to = (name: string, id: string, rel: string): string => {
    const query = new URLSearchParams(request.query);
    for (const other of ['max_id', 'since_id', 'min_id']) query.delete(other);
    query.set(name, id);
    return `<${state.base}${request.path}?${query.toString()}>; rel="${rel}"`;
  };
  return `${to('max_id', last.id, 'next')}, ${to('min_id', first.id, 'prev')}`;
}

function page(state: MastodonState, request: SandboxRequest): SandboxResponse {
  const status = state.store.statuses.get(param(request, 'id'));
  const account = state.find(param(request, 'username'));
  if (!status || !account || status.accountId !== account.id || !maySee(status, null)) {
    return html(404, '<h1>The page you are looking for isn’t here.</h1>');
  }
  const title = `${escapeHtml(account.displayName)} (@${escapeHtml(account.username)})`;
  return html(
    200,
    `<!doctype html><meta charset="utf-8"><title>${title}</title><h1>${title}</h1>${contentOf(status.text, state.base)}`,
  );
}
