import { ManualClock } from '../../common/clock/index.js';
import type { AppConfig } from '../../common/config/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import type {
  AccountRef,
  CommitResult,
  JsonObject,
  JsonValue,
  MediaItem,
  OpenCommit,
  PublishContext,
  ReconcileContext,
  TargetContent,
  WaitResult,
} from '../core/index.js';
import { TumblrClient } from './tumblr.client.js';
import { TumblrLookup } from './tumblr.lookup.js';
import { TumblrPublisher } from './tumblr.publisher.js';
import { slugMark } from './tumblr.slug.js';

const callAt = new Date('2026-05-01T10:00:00.000Z');
const minute = 60_000;
const mark = slugMark('p1:1:part:0');

class FakeHttp extends HttpClient {
  readonly seen: OutboundRequest[] = [];

  constructor(private readonly answer: (request: OutboundRequest) => { status: number; body: JsonValue }) {
    super({ guard: new AddressGuard(), clock: new ManualClock() });
  }

  override send(request: OutboundRequest): Promise<HttpAnswer> {
    this.seen.push(request);
    const { status, body } = this.answer(request);
    return Promise.resolve(new HttpAnswer(status, {}, Buffer.from(JSON.stringify(body)), request.url));
  }
}

const picture: MediaItem = {
  ...{ id: 'm', kind: 'image', mimeType: 'image/png', bytes: 1_000_000, sha256: '00', width: 4, height: 3 },
  ...{ durationMs: null, altText: null, fileName: 'm.png' },
};
const account: AccountRef = {
  ...{ id: 'a', platform: 'tumblr', externalId: 't:1', displayName: 'Anna', handle: 'anna' },
  metadata: { name: 'anna' },
};
const commit: OpenCommit = {
  ...{ key: 'part:0', firstStartedAt: callAt, lastStartedAt: callAt, calls: 1, forgotten: false },
  deadlineAt: new Date(callAt.getTime() + minute),
};

function setUp(
  change: Partial<TargetContent>,
  answer: (request: OutboundRequest) => { status: number; body: JsonValue },
) {
  const content: TargetContent = {
    text: 'Hello',
    link: null,
    media: [],
    thread: [],
    settings: {},
    ...change,
  };
  const clock = new ManualClock(callAt);
  const http = new FakeHttp(answer);
  const config: Pick<AppConfig, 'platform'> = {
    platform: () => ({
      ...{ enabled: true, clientId: null, clientSecret: null, appExtra: {}, rates: null },
      ...{ apiVersion: 'v2', apiVersionSunset: null, hosts: { API: 'https://api.tumblr.test' } },
    }),
  };
  const client = new TumblrClient(http, config as AppConfig, clock);
  const publisher = new TumblrPublisher(client, new TumblrLookup(client, clock), clock);
  const steps = new Map<string, JsonValue>();
  const remember = async <T extends JsonValue>(key: string, fn: () => Promise<T>): Promise<T> => {
    if (!steps.has(key)) steps.set(key, await fn());
    return steps.get(key) as T;
  };
  const ctx: PublishContext & ReconcileContext = {
    ...{ publicationId: 'p1', account, content, contentRevision: 1, signal: new AbortController().signal },
    credentials: () => Promise.resolve({ values: { accessToken: 'token-1' }, version: 1 }),
    media: (item) => sourceOf(Buffer.from(item.sha256)),
    mediaUrl: () => Promise.reject(new Error('bytes are sent')),
    step: remember,
    waitFor: <T extends JsonValue>(key: string, look: () => Promise<WaitResult<T>>) =>
      remember(key, async () => {
        const result = await look();
        if (!result.ready) throw new Error('suspended');
        return result.value;
      }),
    commit: (_key: string, fn: () => Promise<CommitResult>) => fn(),
    commitKey: (key) => `p1:1:${key}`,
    warn: () => undefined,
    mayDrop: () => false,
    isDropped: () => false,
    drop: () => Promise.reject(new Error('nothing may be left out')),
    remembered: (key) => Promise.resolve(steps.get(key)),
    committed: () => Promise.resolve(undefined),
    isTaken: (id) => Promise.resolve(id === 'taken'),
  };
  return { publisher, ctx, clock, http };
}

