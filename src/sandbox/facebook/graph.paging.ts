import { graphPage } from '../core/graph/graph.page.js';
import type { JsonObject } from '../core/json.js';
import type { SandboxResponse } from '../core/response.js';
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
  const view = (item: View): JsonObject => pick(item, call.text('fields'), usual, node);
  return graphPage(call.request, { items: views, limit, after: call.text('after'), base, view });
}
