import type { JsonObject } from '../core/json.js';
import { json, type SandboxResponse } from '../core/response.js';
import { invalid } from './pinterest.errors.js';

export const PAGING = ['page_size', 'bookmark'];

const DEFAULT_SIZE = 25;
const MAX_SIZE = 250;

/** One page of a list, and the bookmark of the next. */
export function pageOf<T>(
  query: URLSearchParams,
  all: readonly T[],
  view: (item: T) => JsonObject,
): SandboxResponse {
  const size = Number(query.get('page_size') ?? DEFAULT_SIZE);
  if (!Number.isInteger(size) || size < 1 || size > MAX_SIZE) throw invalid('page_size');
  const from = startOf(query.get('bookmark'));
  const items = all.slice(from, from + size).map(view);
  const next = from + size;
  const bookmark = next < all.length ? Buffer.from(`start:${next}`).toString('base64url') : null;
  return json(200, { items, bookmark });
}

function startOf(bookmark: string | null): number {
  if (bookmark === null) return 0;
  const [, start] = /^start:(\d+)$/.exec(Buffer.from(bookmark, 'base64url').toString('utf8')) ?? [];
  if (start === undefined) throw invalid('bookmark');
  return Number(start);
}
