import { arrayAt, isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import type { BlueskyAccount, StoredRecord } from './bluesky.account.js';

/** What apps make of the gates of a post. */
export interface PostGates {
  /** Names of the rules; null: everybody may reply. */
  readonly replies: readonly string[] | null;
  readonly quotes: boolean;
}

/** A gate counts when it has the key of the post and names it. Replies are ruled by the first post of a thread. */
export function gatesOf(account: BlueskyAccount, { uri, rkey }: StoredRecord): PostGates {
  const gate = (collection: string): JsonObject => {
    const value = account.record(collection, rkey)?.value ?? {};
    return stringAt(value, 'post') === uri ? value : {};
  };
  const allow = arrayAt(gate('app.bsky.feed.threadgate'), 'allow');
  const rules = arrayAt(gate('app.bsky.feed.postgate'), 'embeddingRules') ?? [];
  return { replies: allow?.map(nameOf) ?? null, quotes: rules.length === 0 };
}

function nameOf(rule: JsonValue): string {
  const type = isJsonObject(rule) ? (stringAt(rule, '$type') ?? '') : '';
  return type.slice(type.indexOf('#') + 1);
}
