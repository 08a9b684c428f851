import { objectAt, stringAt, type JsonObject } from '../core/json.js';

/** URI of what a post quotes, with media or without. */
export function quotedBy(post: JsonObject): string | undefined {
  const record = objectAt(objectAt(post, 'embed') ?? {}, 'record') ?? {};
  return stringAt(objectAt(record, 'record') ?? record, 'uri');
}