const refused = (code: number) => ({
  status: 403,
  body: { meta: { status: 403, msg: 'No' }, errors: [{ code }] },
});
const posts = (...list: JsonObject[]) => ({
  status: 200,
  body: { meta: { status: 200, msg: 'OK' }, response: { posts: list } },
});
const post = (id: string, at: Date, slug = ''): JsonObject => ({
  ...{
    id_string: id,
    slug,
    timestamp: Math.floor(at.getTime() / 1000),
    post_url: `https://anna.tumblr.test/${id}`,
  },
});
const older = post('1', new Date(callAt.getTime() - 10 * minute));

describe('a post with media that Tumblr takes no more of', () => {
  it('is tried once more after ten minutes, and then on the next day', async () => {
    const { publisher, ctx, clock } = setUp({ media: [picture] }, () => refused(8004));
    const wait = () =>
      publisher.publish(ctx).then(
        () => null,
        (error: unknown) => error,
      );
    expect(await wait()).toMatchObject({ code: 'tumblr.media_quota', retryAfterMs: 10 * minute });
    clock.advance(10 * minute);
    expect(await wait()).toMatchObject({
      ...{ code: 'tumblr.media_quota', kind: 'rate_limited', provesNothingCreated: true },
      retryAfterMs: (13 * 60 + 50) * minute,
    });
  });
});

describe('a post that is out', () => {
  it('has the address that Tumblr tells, or one that is made of the blog and the id', async () => {
    const tell = (url: JsonValue) => (request: OutboundRequest) =>
      request.method === 'POST'
        ? { status: 201, body: { response: { id: '7' } } }
        : { status: url === null ? 404 : 200, body: { response: { id: '7', timestamp: 1, post_url: url } } };
    const told = setUp({}, tell('https://anna.tumblr.test/7'));
    expect(await told.publisher.publish(told.ctx)).toEqual({
      ...{ platformPostId: '7', permalink: 'https://anna.tumblr.test/7' },
    });
    const untold = setUp({}, tell(null));
    expect(await untold.publisher.publish(untold.ctx)).toEqual({
      ...{ platformPostId: '7', permalink: 'https://www.tumblr.com/anna/7' },
    });
    expect(told.http.seen.map(({ url }) => new URL(url).pathname)).toEqual([
      ...['/v2/blog/t%3A1/posts', '/v2/blog/t%3A1/posts/7'],
    ]);
  });
});

describe('a look for a post', () => {
  it('finds it by the mark in its address, behind a pinned post and beside one of another publication', async () => {
    const taken = post('taken', callAt, `hello-${mark}`);
    const ours = post('7', callAt, `hello-${mark}`);
    const { publisher, ctx } = setUp({}, () => posts(older, taken, ours, older));
    expect(await publisher.reconcile(ctx, commit)).toMatchObject({
      ...{ verdict: 'found', result: { platformPostId: '7', permalink: 'https://anna.tumblr.test/7' } },
    });
    const other = setUp({}, () => posts(older, taken, older));
    expect(await other.publisher.reconcile(other.ctx, commit)).toMatchObject({ verdict: 'absent' });
  });

  it('reads page after page until one ends with an older post', async () => {
    const newer = post('8', new Date(callAt.getTime() + minute));
    const { publisher, ctx, http } = setUp({}, ({ url }) =>
      url.includes('offset') ? posts(newer, older) : posts(newer, newer),
    );
    expect(await publisher.reconcile(ctx, commit)).toEqual({ verdict: 'absent', evidence: { pages: 2 } });
    expect(new URL(http.seen[1]?.url ?? '').searchParams.get('offset')).toBe('2');
  });

  it('cannot tell of a private post, or where there is too much', async () => {
    const { publisher, ctx } = setUp({ settings: { visibility: 'private' } }, () => posts());
    expect(await publisher.reconcile(ctx, commit)).toMatchObject({ verdict: 'cannot_tell' });
    const busy = setUp({}, () => posts(post('8', callAt)));
    expect(await busy.publisher.reconcile(busy.ctx, commit)).toMatchObject({ verdict: 'cannot_tell' });
  });

  it('concludes nothing of a video before it can be converted', async () => {
    const { publisher, ctx, clock } = setUp({ media: [{ ...picture, kind: 'video' }] }, () => posts(older));
    clock.advance(11 * minute - 1);
    await expect(publisher.reconcile(ctx, commit)).rejects.toMatchObject({
      code: 'tumblr.video_may_be_converting',
    });
    clock.advance(1);
    expect(await publisher.reconcile(ctx, commit)).toMatchObject({ verdict: 'absent' });
  });
});
