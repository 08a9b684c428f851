import { stringAt, type JsonObject } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { accepted, json, type SandboxResponse } from '../core/response.js';
import { invalidRequest } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';
import { WRITE_POINTS } from './rate.limits.js';
import { recordFields } from './record.fields.js';
import {
  addressOf,
  checkSwap,
  commitOf,
  prepare,
  refuseExisting,
  write,
  type Swap,
} from './repository.writes.js';

export function repositoryOperations(state: BlueskyState): Operation[] {
  const base = { host: 'API', method: 'POST' } as const;
  const target = ['repo', 'collection', 'rkey', 'swapCommit'];
  return [
    {
      ...base,
      name: 'com.atproto.repo.putRecord',
      path: '/xrpc/com.atproto.repo.putRecord',
      visible: true,
      body: [{ kind: 'json', fields: [...target, 'swapRecord', 'validate', ...recordFields('record')] }],
      handle: (request, context) => putRecord(state, request, context),
    },
    {
      ...base,
      name: 'com.atproto.repo.createRecord',
      path: '/xrpc/com.atproto.repo.createRecord',
      visible: true,
      body: [{ kind: 'json', fields: [...target, 'validate', ...recordFields('record')] }],
      handle: (request, context) => createRecord(state, request, context),
    },
    {
      ...base,
      name: 'com.atproto.repo.deleteRecord',
      path: '/xrpc/com.atproto.repo.deleteRecord',
      visible: false,
      body: [{ kind: 'json', fields: [...target, 'swapRecord'] }],
      handle: (request, context) => deleteRecord(state, request, context),
    },
  ];
}

function putRecord(state: BlueskyState, request: SandboxRequest, context: OperationContext): SandboxResponse {
  const account = state.authorizeWrite(request, context);
  const fields = fieldsOf(request);
  const address = addressOf(fields);
  const current = account.record(address.collection, address.rkey);
  const headers = state.rates.write(account.did, current ? WRITE_POINTS.update : WRITE_POINTS.create);
  const prepared = prepare(state, account, address, fields['record']);
  if (current?.cid === prepared.cid) {
    const same = { uri: current.uri, cid: current.cid, validationStatus: 'valid' };
    return accepted(json(200, same, headers), false);
  }
  checkSwap(current, swapOf(fields));
  const { uri, cid } = write(state, account, prepared);
  return json(200, { uri, cid, commit: commitOf(state), validationStatus: 'valid' }, headers);
}

function createRecord(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = state.authorizeWrite(request, context);
  const headers = state.rates.write(account.did, WRITE_POINTS.create);
  const fields = fieldsOf(request);
  const address = addressOf(fields, stringAt(fields, 'rkey') ?? state.keys.next());
  const prepared = prepare(state, account, address, fields['record']);
  refuseExisting(account, address);
  const { uri, cid } = write(state, account, prepared);
  return json(200, { uri, cid, commit: commitOf(state), validationStatus: 'valid' }, headers);
}

function deleteRecord(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = state.authorizeWrite(request, context);
  const headers = state.rates.write(account.did, WRITE_POINTS.delete);
  const fields = fieldsOf(request);
  const { collection, rkey } = addressOf(fields);
  const current = account.record(collection, rkey);
  if (!current) return accepted(json(200, {}, headers), false);
  checkSwap(current, swapOf(fields));
  account.records.delete(`${collection}/${rkey}`);
  return json(200, { commit: commitOf(state) }, headers);
}

function swapOf(fields: JsonObject): Swap {
  const swap = fields['swapRecord'];
  if (swap === undefined || swap === null || typeof swap === 'string') return swap;
  throw invalidRequest('Input/swapRecord must be a cid string or null');
}
