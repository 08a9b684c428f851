import { isJsonObject, type JsonObject, type JsonValue } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { param, type SandboxRequest } from '../core/request.js';
import { json, type SandboxResponse } from '../core/response.js';
import type { BusinessAccount, Location } from './business.directory.js';
import type { GoogleBusinessState } from './google-business.state.js';
import { badRequest, notFound } from './google.errors.js';
import { bareLocationOf, googleOperation, type GoogleCall } from './google.operation.js';
import { pageOf } from './page.tokens.js';

const ACCOUNTS = { usual: 20, most: 20 };
const LOCATIONS = { usual: 10, most: 100 };
const TYPES = ['PERSONAL', 'LOCATION_GROUP', 'USER_GROUP', 'ORGANIZATION'];
const READABLE = [
  ...['name', 'languageCode', 'storeCode', 'title', 'phoneNumbers', 'categories', 'storefrontAddress'],
  ...[
    'websiteUri',
    'regularHours',
    'specialHours',
    'serviceArea',
    'labels',
    'latlng',
    'openInfo',
    'metadata',
  ],
  ...['profile', 'relationshipData', 'moreHours', 'serviceItems', 'adWordsLocationExtensions'],
];

/** Accounts, and the locations in them, whose names do not say the account. */
export function directoryOperations(state: GoogleBusinessState): Operation[] {
  return [
    googleOperation(state, {
      name: 'accounts.list',
      host: 'ACCOUNTS',
      method: 'GET',
      path: '/v1/accounts',
      query: ['pageSize', 'pageToken', 'filter'],
      run: (call) => listAccounts(state, call),
    }),
    googleOperation(state, {
      name: 'accounts.get',
      host: 'ACCOUNTS',
      method: 'GET',
      path: '/v1/accounts/:account',
      run: (call) => json(200, accountView(ownAccount(state, call))),
    }),
    googleOperation(state, {
      name: 'locations.list',
      host: 'INFORMATION',
      method: 'GET',
      path: '/v1/accounts/:account/locations',
      query: ['readMask', 'pageSize', 'pageToken'],
      run: (call) => listLocations(state, call),
    }),
    googleOperation(state, {
      name: 'locations.get',
      host: 'INFORMATION',
      method: 'GET',
      path: '/v1/locations/:location',
      query: ['readMask'],
      run: (call) => {
        const location = bareLocationOf(state, call, param(call.request, 'location'));
        return json(200, masked(locationView(location), maskOf(call.request)));
      },
    }),
  ];
}

function listAccounts(state: GoogleBusinessState, { request, person }: GoogleCall): SandboxResponse {
  const filter = request.query.get('filter') ?? '';
  const [, type = null] = /^type\s*=\s*(\w+)$/.exec(filter) ?? [];
  if (filter !== '' && (type === null || !TYPES.includes(type)))
    throw badRequest('filter', 'Invalid filter.');
  const own = state.directory.accountsOf(person).filter((account) => type === null || account.type === type);
  const { items, next } = pageOf(request, own, ACCOUNTS);
  return json(200, items.length === 0 ? {} : { accounts: items.map(accountView), ...next });
}

function listLocations(state: GoogleBusinessState, call: GoogleCall): SandboxResponse {
  const mask = maskOf(call.request);
  const all = state.directory.locationsOf(ownAccount(state, call));
  const { items, next } = pageOf(call.request, all, LOCATIONS);
  const locations = items.map((location) => masked(locationView(location), mask));
  return json(200, items.length === 0 ? {} : { locations, ...next });
}

function ownAccount(state: GoogleBusinessState, { request, person }: GoogleCall): BusinessAccount {
  const account = state.directory.account(param(request, 'account'));
  if (account?.owner !== person.id) throw notFound();
  return account;
}

function accountView({ id, name, type }: BusinessAccount): JsonObject {
  const group = type !== 'PERSONAL';
  return {
    name: `accounts/${id}`,
    accountName: name,
    type,
    ...(group ? { role: 'PRIMARY_OWNER' } : {}),
    verificationState: 'UNVERIFIED',
    vettedState: 'NOT_VETTED',
    ...(group ? { permissionLevel: 'OWNER_LEVEL' } : {}),
  };
}

function locationView({ id, title, storeCode, ...flags }: Location): JsonObject {
  const placeId = `ChIJ${Buffer.from(id).toString('base64url').slice(0, 23)}`;
  return {
    name: `locations/${id}`,
    languageCode: 'en',
    storeCode,
    title,
    storefrontAddress: {
      regionCode: 'GB',
      languageCode: 'en',
      postalCode: 'SW1A 1AA',
      locality: 'London',
      addressLines: [`${storeCode.slice(1)} High Street`],
    },
    websiteUri: `https://shop.example/${storeCode.toLowerCase()}`,
    metadata: {
      placeId,
      mapsUri: mapsUriOf(id),
      newReviewUri: `https://search.google.com/local/writereview?placeid=${placeId}`,
      // As in all of Google's APIs, what is false is left out.
      ...(flags.canOperateLocalPost ? { canOperateLocalPost: true } : {}),
      ...(flags.hasVoiceOfMerchant ? { hasVoiceOfMerchant: true } : {}),
    },
  };
}

export function mapsUriOf(locationId: string): string {
  return `https://maps.google.com/maps?cid=${locationId}`;
}

function maskOf({ query }: SandboxRequest): string[] {
  const paths = (query.get('readMask') ?? '').split(',').filter((path) => path !== '');
  const known = paths.every((path) => READABLE.includes(path.split('.')[0] ?? ''));
  if (paths.length === 0 || !known) throw badRequest('read_mask', 'Invalid field mask provided');
  return paths;
}

function masked(whole: JsonObject, paths: readonly string[]): JsonObject {
  const picked: JsonObject = {};
  for (const path of paths) {
    const [first = '', second] = path.split('.');
    const value: JsonValue | undefined = whole[first];
    if (value === undefined) continue;
    if (second === undefined || !isJsonObject(value)) picked[first] = value;
    else if (value[second] !== undefined) {
      const before = picked[first];
      picked[first] = { ...(isJsonObject(before) ? before : {}), [second]: value[second] };
    }
  }
  return picked;
}
