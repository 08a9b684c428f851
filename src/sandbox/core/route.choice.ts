import { parseBody } from './body.parser.js';
import { isJsonObject, type JsonObject } from './json.js';
import type { Operation } from './operation.js';
import type { Route } from './router.js';
import type { IncomingParts } from './strictness.js';

/** Of the operations that one method and path may mean, the one that is meant; where none says so, the last. */
export async function chooseRoute(routes: readonly Route[], parts: IncomingParts): Promise<Route | null> {
  for (const route of routes) {
    const { when } = route.operation;
    if (when === undefined || when(await givenTo(route.operation, parts), parts.headers)) return route;
  }
  return routes.at(-1) ?? null;
}

async function givenTo(operation: Operation, { query, headers, bytes }: IncomingParts): Promise<JsonObject> {
  const parsed = await parseBody(operation, bytes, headers['content-type'] ?? '');
  const fields =
    'problem' in parsed || parsed.body.kind === 'none' || parsed.body.kind === 'raw' ? {} : parsed.body.value;
  return { ...Object.fromEntries(query), ...(isJsonObject(fields) ? fields : {}) };
}
