import type { JsonObject } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BlueskyAccount, StoredRecord } from './bluesky.account.js';
import { invalidRequest, refuse } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';

const DEFAULT_PAGE = 50;
const MAX_PAGE = 100;

/** Reading a repository; nobody has to be logged in. */
export function readingOperations(state: BlueskyState): Operation[] {
  const base = { host: 'API', method: 'GET', visible: false } as const;
  return [
    {
      ...base,
      name: 'com.atproto.repo.getRecord',
      path: '/xrpc/com.atproto.repo.getRecord',
      query: ['repo', 'collection', 'rkey', 'cid'],
      handle: ({ query }) => getRecord(state, query),
    },
    {
      ...base,
      name: 'com.atproto.repo.listRecords',
      path: '/xrpc/com.atproto.repo.listRecords',
      query: ['repo', 'collection', 'limit', 'cursor', 'reverse'],
      handle: ({ query }) => listRecords(state, query),
    },
  ];
}

function getRecord(state: BlueskyState, query: URLSearchParams): SandboxResponse {
  const account = repositoryOf(state, query);
  const [collection, rkey] = [required(query, 'collection'), required(query, 'rkey')];
  const record = account.record(collection, rkey);
  const cid = query.get('cid');
  if (!record || (cid !== null && cid !== record.cid)) {
    throw refuse(400, 'RecordNotFound', `Could not locate record: ${account.uri(collection, rkey)}`);
  }
  return json(200, viewOf(record));
}

function listRecords(state: BlueskyState, query: URLSearchParams): SandboxResponse {
  const account = repositoryOf(state, query);
  const collection = required(query, 'collection');
  const limit = Number(query.get('limit') ?? DEFAULT_PAGE);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw invalidRequest(`Error: limit can not be ${limit < 1 ? 'less than 1' : `greater than ${MAX_PAGE}`}`);
  }
  const ascending = query.get('reverse') === 'true';
  const cursor = query.get('cursor');
  const records = [...account.records.values()]
    .filter((record) => record.collection === collection)
    .filter(({ rkey }) => cursor === null || (ascending ? rkey > cursor : rkey < cursor))
    .sort((one, other) => (one.rkey < other.rkey ? -1 : 1) * (ascending ? 1 : -1))
    .slice(0, limit);
  const last = records.at(-1);
  return json(200, { records: records.map(viewOf), ...(last ? { cursor: last.rkey } : {}) });
}

function repositoryOf(state: BlueskyState, query: URLSearchParams): BlueskyAccount {
  const repo = required(query, 'repo');
  const account = state.find(repo);
  if (!account) throw invalidRequest(`Could not find repo: ${repo}`);
  return account;
}

function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value === null || value === '') throw invalidRequest(`Error: Params must have the property "${name}"`);
  return value;
}

function viewOf({ uri, cid, value }: StoredRecord): JsonObject {
  return { uri, cid, value };
}
