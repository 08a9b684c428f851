import { ManualClock } from '../../common/clock/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import {
  textAt,
  type AccountRef,
  type CommitOptions,
  type CommitResult,
  type JsonObject,
  type JsonValue,
  type MediaItem,
  type OpenCommit,
  type PublishContext,
  type PublishResult,
  type ReconcileContext,
  type TargetContent,
  type WaitResult,
} from '../core/index.js';
import { MastodonClient } from './mastodon.client.js';
import { MastodonLookup } from './mastodon.lookup.js';
import { MastodonPublisher } from './mastodon.publisher.js';

const clock = new ManualClock('2026-05-01T10:00:00.000Z');
const callAt = new Date('2026-05-01T10:00:00.000Z');

interface Seen {
  /** `POST /api/v1/statuses` */
  readonly route: string;
  readonly request: OutboundRequest;
  readonly url: URL;
  readonly commit: string | null;
}
type Reply = { status?: number; body: unknown };
type Replies = Record<string, (seen: Seen) => Reply>;

class FakeHttp extends HttpClient {
  readonly seen: Seen[] = [];
  commit: string | null = null;

  constructor(private readonly replies: Replies) {
    super({ guard: new AddressGuard(), clock });
  }

  override async send(request: OutboundRequest): Promise<HttpAnswer> {
    const url = new URL(request.url);
    const route = `${request.method} ${url.pathname}`;
    const seen = { route, request, url, commit: this.commit };
    this.seen.push(seen);
    const { status = 200, body } = this.replies[route]?.(seen) ?? {
      status: 404,
      body: { error: 'Record not found' },
    };
    return new HttpAnswer(status, {}, Buffer.from(JSON.stringify(body)), request.url);
  }

  routed(route: string): Seen[] {
    return this.seen.filter((seen) => seen.route === route);
  }
}

class Suspended extends Error {}

class Ledger {
  readonly steps = new Map<string, JsonValue>();
  readonly commits = new Map<string, CommitResult>();
  readonly options: (CommitOptions | undefined)[] = [];
  readonly taken = new Set<string>();

  constructor(
    private readonly http: FakeHttp,
    private readonly content: TargetContent,
    private readonly account: AccountRef,
  ) {}

  context(): PublishContext & ReconcileContext {
    return {
      publicationId: 'p1',
      account: this.account,
      content: this.content,
      contentRevision: 1,
      signal: new AbortController().signal,
      credentials: async () => ({ values: { accessToken: 'token-1' }, version: 1 }),
      media: (item) => sourceOf(Buffer.from(item.sha256)),
      mediaUrl: () => Promise.reject(new Error('bytes are sent')),
      step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => this.remember(key, fn),
      waitFor: async <T extends JsonValue>(key: string, look: () => Promise<WaitResult<T>>) =>
        this.remember(key, async () => {
          const result = await look();
          if (!result.ready) throw new Suspended(key);
          return result.value;
        }),
      commit: (key, fn, options) => this.commit(key, fn, options),
      commitKey: (key) => `p1:1:${key}`,
      warn: () => undefined,
      mayDrop: () => false,
      isDropped: () => false,
      drop: () => Promise.reject(new Error('nothing may be left out')),
      remembered: async (key) => this.steps.get(key),
      committed: async (key) => this.commits.get(key),
      isTaken: async (id) => this.taken.has(id),
    };
  }

  private async remember<T extends JsonValue>(key: string, fn: () => Promise<T>): Promise<T> {
    if (!this.steps.has(key)) this.steps.set(key, await fn());
    return this.steps.get(key) as T;
  }

