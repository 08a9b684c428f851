import type { SandboxRequest } from '../core/request.js';
import { badRequest } from './google.errors.js';

export interface Page<T> {
  readonly items: readonly T[];
  readonly next: { readonly nextPageToken: string } | Record<string, never>;
}

export interface Paging {
  readonly usual: number;
  readonly most: number;
}

/** A page of a list; the token names the last item of the page before. */
export function pageOf<T extends { readonly id: string }>(
  { query }: SandboxRequest,
  all: readonly T[],
  { usual, most }: Paging,
): Page<T> {
  const size = sizeOf(query.get('pageSize'), usual);
  const token = query.get('pageToken') ?? '';
  const last = Buffer.from(token, 'base64url').toString('utf8');
  const at = token === '' ? -1 : all.findIndex(({ id }) => id === last);
  if (token !== '' && at < 0) throw badRequest('page_token', 'Invalid page token.');
  const items = all.slice(at + 1, at + 1 + Math.min(size, most));
  const end = items.at(-1);
  const more = end !== undefined && all.at(-1) !== end;
  return { items, next: more ? { nextPageToken: Buffer.from(end.id).toString('base64url') } : {} };
}

/** More than the most is taken as the most. */
function sizeOf(given: string | null, usual: number): number {
  if (given === null) return usual;
  if (!/^\d{1,9}$/.test(given))
    throw badRequest('page_size', `Invalid value at 'page_size' (TYPE_INT32), "${given}"`);
  return Number(given) === 0 ? usual : Number(given);
}
