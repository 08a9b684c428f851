import type { AppConfig, PlatformConfig } from '../../common/config/index.js';
import {
  listAt,
  textAt,
  type AccountRef,
  type Credentials,
  type JsonObject,
  type ManageContext,
  type MediaItem,
  type OpenCommit,
  type TargetContent,
} from '../core/index.js';
import { clock, FakePlatform, Ledger, type Replies, type Reply, type Seen } from '../core/publisher.rig.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { BlueskyLookup } from './bluesky.lookup.js';
import { BlueskyPublisher } from './bluesky.publisher.js';
import { BlueskyQuotes } from './bluesky.quotes.js';
import { BlueskyUploads } from './bluesky.uploads.js';

export const did = 'did:plc:anna';

/** Named by the last part of their path. */
const nameOf = (_: unknown, { pathname }: URL): string => pathname.slice(pathname.lastIndexOf('.') + 1);

export function media(kind: 'image' | 'video', sha256: string): MediaItem {
  return {
    id: sha256,
    kind,
    mimeType: kind === 'image' ? 'image/png' : 'video/mp4',
    bytes: 10,
    sha256,
    width: 4,
    height: 3,
    durationMs: null,
    altText: null,
    fileName: `${sha256}.bin`,
  };
}

export function blobOf(name: string): JsonObject {
  return { $type: 'blob', ref: { $link: `bafy-${name}` }, mimeType: 'image/png', size: 10 };
}

export const goodReplies: Replies = {
  resolveHandle: ({ url }) =>
    url.searchParams.get('handle') === 'bob.test'
      ? { body: { did: 'did:plc:bob' } }
      : { status: 400, body: { error: 'InvalidRequest', message: 'Unable to resolve handle' } },
  uploadBlob: ({ request }) => ({
    body: { blob: blobOf(request.body?.kind === 'stream' ? (request.body.source.sha256 ?? '') : '') },
  }),
  applyWrites: ({ request }) => {
    const writes = (request.body?.kind === 'json' ? listAt(request.body.value, 'writes') : null) ?? [];
    const results = writes.map((write) => {
      const [collection, rkey] = [textAt(write, 'collection') ?? '', textAt(write, 'rkey') ?? ''];
      return { uri: `at://${did}/${collection}/${rkey}`, cid: `cid-${rkey}` };
    });
    return { body: { results } };
  },
  putRecord: ({ request }) => {
    const rkey = request.body?.kind === 'json' ? textAt(request.body.value, 'rkey') : null;
    return { body: { uri: `at://${did}/app.bsky.feed.post/${rkey ?? ''}`, cid: `cid-${rkey ?? ''}` } };
  },
};

export function setUp(content: TargetContent, replies: Replies = {}) {
  const otherwise = { status: 501, body: {} };
  const http = new FakePlatform({ ...goodReplies, ...replies }, { nameOf, otherwise });
  const platform: PlatformConfig = {
    enabled: true,
    clientId: null,
    clientSecret: null,
    appExtra: {},
    apiVersion: null,
    apiVersionSunset: null,
    hosts: { API: 'https://bsky.social', APPVIEW: 'https://view.example', VIDEO: 'https://video.example' },
  };
  const config: Pick<AppConfig, 'platform'> = { platform: () => platform };
  const hosts = new BlueskyHosts(config as AppConfig);
  const client = new BlueskyClient(http, clock);
  const publisher = new BlueskyPublisher(
    client,
    new BlueskyUploads(client, hosts, clock),
    new BlueskyQuotes(client, hosts),
    new BlueskyLookup(client, hosts),
    hosts,
    clock,
  );
  const account: AccountRef = {
    id: 'a',
    platform: 'bluesky',
    externalId: did,
    displayName: 'Anna',
    handle: 'anna.test',
    metadata: { serviceUrl: null, pdsUrl: 'https://pds.example', pdsDid: 'did:web:pds.example' },
  };
  const credentials: Credentials = { values: { accessJwt: 'access-1' }, version: 1 };
  const ledger = new Ledger(http, { content, account, credentials });
  const manage: ManageContext = { publicationId: 'p1', account, content, credentials };
  return { http, publisher, ledger, manage };
}

export const open: OpenCommit = {
  key: 'part:0',
  firstStartedAt: clock.now(),
  lastStartedAt: clock.now(),
  deadlineAt: clock.now(),
  calls: 1,
  forgotten: false,
};

/** As the server answers when all is well. */
export function goodPut(seen: Seen): Reply {
  return goodReplies['putRecord']?.(seen) ?? { body: {} };
}
