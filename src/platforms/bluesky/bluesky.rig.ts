import { ManualClock } from '../../common/clock/index.js';
import type { AppConfig, PlatformConfig } from '../../common/config/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import {
  listAt,
  recordAt,
  textAt,
  type AccountRef,
  type CommitResult,
  type Credentials,
  type JsonObject,
  type JsonValue,
  type ManageContext,
  type MediaItem,
  type OpenCommit,
  type PublishContext,
  type PublishResult,
  type PublishWarning,
  type ReconcileContext,
  type TargetContent,
  type WaitOptions,
  type WaitResult,
} from '../core/index.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyHosts } from './bluesky.hosts.js';
import { BlueskyLookup } from './bluesky.lookup.js';
import { BlueskyPublisher } from './bluesky.publisher.js';
import { BlueskyQuotes } from './bluesky.quotes.js';
import { BlueskyUploads } from './bluesky.uploads.js';

export const did = 'did:plc:anna';
export const clock = new ManualClock('2026-05-01T10:00:00.000Z');

export interface Seen {
  readonly name: string;
  readonly request: OutboundRequest;
  readonly url: URL;
  /** Key of the commit that the call was made in. */
  readonly commit: string | null;
}
export type Reply = { status?: number; body: unknown };

/** Answers by the last part of the path; records what was asked, and in which commit. */
export class FakeHttp extends HttpClient {
  readonly seen: Seen[] = [];
  commit: string | null = null;

  constructor(readonly replies: Record<string, (seen: Seen) => Reply>) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const name = url.pathname.slice(url.pathname.lastIndexOf('.') + 1);
    const seen = { name, request, url, commit: this.commit };
    this.seen.push(seen);
    const { status = 200, body } = this.replies[name]?.(seen) ?? { status: 501, body: {} };
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return new HttpAnswer(status, {}, Buffer.from(text), request.url);
  }

  named(name: string): Seen[] {
    return this.seen.filter((seen) => seen.name === name);
  }
}

export class Suspended extends Error {}

/** As the database gives JSON back: the same data, the keys in another order. */
export function stored(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    const record = recordAt(inner);
    return record === null ? inner : Object.fromEntries(Object.entries(record).sort());
  }) as JsonValue;
}

/** The engine's promise in memory: what ended once is remembered over runs. */
export class Ledger {
  readonly steps = new Map<string, JsonValue>();
  readonly commits = new Map<string, CommitResult>();
  readonly warnings: PublishWarning[] = [];

  constructor(
    private readonly http: FakeHttp,
    private readonly content: TargetContent,
    private readonly account: AccountRef,
  ) {}

  context(): PublishContext & ReconcileContext {
    const credentials: Credentials = { values: { accessJwt: 'access-1' }, version: 1 };
    return {
      publicationId: 'p1',
      account: this.account,
      content: this.content,
      contentRevision: 1,
      signal: new AbortController().signal,
      credentials: async () => credentials,
      media: (item) => ({ ...sourceOf(Buffer.from(item.sha256)), sha256: item.sha256 }),
      mediaUrl: () => Promise.reject(new Error('bytes are sent')),
      step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => this.remember(key, fn),
      waitFor: async <T extends JsonValue>(key: string, look: () => Promise<WaitResult<T>>, _: WaitOptions) =>
        this.remember(key, async () => {
          const result = await look();
          if (!result.ready) throw new Suspended(key);
          return result.value;
        }),
      commit: (key, fn) => this.commit(key, fn),
      commitKey: (key) => `p1:1:${key}`,
      warn: (warning) => void this.warnings.push(warning),
      mayDrop: () => false,
      isDropped: () => false,
      drop: () => Promise.reject(new Error('nothing may be left out')),
      remembered: async (key) => this.steps.get(key),
      committed: async (key) => this.commits.get(key),
      isTaken: async () => false,
    };
  }

  private async remember<T extends JsonValue>(key: string, fn: () => Promise<T>): Promise<T> {
    if (!this.steps.has(key)) this.steps.set(key, stored(await fn()));
    return this.steps.get(key) as T;
  }

  private async commit(key: string, fn: () => Promise<CommitResult>): Promise<CommitResult> {
    const known = this.commits.get(key);
    if (known !== undefined) return known;
    this.http.commit = key;
    try {
      const result = await fn();
      this.commits.set(key, result);
      return result;
    } finally {
      this.http.commit = null;
    }
  }
}

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

export function post(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

export function blobOf(name: string): JsonObject {
  return { $type: 'blob', ref: { $link: `bafy-${name}` }, mimeType: 'image/png', size: 10 };
}

export const goodReplies: Record<string, (seen: Seen) => Reply> = {
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

export function setUp(content: TargetContent, replies: Record<string, (seen: Seen) => Reply> = {}) {
  const http = new FakeHttp({ ...goodReplies, ...replies });
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
  const ledger = new Ledger(http, content, account);
  const credentials: Credentials = { values: { accessJwt: 'access-1' }, version: 1 };
  const manage: ManageContext = { publicationId: 'p1', account, content, credentials };
  return { http, publisher, ledger, manage };
}

export async function runToEnd(publisher: BlueskyPublisher, ledger: Ledger): Promise<PublishResult> {
  for (let run = 0; run < 20; run += 1) {
    try {
      return await publisher.publish(ledger.context());
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
    }
  }
  throw new Error('never ended');
}

export function bodyOf(seen: Seen | undefined): unknown {
  return seen?.request.body?.kind === 'json' ? seen.request.body.value : undefined;
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
