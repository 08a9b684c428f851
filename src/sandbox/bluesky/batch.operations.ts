import { arrayAt, isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BlueskyAccount } from './bluesky.account.js';
import { internalError, invalidRequest } from './bluesky.errors.js';
import type { BlueskyState } from './bluesky.state.js';
import { WRITE_POINTS } from './rate.limits.js';
import { recordFields } from './record.fields.js';
import { addressOf, commitOf, prepare, refuseExisting, write } from './repository.writes.js';

const MAX_WRITES = 200;
const KINDS = ['create', 'update', 'delete'] as const;
type WriteKind = (typeof KINDS)[number];

/** A write whose checks have passed; running it cannot fail. */
interface PreparedWrite {
  readonly kind: WriteKind;
  readonly run: () => JsonObject;
}

/** Many records in one commit: all or nothing. */
export function batchOperations(state: BlueskyState): Operation[] {
  const write = ['writes[].$type', 'writes[].collection', 'writes[].rkey', ...recordFields('writes[].value')];
  return [
    {
      name: 'com.atproto.repo.applyWrites',
      host: 'API',
      method: 'POST',
      path: '/xrpc/com.atproto.repo.applyWrites',
      visible: true,
      body: [{ kind: 'json', fields: ['repo', 'validate', 'swapCommit', ...write] }],
      handle: (request, context) => applyWrites(state, request, context),
    },
  ];
}

function applyWrites(
  state: BlueskyState,
  request: SandboxRequest,
  context: OperationContext,
): SandboxResponse {
  const account = state.authorizeWrite(request, context);
  const writes = arrayAt(fieldsOf(request), 'writes') ?? [];
  if (writes.length > MAX_WRITES) throw invalidRequest(`Too many writes. Max: ${MAX_WRITES}`);
  const points = writes.reduce<number>((sum, entry) => sum + WRITE_POINTS[kindOf(entry)], 0);
  const headers = state.rates.write(account.did, points);
  const prepared = writes.map((entry) => prepareWrite(state, account, entry));
  const results = prepared.map(({ run }) => run());
  return json(200, { commit: commitOf(state), results }, headers);
}

function kindOf(entry: JsonValue): WriteKind {
  const type = isJsonObject(entry) ? stringAt(entry, '$type') : undefined;
  const kind = KINDS.find((candidate) => type === `com.atproto.repo.applyWrites#${candidate}`);
  if (!kind) throw invalidRequest('Input/writes must be create, update or delete');
  return kind;
}

function prepareWrite(state: BlueskyState, account: BlueskyAccount, entry: JsonValue): PreparedWrite {
  const kind = kindOf(entry);
  if (!isJsonObject(entry)) throw invalidRequest('Input/writes must be objects');
  const key = kind === 'create' ? (stringAt(entry, 'rkey') ?? state.keys.next()) : stringAt(entry, 'rkey');
  const address = addressOf(entry, key);
  const type = `com.atproto.repo.applyWrites#${kind}Result`;
  if (kind === 'delete') {
    if (!account.record(address.collection, address.rkey)) throw internalError();
    const run = (): JsonObject => {
      account.records.delete(`${address.collection}/${address.rkey}`);
      return { $type: type };
    };
    return { kind, run };
  }
  const prepared = prepare(state, account, address, entry['value']);
  if (kind === 'create') refuseExisting(account, address);
  const run = (): JsonObject => {
    const { uri, cid } = write(state, account, prepared);
    return { $type: type, uri, cid, validationStatus: 'valid' };
  };
  return { kind, run };
}
