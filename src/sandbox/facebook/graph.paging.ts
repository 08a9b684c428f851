import type { JsonObject } from '../core/json.js';
import { json, type SandboxResponse } from '../core/response.js';
import { pick, type View } from './graph.fields.js';
import type { GraphCall } from './graph.operation.js';
import { numberOf } from './graph.values.js';

export const PAGING = ['limit', 'after', 'before', 'since', 'until'];

const LIMIT = 25;
const MOST = 100;

export interface Listing {
  readonly views: readonly View[];
  readonly usual: readonly string[];
  readonly node: string;
  /** Address of the host, for `paging.next`. */
  readonly base: string;
}

/** A page of an edge, with cursors and the absolute address of the next. */
export function listed(call: GraphCall, { views, usual, node, base }: Listing): SandboxResponse {
  const limit = Math.max(1, Math.min(MOST, numberOf(call.given, 'limit') ?? LIMIT));
  const from = cursorOf(call.text('after'));
  const shown = views.slice(from, from + limit);
  const data = shown.map((view) => pick(view, call.text('fields'), usual, node));
  if (shown.length === 0) return json(200, { data });
  const end = from + shown.length;
  const cursors = { before: cursor(from), after: cursor(end) };
  const paging: JsonObject = { cursors };
  if (end < views.length) paging['next'] = nextOf(call, base, cursors.after);
  return json(200, { data, paging });
}

function nextOf(call: GraphCall, base: string, after: string): string {
  const url = new URL(base + call.request.path);
  for (const [name, value] of call.request.query) url.searchParams.set(name, value);
  url.searchParams.set('after', after);
  return url.href;
}

function cursor(position: number): string {
  return Buffer.from(`at:${position}`).toString('base64url');
}

function cursorOf(value: string | undefined): number {
  const [, position = '0'] = /^at:(\d+)$/.exec(Buffer.from(value ?? '', 'base64url').toString()) ?? [];
  return Number(position);
}