  private async commit(key: string, fn: () => Promise<CommitResult>, options?: CommitOptions) {
    this.options.push(options);
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

function image(sha256: string, altText: string | null = null): MediaItem {
  return {
    id: sha256,
    kind: 'image',
    mimeType: 'image/png',
    bytes: 10,
    sha256,
    width: 4,
    height: 3,
    durationMs: null,
    altText,
    fileName: `${sha256}.png`,
  };
}

function post(change: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...change };
}

function status(id: string, change: JsonObject = {}): JsonObject {
  return {
    id,
    uri: `https://m.example/users/anna/statuses/${id}`,
    url: `https://m.example/@anna/${id}`,
    created_at: '2026-05-01T10:00:01.000Z',
    content: '<p>Hello</p>',
    spoiler_text: '',
    in_reply_to_id: null,
    media_attachments: [],
    edited_at: null,
    ...change,
  };
}

const older = status('1', { created_at: '2026-05-01T09:00:00.000Z' });

function setUp(content: TargetContent, replies: Replies, software = 'mastodon') {
  const http = new FakeHttp(replies);
  const client = new MastodonClient(http, clock);
  const publisher = new MastodonPublisher(client, new MastodonLookup(client));
  const account: AccountRef = {
    id: 'a',
    platform: 'mastodon',
    externalId: 'm.example/7',
    displayName: 'Anna',
    handle: '@anna@m.example',
    metadata: { instanceUrl: 'https://m.example', accountId: '7', software },
  };
  return { http, publisher, account, ledger: new Ledger(http, content, account) };
}

async function runToEnd(publisher: MastodonPublisher, ledger: Ledger): Promise<PublishResult> {
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

let next = 100;
const created: Replies = {
  'POST /api/v1/statuses': () => ({ body: status(String((next += 1))) }),
};

describe('MastodonPublisher.publish', () => {
  it('sends text, link and settings with the key of the commit, and nothing that is not set', async () => {
    const settings = { visibility: 'private', spoilerText: 'CW', sensitive: true, language: 'de' };
    const link = 'https://example.com/';
    const { http, publisher, ledger } = setUp(post({ link, settings }), created);
    const result = await runToEnd(publisher, ledger);
    const [call] = http.seen;
    expect(http.seen).toHaveLength(1);
    expect(call?.commit).toBe('part:0');
    expect(call?.request.headers).toEqual({
      authorization: 'Bearer token-1',
      'idempotency-key': 'p1:1:part:0',
    });
    expect(bodyOf(call)).toEqual({
      status: `Hello\n\n${link}`,
      sensitive: true,
      spoiler_text: 'CW',
      visibility: 'private',
      language: 'de',
    });
    expect(result.permalink).toBe(`https://m.example/@anna/${result.platformPostId}`);
  });

  it('repeats within 50 minutes on Mastodon itself, and nowhere else', async () => {
    for (const [software, options] of [
      ['mastodon', { repeatSafeForMs: 3_000_000 }],
      ['pleroma', {}],
    ] as const) {
      const { publisher, ledger } = setUp(post(), created, software);
      await runToEnd(publisher, ledger);
      expect(ledger.options).toEqual([options]);
    }
  });

  it('uploads with alternative text, waits until all is ready and attaches in order', async () => {
    let looks = 0;
    const { http, publisher, ledger } = setUp(post({ media: [image('a', 'a cat'), image('b')] }), {
      ...created,
      'POST /api/v2/media': ({ request }) => {
        const parts = request.body?.kind === 'multipart' ? request.body.parts : [];
        return parts.length === 2
          ? { status: 202, body: { id: '11', url: null } }
          : { status: 200, body: { id: '12', url: 'https://m.example/x' } };
      },
      'GET /api/v1/media/11': () => {
        looks += 1;
        return { status: looks < 3 ? 206 : 200, body: { id: '11', url: null } };
      },
    });
    await runToEnd(publisher, ledger);
    expect(http.seen.map(({ route }) => route)).toEqual([
      'POST /api/v2/media',
      'GET /api/v1/media/11',
      'GET /api/v1/media/11',
      'GET /api/v1/media/11',
      'POST /api/v2/media',
      'POST /api/v1/statuses',
    ]);
    const upload = http.seen[0]?.request.body;
    expect(upload).toMatchObject({
      parts: [
        { name: 'file', contentType: 'image/png' },
        { name: 'description', value: 'a cat' },
      ],
    });
    expect(bodyOf(http.seen[5])).toMatchObject({ media_ids: ['11', '12'] });
  });

  it('takes the older upload route where the newer is missing', async () => {
    const { http, publisher, ledger } = setUp(post({ media: [image('a')] }), {
      ...created,
      'POST /api/v1/media': () => ({ body: { id: 5 } }),
    });
    await runToEnd(publisher, ledger);
    expect(bodyOf(http.routed('POST /api/v1/statuses')[0])).toMatchObject({ media_ids: ['5'] });
  });

  it('says which medium failed while it was processed', async () => {
    const { publisher, ledger } = setUp(post({ thread: [{ text: 'two', media: [image('a')] }] }), {
      ...created,
      'POST /api/v2/media': () => ({ status: 202, body: { id: '11' } }),
      'GET /api/v1/media/11': () => ({ status: 422, body: { error: 'Validation failed' } }),
    });
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({
      kind: 'content_refused',
      code: 'mastodon.media_refused',
      item: { threadPart: 1, mediaIndex: 0 },
    });
    expect(ledger.commits.size).toBe(0);
  });

  it('posts a thread in order and goes on behind the last part that is out', async () => {
    let calls = 0;
    const thread = [
      { text: 'two', media: [] },
      { text: 'three', media: [] },
    ];
    const settings = { visibility: 'public', threadVisibility: 'unlisted' };
    const { http, publisher, ledger } = setUp(post({ thread, settings }), {
      'POST /api/v1/statuses': () => {
        calls += 1;
        return calls === 2 ? { status: 503, body: { error: 'down' } } : { body: status(`s${calls}`) };
      },
    });
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({
      kind: 'transient',
      provesNothingCreated: false,
      item: { threadPart: 1 },
    });
    await runToEnd(publisher, ledger);
    const bodies = http.seen.map(bodyOf);
    expect(bodies[1]).toEqual(bodies[2]);
    expect(bodies.map((body) => textAt(body, 'in_reply_to_id'))).toEqual([null, 's1', 's1', 's3']);
    expect(bodies.map((body) => textAt(body, 'visibility'))).toEqual([
      'public',
      'unlisted',
      'unlisted',
      'unlisted',
    ]);
    expect(http.seen[2]?.request.headers?.['idempotency-key']).toBe('p1:1:part:1');
  });

  it('takes a success that is no post for an unknown outcome', async () => {
    for (const body of ['<html>', { id: '9', scheduled_at: '2026-05-02T10:00:00Z', params: {} }]) {
      const { publisher, ledger } = setUp(post(), { 'POST /api/v1/statuses': () => ({ body }) });
      await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    }
  });
});

describe('MastodonPublisher.preflight', () => {
  const { publisher, account } = setUp(post(), {});

  it('counts the content warning with the text', () => {
    const settings = { spoilerText: 'x'.repeat(10) };
    expect(publisher.preflight(post({ text: 'x'.repeat(490), settings }), account)).toEqual([]);
    expect(publisher.preflight(post({ text: 'x'.repeat(491), settings }), account)).toMatchObject([
      { pointer: '/settings/spoilerText', rule: 'text_too_long', limit: 500, actual: 501 },
    ]);
  });

  it('counts a URL as 23 and lets the instance say more', () => {
    const text = `${'x'.repeat(476)} https://example.com/${'y'.repeat(100)}`;
    expect(publisher.preflight(post({ text }), account)).toEqual([]);
    expect(publisher.preflight(post({ text: `x${text}` }), account)).toMatchObject([{ actual: 501 }]);
    const roomy = { ...account, metadata: { ...account.metadata, limits: { maxCharacters: 5000 } } };
    expect(publisher.preflight(post({ text: 'x'.repeat(5000) }), roomy)).toEqual([]);
  });
});

const open: OpenCommit = {
  key: 'part:0',
  firstStartedAt: callAt,
  lastStartedAt: callAt,
  deadlineAt: callAt,
  calls: 1,
  forgotten: false,
};
const list = 'GET /api/v1/accounts/7/statuses';

describe('MastodonPublisher.reconcile', () => {
  it('finds the post by its media, whatever its text', async () => {
    const media = [image('a'), image('b')];
    const match = status('9', { content: '<p>x</p>', media_attachments: [{ id: '12' }, { id: '11' }] });
    const { publisher, ledger } = setUp(post({ media }), { [list]: () => ({ body: [match, older] }) });
    ledger.steps.set('media:0:0', { id: '11', ready: true });
    ledger.steps.set('media:0:1', { id: '12', ready: true });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9', permalink: 'https://m.example/@anna/9' },
      evidence: { mark: 'media_ids' },
    });
  });

  it('takes no post with other media on Mastodon itself', async () => {
    const { publisher, ledger } = setUp(post({ media: [image('a')] }), {
      [list]: () => ({ body: [status('9', { media_attachments: [{ id: '99' }] }), older] }),
    });
    ledger.steps.set('media:0:0', { id: '11', ready: true });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({ verdict: 'absent' });
  });

  it('finds the post by its text, asking for the source only when the rendered text differs', async () => {
    const { http, publisher, ledger } = setUp(post({ text: 'a *b* @bob@other.example' }), {
      [list]: () => ({
        body: [
          status('10', { content: '<p>nothing like it</p>' }),
          status('9', { content: '<p>a <b>b</b> @bob</p>' }),
          older,
        ],
      }),
      'GET /api/v1/statuses/9/source': () => ({ body: { text: 'a *b* @bob@other.example\n' } }),
      'GET /api/v1/statuses/10/source': () => ({ body: { text: 'nothing like it' } }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9' },
      evidence: { mark: 'text' },
    });
    expect(http.routed('GET /api/v1/statuses/10/source')).toHaveLength(0);
  });

  it('skips posts that belong to another publication, answers, and posts older than the call', async () => {
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({
        body: [
          status('12'),
          status('11', { in_reply_to_id: '3' }),
          status('10', { spoiler_text: 'CW' }),
          older,
          status('0', { created_at: '2026-05-01T08:00:00.000Z' }),
        ],
      }),
    });
    ledger.taken.add('12');
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toEqual({
      verdict: 'absent',
      evidence: { candidates: 1, pages: 1 },
    });
  });

