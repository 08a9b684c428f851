import { createHash } from 'node:crypto';
import type { JsonObject } from '../core/json.js';

/** A resource with its kind and etag; of its parts those that were asked for. */
export function resource(kind: string, id: string, parts: JsonObject, asked: readonly string[]): JsonObject {
  const shown = Object.fromEntries(Object.entries(parts).filter(([name]) => asked.includes(name)));
  return { kind: `youtube#${kind}`, etag: etagOf(parts), id, ...shown };
}

/** An answer that lists; `next` is the token of the page behind it. */
export function listing(
  kind: string,
  items: JsonObject[],
  total: number,
  next: string | null = null,
): JsonObject {
  return {
    kind: `youtube#${kind}ListResponse`,
    etag: etagOf(items),
    ...(next === null ? {} : { nextPageToken: next }),
    pageInfo: { totalResults: total, resultsPerPage: items.length },
    items,
  };
}

export function etagOf(value: unknown): string {
  return createHash('sha1').update(JSON.stringify(value)).digest('base64url');
}
