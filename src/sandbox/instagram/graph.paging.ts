import { graphPage } from '../core/graph/graph.page.js';
import type { JsonObject } from '../core/json.js';
import type { SandboxResponse } from '../core/response.js';
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
  const view = (item: View): JsonObject => pick(item, call.value('fields'), usual);
  return graphPage(call.request, { items: views, limit, after: call.value('after'), base, view });
}

/** Seconds since 1970, or a date. */
export function timeOf(call: GraphCall, name: string): number | null {
  const value = call.value(name);
  if (value === undefined) return null;
  const time = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  if (Number.isNaN(time)) throw invalid(`Param ${name} must be a time`);
  return time;
}
