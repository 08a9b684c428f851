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
  PublishError,
  recordAt,
  textAt,
  type AccountRef,
  type CommitResult,
  type Credentials,
  type JsonObject,
  type JsonValue,
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
import { BlueskyUploads } from './bluesky.uploads.js';

const did = 'did:plc:anna';
const clock = new ManualClock('2026-05-01T10:00:00.000Z');

interface Seen {
  readonly name: string;
  readonly request: OutboundRequest;
  readonly url: URL;
  /** Key of the commit that the call was made in. */
  readonly commit: string | null;
}
type Reply = { status?: number; body: unknown };

/** Answers by the last part of the path; records what was asked, and in which commit. */
class FakeHttp extends HttpClient {
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

class Suspended extends Error {}

/** As the database gives JSON back: the same data, the keys in another order. */
function stored(value: unknown): JsonValue {
  return JSON.parse(JSON.stringify(value), (_key, inner: unknown) => {
    const record = recordAt(inner);
    return record === null ? inner : Object.fromEntries(Object.entries(record).sort());
  }) as JsonValue;
}

/** The engine's promise in memory: what ended once is remembered over runs. */
class Ledger {
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

function media(kind: 'image' | 'video', sha256: string): MediaItem {
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

function post(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

function blobOf(name: string): JsonObject {
  return { $type: 'blob', ref: { $link: `bafy-${name}` }, mimeType: 'image/png', size: 10 };
}

const goodReplies: Record<string, (seen: Seen) => Reply> = {
  resolveHandle: ({ url }) =>
    url.searchParams.get('handle') === 'bob.test'
      ? { body: { did: 'did:plc:bob' } }
      : { status: 400, body: { error: 'InvalidRequest', message: 'Unable to resolve handle' } },
  uploadBlob: ({ request }) => ({
    body: { blob: blobOf(request.body?.kind === 'stream' ? (request.body.source.sha256 ?? '') : '') },
  }),
  putRecord: ({ request }) => {
    const rkey = request.body?.kind === 'json' ? textAt(request.body.value, 'rkey') : null;
    return { body: { uri: `at://${did}/app.bsky.feed.post/${rkey ?? ''}`, cid: `cid-${rkey ?? ''}` } };
  },
};

function setUp(content: TargetContent, replies: Record<string, (seen: Seen) => Reply> = {}) {
  const http = new FakeHttp({ ...goodReplies, ...replies });
  const platform: PlatformConfig = {
    enabled: true,
    clientId: null,
    clientSecret: null,
    appExtra: {},
    apiVersion: null,
    apiVersionSunset: null,
    hosts: { API: 'https://bsky.social', VIDEO: 'https://video.example' },
  };
  const config: Pick<AppConfig, 'platform'> = { platform: () => platform };
  const hosts = new BlueskyHosts(config as AppConfig);
  const client = new BlueskyClient(http, clock);
  const publisher = new BlueskyPublisher(
    client,
    new BlueskyUploads(client, hosts, clock),
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
  return { http, publisher, ledger };
}

async function runToEnd(publisher: BlueskyPublisher, ledger: Ledger): Promise<PublishResult> {
  for (let run = 0; run < 20; run += 1) {
    try {
      return await publisher.publish(ledger.context());
    } catch (error) {
      if (!(error instanceof Suspended)) throw error;
    }
  }
  throw new Error('never ended');
}

function bodyOf(seen: Seen | undefined): unknown {
  return seen?.request.body?.kind === 'json' ? seen.request.body.value : undefined;
}

const open: OpenCommit = {
  key: 'part:0',
  firstStartedAt: clock.now(),
  lastStartedAt: clock.now(),
  deadlineAt: clock.now(),
  calls: 1,
  forgotten: false,
};

describe('BlueskyPublisher.publish', () => {
  it('puts the record under a stored key and answers uri and permalink', async () => {
    const { http, publisher, ledger } = setUp(post({ text: 'Hi @bob.test and @nobody.test' }));
    const result = await runToEnd(publisher, ledger);
    const [put] = http.named('putRecord');
    const rkey = textAt(bodyOf(put), 'rkey') ?? '';
    expect(result).toEqual({
      platformPostId: `at://${did}/app.bsky.feed.post/${rkey}`,
      permalink: `https://bsky.app/profile/${did}/post/${rkey}`,
    });
    expect(rkey).toMatch(/^[2-7a-z]{13}$/);
    expect(put?.url.href).toBe('https://pds.example/xrpc/com.atproto.repo.putRecord');
    expect(put?.request.headers).toEqual({ authorization: 'Bearer access-1' });
    expect(bodyOf(put)).toMatchObject({ repo: did, collection: 'app.bsky.feed.post', swapRecord: null });
    expect(bodyOf(put)).toMatchObject({ record: { facets: [{ index: { byteStart: 3, byteEnd: 12 } }] } });
  });

  it('makes exactly one call in a commit and no visible one outside', async () => {
    const { http, publisher, ledger } = setUp(
      post({ media: [media('image', 'a')], thread: [{ text: 'two', media: [media('image', 'b')] }] }),
    );
    await runToEnd(publisher, ledger);
    expect(http.seen.map(({ name, commit }) => [name, commit])).toEqual([
      ['uploadBlob', null],
      ['uploadBlob', null],
      ['putRecord', 'part:0'],
      ['putRecord', 'part:1'],
    ]);
  });

  it('sends the same bytes when the run starts again after a lost answer', async () => {
    let lose = true;
    const { http, publisher, ledger } = setUp(
      post({ media: [media('image', 'a')], link: 'https://x.example' }),
      {
        putRecord: (seen) => (lose ? { status: 500, body: { error: 'InternalServerError' } } : goodPut(seen)),
      },
    );
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({
      kind: 'outcome_unknown',
      provesNothingCreated: false,
    });
    clock.advance(600_000);
    lose = false;
    await runToEnd(publisher, ledger);
    const [first, second] = http.named('putRecord').map((seen) => JSON.stringify(bodyOf(seen)));
    expect(second).toBe(first);
    expect(http.named('uploadBlob')).toHaveLength(1);
    expect(ledger.warnings.map(({ code }) => code)).toContain('link_card_dropped');
  });

  it('replies to the part before, keeps the root and goes on behind the last part that is out', async () => {
    const thread = [
      { text: 'two', media: [] },
      { text: 'three', media: [] },
    ];
    let puts = 0;
    const { http, publisher, ledger } = setUp(post({ thread }), {
      putRecord: (seen) => {
        puts += 1;
        return puts === 2 ? { status: 429, body: { error: 'RateLimitExceeded' } } : goodPut(seen);
      },
    });
    const failure = await runToEnd(publisher, ledger).catch((error: unknown) => error);
    expect(failure).toMatchObject({ kind: 'rate_limited', item: { threadPart: 1 } });
    await runToEnd(publisher, ledger);
    expect(puts).toBe(4);
    const records = http.named('putRecord').map((seen) => recordAt(bodyOf(seen), 'record'));
    const uris = ['part:0', 'part:1', 'part:2'].map((key) => ledger.commits.get(key)?.platformPostId);
    expect(recordAt(records[0], 'reply')).toBeNull();
    expect(textAt(records[2], 'reply', 'parent', 'uri')).toBe(uris[0]);
    expect(textAt(records[3], 'reply', 'parent', 'uri')).toBe(uris[1]);
    expect(textAt(records[3], 'reply', 'root', 'uri')).toBe(uris[0]);
    const times = records.map((record) => textAt(record, 'createdAt') ?? '');
    expect([times[0], times[2], times[3]]).toEqual([...new Set(times)].sort());
  });

  it('uploads a video with a service token, waits, and starts anew when the service itself failed', async () => {
    let looks = 0;
    const { http, publisher, ledger } = setUp(post({ media: [media('video', 'v')] }), {
      getServiceAuth: () => ({ body: { token: 'service-1' } }),
      uploadVideo: () => ({ body: { jobId: 'j1', state: 'JOB_STATE_CREATED' } }),
      getJobStatus: () => {
        looks += 1;
        if (looks === 2) return { body: { jobStatus: { jobId: 'j1', state: 'JOB_STATE_FAILED' } } };
        const blob = looks < 4 ? {} : { blob: blobOf('v') };
        return { body: { jobStatus: { jobId: 'j1', state: 'JOB_STATE_ENCODING', ...blob } } };
      },
    });
    await runToEnd(publisher, ledger);
    const [auth] = http.named('getServiceAuth');
    expect(auth?.url.searchParams.get('aud')).toBe('did:web:pds.example');
    expect(auth?.url.searchParams.get('lxm')).toBe('com.atproto.repo.uploadBlob');
    const uploads = http.named('uploadVideo');
    expect(uploads).toHaveLength(2);
    expect(uploads[0]?.url.href).toBe(
      'https://video.example/xrpc/app.bsky.video.uploadVideo?did=did%3Aplc%3Aanna&name=v.mp4',
    );
    expect(uploads[0]?.request.headers).toEqual({ authorization: 'Bearer service-1' });
    expect(http.named('getJobStatus')[0]?.request.headers).toBeUndefined();
    expect(recordAt(bodyOf(http.named('putRecord')[0]), 'record', 'embed')).toMatchObject({
      $type: 'app.bsky.embed.video',
      video: blobOf('v'),
    });
  });

  it('names the medium that a failure is about', async () => {
    const { publisher, ledger } = setUp(post({ media: [media('image', 'a'), media('image', 'b')] }), {
      uploadBlob: ({ request }) =>
        request.body?.kind === 'stream' && request.body.source.sha256 === 'b'
          ? { status: 413, body: { error: 'PayloadTooLarge' } }
          : { body: { blob: blobOf('a') } },
    });
    const failure = await runToEnd(publisher, ledger).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(PublishError);
    expect(failure).toMatchObject({ kind: 'content_refused', item: { threadPart: 0, mediaIndex: 1 } });
  });

  it('takes a success that it cannot read for an unknown outcome', async () => {
    const { publisher, ledger } = setUp(post(), { putRecord: () => ({ body: '{"uri":"at://' }) });
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({ kind: 'outcome_unknown' });
  });
});

function goodPut(seen: Seen): Reply {
  return goodReplies['putRecord']?.(seen) ?? { body: {} };
}

describe('BlueskyPublisher.reconcile', () => {
  async function lost(getRecord: (record: JsonObject) => Reply) {
    let record: JsonObject = {};
    const set = setUp(post(), {
      putRecord: (seen) => {
        record = stored(recordAt(bodyOf(seen), 'record')) as JsonObject;
        return { status: 502, body: 'bad gateway' };
      },
      getRecord: () => getRecord(record),
    });
    await expect(runToEnd(set.publisher, set.ledger)).rejects.toMatchObject({ kind: 'transient' });
    return { ...set, verdict: await set.publisher.reconcile(set.ledger.context(), open) };
  }

  it('finds the record under the stored key, without a token', async () => {
    const { http, verdict } = await lost((value) => ({ body: { uri: 'at://x/y/z', cid: 'cid-9', value } }));
    const [look] = http.named('getRecord');
    const rkey = textAt(bodyOf(http.named('putRecord')[0]), 'rkey');
    expect(look?.url.searchParams.get('rkey')).toBe(rkey);
    expect(look?.request.headers).toBeUndefined();
    expect(verdict).toMatchObject({
      verdict: 'found',
      result: { platformPostId: 'at://x/y/z', details: { cid: 'cid-9', rkey } },
      evidence: { mark: 'record_key', cid: 'cid-9' },
    });
  });

  it('says absent when the server has no such record', async () => {
    const { verdict } = await lost(() => ({ status: 400, body: { error: 'RecordNotFound', message: '' } }));
    expect(verdict.verdict).toBe('absent');
  });

  it('cannot tell when another record stands there', async () => {
    const { verdict } = await lost((record) => ({
      body: { uri: 'at://x/y/z', cid: 'c', value: { ...record, text: 'other' } },
    }));
    expect(verdict.verdict).toBe('cannot_tell');
  });

  it('concludes nothing from an outage', async () => {
    await expect(lost(() => ({ status: 503, body: 'down' }))).rejects.toMatchObject({ kind: 'transient' });
    await expect(lost(() => ({ status: 400, body: { error: 'InvalidRequest' } }))).rejects.toBeInstanceOf(
      PublishError,
    );
  });
});
