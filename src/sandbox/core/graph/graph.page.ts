import type { JsonObject } from '../json.js';
import type { SandboxRequest } from '../request.js';
import { json, type SandboxResponse } from '../response.js';

/** An edge of Meta's Graph API, and which page of it is asked for. */
export interface GraphEdge<T> {
  readonly items: readonly T[];
  readonly limit: number;
  /** A cursor that an earlier page has named. */
  readonly after: string | undefined;
  /** Address of the host, for `paging.next`. */
  readonly base: string;
  readonly view: (item: T) => JsonObject;
}

/** A page of an edge, with cursors and the absolute address of the next. */
export function graphPage<T>(
  request: SandboxRequest,
  { items, limit, after, base, view }: GraphEdge<T>,
): SandboxResponse {
  const from = positionOf(after);
  const shown = items.slice(from, from + limit);
  const data = shown.map(view);
  if (shown.length === 0) return json(200, { data });
  const end = from + shown.length;
  const cursors = { before: cursor(from), after: cursor(end) };
  const next = end < items.length ? { next: nextOf(request, base, cursors.after) } : {};
  return json(200, { data, paging: { cursors, ...next } });
}

function nextOf({ path, query }: SandboxRequest, base: string, after: string): string {
  const url = new URL(base + path);
  for (const [name, value] of query) url.searchParams.set(name, value);
  url.searchParams.set('after', after);
  return url.href;
}

function cursor(position: number): string {
  return Buffer.from(`at:${position}`).toString('base64url');
}

function positionOf(value: string | undefined): number {
  const [, position = '0'] = /^at:(\d+)$/.exec(Buffer.from(value ?? '', 'base64url').toString()) ?? [];
  return Number(position);
}
