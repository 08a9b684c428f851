import { copyJson, isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import type { BlueskyAccount, StoredRecord } from './bluesky.account.js';
import { blobCheck } from './blob.references.js';
import { internalError, invalidRequest, refuse } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';
import { recordCid } from './content.id.js';
import { postGate, threadGate } from './gate.lexicon.js';
import { postRecord } from './post.lexicon.js';
import { isTid } from './record.key.js';
import type { Check } from './lexicon.checks.js';

export interface RecordAddress {
  readonly collection: string;
  readonly rkey: string;
}

/** A record that passed every check and can be written. */
export interface PreparedRecord extends RecordAddress {
  readonly value: JsonObject;
  readonly cid: string;
}

/** What `swapRecord` asks for: nothing, no record, or this one. */
export type Swap = string | null | undefined;

export function addressOf(
  fields: JsonObject,
  rkey: string | undefined = stringAt(fields, 'rkey'),
): RecordAddress {
  const collection = stringAt(fields, 'collection');
  if (collection === undefined) throw invalidRequest('Input must have the property "collection"');
  if (rkey === undefined) throw invalidRequest('Input must have the property "rkey"');
  if (!/^[\w.~:-]{1,512}$/.test(rkey)) throw invalidRequest('Input/rkey must be a valid Record Key');
  return { collection, rkey };
}

export function prepare(
  state: BlueskyState,
  account: BlueskyAccount,
  address: RecordAddress,
  record: JsonValue | undefined,
): PreparedRecord {
  if (record === undefined || !isJsonObject(record)) throw invalidRequest('Input/record must be an object');
  const type = stringAt(record, '$type');
  if (type !== undefined && type !== address.collection) {
    throw invalidRequest(`Invalid $type: expected ${address.collection}, got ${type}`);
  }
  const value = { ...copyJson(record), $type: address.collection };
  checkOf(state, account, address.collection)(value, '$.record');
  if (!isTid(address.rkey))
    throw invalidRequest(`Invalid record key for ${address.collection}: expected a TID`);
  return { ...address, value, cid: recordCid(value) };
}

function checkOf(state: BlueskyState, account: BlueskyAccount, collection: string): Check {
  switch (collection) {
    case 'app.bsky.feed.post':
      return postRecord((limits) => blobCheck(account, limits), state.settings.maxImageBytes);
    case 'app.bsky.feed.threadgate':
      return threadGate;
    case 'app.bsky.feed.postgate':
      return postGate;
    default:
      throw invalidRequest(`Could not find lexicon: ${collection}`);
  }
}

export function checkSwap(current: StoredRecord | undefined, swap: Swap): void {
  if (swap === undefined || swap === (current?.cid ?? null)) return;
  throw refuse(400, 'InvalidSwap', `Record was at ${current?.cid ?? 'null'}`);
}

/** Upstream answers 500 to a record key that exists. */
export function refuseExisting(account: BlueskyAccount, { collection, rkey }: RecordAddress): void {
  if (account.record(collection, rkey)) throw internalError();
}

export function write(state: BlueskyState, account: BlueskyAccount, prepared: PreparedRecord): StoredRecord {
  const { collection, rkey, cid, value } = prepared;
  const indexedAt = state.environment.clock.iso();
  const record: StoredRecord = {
    uri: account.uri(collection, rkey),
    collection,
    rkey,
    cid,
    value,
    indexedAt,
  };
  account.records.set(`${collection}/${rkey}`, record);
  return record;
}

export function commitOf(state: BlueskyState): JsonObject {
  const rev = state.keys.next();
  return { cid: recordCid({ rev }), rev };
}
