import type { JsonObject } from '../core/json.js';
import { param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { ApiCall } from './api.operation.js';
import { listOf, readingOf } from './field.lists.js';
import type { Post } from './post.js';
import { postView } from './post.view.js';
import { includesOf } from './reading.includes.js';
import { invalid, notFoundError } from './x.errors.js';
import type { XState } from './x.state.js';

const PAGE = { fewest: 5, most: 100, usual: 10 } as const;
const REACH = 3_200;

/** Posts of one person, the newest first, in pages. */
export function timeline(state: XState, { request, person }: ApiCall): SandboxResponse {
  const id = param(request, 'id');
  const reading = readingOf(request);
  const size = pageSizeOf(request);
  const author = state.person(id);
  if (author === undefined || (author.isProtected && author.id !== person.id)) {
    return json(200, { errors: [notFoundError('user', 'id', id)] });
  }
  const seen = state.posts.seen(state.settings.readLagMs);
  const own = seen.filter(({ authorId }) => authorId === id).slice(0, REACH);
  const wanted = own.filter(within(request));
  const from = startOf(request);
  const page = wanted.slice(from, from + size);
  const views = page.map((post) => postView(state, post, { ...reading, readerId: person.id }));
  return json(200, {
    ...(views.length === 0 ? {} : { data: views }),
    ...includesOf(state, page, reading),
    meta: metaOf(page, { from, size, all: wanted.length }),
  });
}

function metaOf(
  page: readonly Post[],
  { from, size, all }: { from: number; size: number; all: number },
): JsonObject {
  const [newest, oldest] = [page[0], page.at(-1)];
  return {
    result_count: page.length,
    ...(newest === undefined ? {} : { newest_id: newest.id }),
    ...(oldest === undefined ? {} : { oldest_id: oldest.id }),
    ...(from + size < all ? { next_token: tokenOf(from + size) } : {}),
    ...(from > 0 ? { previous_token: tokenOf(Math.max(0, from - size)) } : {}),
  };
}

function pageSizeOf({ query }: SandboxRequest): number {
  const given = query.get('max_results');
  if (given === null) return PAGE.usual;
  const size = Number(given);
  if (Number.isInteger(size) && size >= PAGE.fewest && size <= PAGE.most) return size;
  const message = `The \`max_results\` query parameter value [${given}] is not between ${PAGE.fewest} and ${PAGE.most}`;
  throw invalid(message, { max_results: [given] });
}

function startOf({ query }: SandboxRequest): number {
  const given = query.get('pagination_token');
  if (given === null) return 0;
  const start = Number(/^p(\d+)$/.exec(Buffer.from(given, 'base64url').toString())?.[1] ?? NaN);
  if (Number.isNaN(start)) {
    throw invalid(`The \`pagination_token\` query parameter value [${given}] is not valid`, {});
  }
  return start;
}

function tokenOf(start: number): string {
  return Buffer.from(`p${start}`).toString('base64url');
}

function within(request: SandboxRequest): (post: Post) => boolean {
  const [start, end] = [timeOf(request, 'start_time'), timeOf(request, 'end_time')];
  const [since, until] = [idOf(request, 'since_id'), idOf(request, 'until_id')];
  const excluded = listOf(request, 'exclude', ['retweets', 'replies']);
  return ({ id, createdAt, replyTo }) =>
    (start === null || createdAt >= start) &&
    (end === null || createdAt < end) &&
    (since === null || BigInt(id) > since) &&
    (until === null || BigInt(id) < until) &&
    !(excluded.includes('replies') && replyTo !== null);
}

/** RFC 3339 in UTC, as the documentation writes it. */
function timeOf({ query }: SandboxRequest, name: string): number | null {
  const given = query.get(name);
  if (given === null) return null;
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(given)) return Date.parse(given);
  throw invalid(`The \`${name}\` query parameter value [${given}] is not a valid RFC3339 date-time`, {
    [name]: [given],
  });
}

function idOf({ query }: SandboxRequest, name: string): bigint | null {
  const given = query.get(name);
  if (given === null) return null;
  if (/^[0-9]{1,19}$/.test(given)) return BigInt(given);
  throw invalid(`The \`${name}\` query parameter value [${given}] is not valid`, { [name]: [given] });
}