  it('takes the oldest of several that fit', async () => {
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({ body: [status('12'), status('11'), older] }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      result: { platformPostId: '11' },
    });
  });

  it('reads pages until a post older than the call', async () => {
    const other = { content: '<p>other</p>', in_reply_to_id: '3' };
    const { http, publisher, ledger } = setUp(post(), {
      [list]: ({ url }) => {
        const pages: Record<string, JsonObject[]> = {
          first: [status('30', other), status('29', other)],
          '29': [status('28', other), status('27')],
          '27': [older],
        };
        return { body: pages[url.searchParams.get('max_id') ?? 'first'] ?? [] };
      },
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '27' },
    });
    const [first] = http.seen;
    expect(first?.url.search).toBe('?limit=40&exclude_reblogs=true');
    expect(http.routed(list)).toHaveLength(3);
  });

  it('reads an account without older posts to its end', async () => {
    const { publisher, ledger } = setUp(post(), { [list]: () => ({ body: [] }) });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({ verdict: 'absent' });
  });

  it('cannot tell when the account has posted without end since', async () => {
    let id = 10_000;
    const { publisher, ledger } = setUp(post(), {
      [list]: () => ({ body: [status(String((id -= 1)), { in_reply_to_id: '3' })] }),
    });
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
  });

  it('cannot tell, rather than say absent, when a text cannot be compared', async () => {
    const { publisher, ledger } = setUp(
      post({ text: '**bold**' }),
      { [list]: () => ({ body: [status('9', { content: '<p><b>bold</b></p>' }), older] }) },
      'pleroma',
    );
    await expect(publisher.reconcile(ledger.context(), open)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
  });

  it('looks for a later part among the answers to the part before', async () => {
    const thread = [{ text: 'two', media: [] }];
    const { publisher, ledger } = setUp(post({ thread }), {
      [list]: () => ({
        body: [
          status('9', { content: '<p>two</p>', in_reply_to_id: '8' }),
          status('8'),
          status('7', { content: '<p>two</p>' }),
          older,
        ],
      }),
    });
    const part = { ...open, key: 'part:1' };
    await expect(publisher.reconcile(ledger.context(), part)).resolves.toMatchObject({
      verdict: 'cannot_tell',
    });
    ledger.commits.set('part:0', { platformPostId: '8', permalink: null });
    await expect(publisher.reconcile(ledger.context(), part)).resolves.toMatchObject({
      verdict: 'found',
      result: { platformPostId: '9' },
    });
  });

  it('concludes nothing from an outage or from a list that it cannot read', async () => {
    for (const reply of [
      { status: 503, body: '' },
      { status: 429, body: { error: 'Throttled' } },
      { body: [{ id: '9' }] },
      { body: {} },
    ]) {
      const { publisher, ledger } = setUp(post(), { [list]: () => reply });
      await expect(publisher.reconcile(ledger.context(), open)).rejects.toMatchObject({
        name: 'PublishError',
      });
    }
  });
});
