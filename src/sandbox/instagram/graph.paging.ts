import type { JsonObject } from '../core/json.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { GraphCall } from './graph.call.js';
import { invalid } from './graph.errors.js';
import { pick, type View } from './graph.fields.js';

export const PAGING = ['fields', 'limit', 'after', 'before', 'since', 'until'];

const PAGE = { usual: 25, most: 100 };

export interface Listing {
  readonly views: readonly View[];
  readonly usual: string;
  /** Address of the host, for `paging.next`. */
  readonly base: string;
}

/** A page of an edge, with cursors and the absolute address of the next. */
export function listed(call: GraphCall, { views, usual, base }: Listing): SandboxResponse {
  const limit = Number(call.value('limit') ?? PAGE.usual);
  if (!(limit >= 1 && limit <= PAGE.most)) throw invalid(`Param limit must be 1 to ${PAGE.most}`);
  const from = positionOf(call.value('after'));
  const shown = views.slice(from, from + limit);
  const data = shown.map((view) => pick(view, call.value('fields'), usual));
  if (shown.length === 0) return json(200, { data });
  const end = from + shown.length;
  const cursors = { before: cursor(from), after: cursor(end) };
  const paging: JsonObject = { cursors };
  if (end < views.length) paging['next'] = nextOf(call, base, cursors.after);
  return json(200, { data, paging });
}

/** Seconds since 1970, or a date. */
export function timeOf(call: GraphCall, name: string): number | null {
  const value = call.value(name);
  if (value === undefined) return null;
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) throw invalid(`Param ${name} must be a time`);
  return time;
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

function positionOf(value: string | undefined): number {
  const [, position = '0'] = /^at:(\d+)$/.exec(Buffer.from(value ?? '', 'base64url').toString()) ?? [];
  return Number(position);
}
