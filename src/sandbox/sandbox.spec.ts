import { json, text } from './core/response.js';
import type { InboxEntry, InboxMedia } from './core/inbox.js';
import { fieldsOf, param } from './core/request.js';
import { stringAt, type JsonObject } from './core/json.js';
import { InvalidInput, type Simulator, type SimulatorEnvironment } from './core/simulator.js';
import type { FaultAction } from './core/fault.rules.js';
import { startSandbox, type Sandbox } from './sandbox.js';
import { PLATFORM_ORDER } from './platform.order.js';

/** A platform with one visible operation and one harmless one. */
function createEcho(environment: SimulatorEnvironment): Simulator {
  let posts: string[] = [];
  return {
    key: 'bluesky',
    name: 'Echo',
    hosts: ['API', 'AUTH'],
    operations: [
      {
        name: 'publish',
        host: 'API',
        method: 'POST',
        path: '/bot:token/posts',
        visible: true,
        secretParams: ['token'],
        query: ['dry'],
        headers: ['idempotency-key'],
        body: [
          { kind: 'json', fields: ['text', 'poll.options[]', 'extra.*'] },
          { kind: 'form', fields: ['text', 'poll.options[]'] },
          { kind: 'multipart', fields: ['text'], files: ['photo'] },
        ],
        handle: (request, context) => {
          context.actsAs('echo');
          posts.push(stringAt(fieldsOf(request), 'text') ?? '');
          return json(200, { id: String(posts.length), fields: fieldsOf(request) });
        },
      },
      {
        name: 'read',
        host: 'API',
        method: 'GET',
        path: '/posts/:id',
        visible: false,
        handle: (request) => json(200, { id: param(request, 'id') }),
      },
      {
        name: 'broken',
        host: 'AUTH',
        method: 'GET',
        path: '/broken',
        visible: false,
        handle: () => {
          throw new Error('a bug of the simulator');
        },
      },
      {
        name: 'page',
        host: 'AUTH',
        method: 'GET',
        path: '/page',
        visible: false,
        browser: true,
        handle: () => text(200, environment.url('AUTH')),
      },
    ],
    reset: () => {
      posts = [];
    },
    inbox: () =>
      posts.map((post, index): InboxEntry => ({
        platform: 'bluesky',
        account: 'echo',
        postId: String(index + 1),
        permalink: null,
        text: post,
        media: [pictureOf(environment)],
        linkCard: null,
        replyTo: null,
        visibility: 'public',
        spoiler: null,
        createdAt: environment.clock.iso(),
        extra: {},
        raw: {},
      })),
    accounts: () => [{ id: 'echo', name: 'Echo', credentials: { token: '1:abc' } }],
    createAccount: () => {
      throw new InvalidInput('one account is enough');
    },
    endTokens: (account) => account === 'echo',
  };
}

function pictureOf({ media }: SimulatorEnvironment): InboxMedia {
  const { sha256 } = media.put(PICTURE, 'image/png');
  return { kind: 'image', mimeType: 'image/png', bytes: PICTURE.length, alt: 'a "picture"', sha256 };
}

const PICTURE = Buffer.from('the bytes of a picture');

describe('sandbox', () => {
  let sandbox: Sandbox;
  let api: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'bluesky', create: createEcho }] });
    api = sandbox.info().platforms['bluesky']?.hosts['API'] ?? '';
  });

  beforeEach(() => sandbox.control.reset());
  afterAll(() => sandbox.close());

  const publish = (
    body: JsonObject = { text: 'hi' },
    init: Omit<RequestInit, 'headers'> & { headers?: Record<string, string> } = {},
    query = '',
  ): Promise<Response> =>
    fetch(`${api}/bot1:abc/posts${query}`, {
      method: 'POST',
      body: JSON.stringify(body),
      ...init,
      headers: { 'content-type': 'application/json', ...init.headers },
    });

  const control = async (
    method: string,
    path: string,
    body?: JsonObject,
  ): Promise<{ status: number; json: JsonObject }> => {
    const answer = await fetch(`${sandbox.url}/_sandbox${path}`, {
      method,
      body: body ? JSON.stringify(body) : null,
    });
    const payload = await answer.text();
    return { status: answer.status, json: payload === '' ? {} : (JSON.parse(payload) as JsonObject) };
  };

  const unexpected = (): string[] =>
    sandbox.control.unexpected().map(({ what, detail }) => `${what} ${detail}`);

  describe('strictness', () => {
    it('lets declared fields, parameters and headers through', async () => {
      const answer = await publish(
        { text: 'hi', poll: { options: ['a', 'b'] }, extra: { any: { thing: [1] } } },
        { headers: { 'idempotency-key': 'k' } },
        '?dry=1',
      );
      expect(answer.status).toBe(200);
      expect(unexpected()).toEqual([]);
    });

    it.each<[string, () => Promise<Response>]>([
      ['route GET /api/nothing', () => fetch(`${api}/nothing`)],
      ['query force', () => publish({}, {}, '?force=1')],
      ['header x-extra', () => publish({}, { headers: { 'x-extra': '1' } })],
      ['field titel', () => publish({ titel: 'x' })],
      ['field poll.multiple', () => publish({ poll: { multiple: true } })],
      ['body content type text/plain', () => publish({}, { headers: { 'content-type': 'text/plain' } })],
    ])('refuses and logs %s', async (finding, send) => {
      const answer = await send();
      expect([400, 404]).toContain(answer.status);
      expect(await answer.text()).toContain(finding);
      expect(unexpected()).toEqual([finding]);
      expect(sandbox.control.inbox()).toEqual([]);
      expect((await control('GET', '/unexpected?platform=bluesky')).json['unexpected']).toHaveLength(1);
    });

    it('refuses a body where none is declared, a missing one and a malformed one', async () => {
      await fetch(`${api}/bot1:abc/posts`, { method: 'POST' });
      await publish({}, { body: '{"text":' });
      expect(unexpected()[0]).toBe('body a body is missing');
      expect(unexpected()[1]).toContain('body malformed json');
      sandbox.control.clearUnexpected();
      expect(unexpected()).toEqual([]);
    });

    it('refuses a file part that is not declared', async () => {
      const form = new FormData();
      form.set('text', 'x');
      form.set('photo', new Blob(['a'], { type: 'image/png' }), 'a.png');
      const send = (): Promise<Response> => fetch(`${api}/bot1:abc/posts`, { method: 'POST', body: form });
      expect((await send()).status).toBe(200);
      form.set('virus', new Blob(['a']), 'b.exe');
      expect((await send()).status).toBe(400);
      expect(unexpected()).toEqual(['file virus']);
    });

    it('reads bracket names of forms as nested fields', async () => {
      const body = new URLSearchParams([
        ['text', 'hi'],
        ['poll[options][]', 'a'],
        ['poll[options][]', 'b'],
      ]);
      const answer = await fetch(`${api}/bot1:abc/posts`, { method: 'POST', body });
      expect(await answer.json()).toMatchObject({ fields: { text: 'hi', poll: { options: ['a', 'b'] } } });
    });

    it('allows the headers of a browser on a page only', async () => {
      const headers = { cookie: 'a=b', 'sec-fetch-site': 'none' };
      const auth = sandbox.info().platforms['bluesky']?.hosts['AUTH'] ?? '';
      expect(await (await fetch(`${auth}/page`, { headers })).text()).toBe(auth);
      expect((await fetch(`${api}/posts/1`, { headers })).status).toBe(400);
    });

    it('logs a failure of the simulator itself', async () => {
      const answer = await fetch(`${sandbox.info().platforms['bluesky']?.hosts['AUTH']}/broken`);
      expect(answer.status).toBe(500);
      expect(unexpected()[0]).toContain('handler Error: a bug of the simulator');
    });
  });

  describe('calls', () => {
    it('logs operation, visibility, acceptance and status, without secrets', async () => {
      await publish({ text: 'hi' }, { headers: { authorization: 'Bearer secret' } });
      await fetch(`${api}/posts/1`);
      const calls = sandbox.control.calls('bluesky');
      expect(calls[0]).toMatchObject({
        seq: expect.any(Number) as number,
        operation: 'publish',
        method: 'POST',
        path: '/api/bot***/posts',
        visible: true,
        accepted: true,
        status: 200,
        account: 'echo',
        state: 'answered',
      });
      expect(calls[1]).toMatchObject({ operation: 'read', visible: false, accepted: false, status: 200 });
      expect(JSON.stringify(calls)).not.toMatch(/secret|1:abc/);
    });
  });

  describe('faults', () => {
    const fault = (action: FaultAction, more: JsonObject = {}): Promise<{ status: number }> =>
      control('POST', '/faults', {
        platform: 'bluesky',
        operation: 'publish',
        ...more,
        action: { ...action },
      });
    const posts = (): number => sandbox.control.inbox().length;

    it.each<[FaultAction['kind'], number, number]>([
      ['status', 503, 0],
      ['status-before', 503, 0],
      ['status-after', 502, 1],
    ])('%s answers with the status', async (kind, status, created) => {
      await fault({ kind, status, headers: { 'retry-after': '7' }, body: { error: 'x' } });
      const answer = await publish();
      expect([answer.status, answer.headers.get('retry-after'), await answer.json()]).toEqual([
        status,
        '7',
        { error: 'x' },
      ]);
      expect(posts()).toBe(created);
      expect(sandbox.control.calls()[0]).toMatchObject({ accepted: created === 1, status, fault: kind });
    });

    it.each<[FaultAction['kind'], number]>([
      ['reset-before', 0],
      ['reset-after', 1],
    ])('%s resets the connection', async (kind, created) => {
      await fault({ kind });
      await expect(publish()).rejects.toThrow('fetch failed');
      expect(posts()).toBe(created);
      expect(sandbox.control.calls()[0]).toMatchObject({
        accepted: created === 1,
        status: null,
        state: 'lost',
      });
    });

    it.each<[FaultAction['kind'], number]>([
      ['hang-before', 0],
      ['hang-after', 1],
    ])('%s never answers, until a reset', async (kind, created) => {
      await fault({ kind });
      await expect(publish({ text: 'x' }, { signal: AbortSignal.timeout(150) })).rejects.toThrow('timeout');
      expect(posts()).toBe(created);
      const hanging = publish();
      const ended = expect(hanging).rejects.toThrow('fetch failed');
      while (sandbox.control.calls().length < 2) await new Promise(setImmediate);
      await new Promise(setImmediate);
      sandbox.control.reset();
      await ended;
    });

    it('truncate-after cuts the answer', async () => {
      await fault({ kind: 'truncate-after' });
      const answer = await publish();
      await expect(answer.text()).rejects.toThrow();
      expect(posts()).toBe(1);
    });

    it('slow acts and answers late', async () => {
      await fault({ kind: 'slow', ms: 60 });
      const before = performance.now();
      expect((await publish()).status).toBe(200);
      expect(performance.now() - before).toBeGreaterThan(50);
    });

    it('strikes the nth call, as often as count says', async () => {
      await fault({ kind: 'status', status: 503 }, { nth: 2 });
      await fault({ kind: 'status', status: 429 }, { nth: 4, count: 2 });
      const statuses: number[] = [];
      for (let call = 0; call < 6; call += 1) statuses.push((await publish()).status);
      expect(statuses).toEqual([200, 503, 200, 429, 429, 200]);
    });

    it('draws the same calls for the same seed and rate', async () => {
      const run = async (seed: number): Promise<number[]> => {
        sandbox.control.reset();
        await fault({ kind: 'status', status: 503 }, { rate: 0.5, seed });
        const statuses: number[] = [];
        for (let call = 0; call < 20; call += 1) statuses.push((await publish()).status);
        return statuses;
      };
      const first = await run(7);
      expect(new Set(first)).toEqual(new Set([200, 503]));
      expect(await run(7)).toEqual(first);
      expect(await run(8)).not.toEqual(first);
    });

    it('matches by visibility and path, and goes when it is removed', async () => {
      sandbox.control.addFault({
        platform: 'bluesky',
        visible: true,
        action: { kind: 'status', status: 503 },
      });
      sandbox.control.addFault({
        platform: 'bluesky',
        path: '/api/posts/*',
        action: { kind: 'status', status: 418 },
      });
      expect([(await publish()).status, (await fetch(`${api}/posts/1`)).status]).toEqual([503, 418]);
      expect((await control('DELETE', '/faults')).json).toEqual({ removed: 2 });
      expect((await publish()).status).toBe(200);
    });

    it('refuses a fault that makes no sense', async () => {
      expect((await fault({ kind: 'status' })).status).toBe(400);
      expect((await control('POST', '/faults', { platform: 'x', action: { kind: 'slow' } })).status).toBe(
        400,
      );
      expect((await control('POST', '/faults', { platform: 'bluesky', action: { kind: 'no' } })).status).toBe(
        400,
      );
      expect(sandbox.control.faults()).toEqual([]);
    });
  });

  describe('barriers', () => {
    it.each<['before' | 'after', number]>([
      ['before', 0],
      ['after', 1],
    ])('holds a call %s the handler acts and lets it go', async (position, created) => {
      const { json: barrier } = await control('POST', '/barriers', {
        platform: 'bluesky',
        visible: true,
        position,
      });
      expect(barrier).toMatchObject({ state: 'waiting', held: 0 });
      const waiting = control('GET', `/barriers/${String(barrier['id'])}?wait=5000`);
      const answer = publish();
      expect((await waiting).json).toMatchObject({
        state: 'held',
        held: 1,
        calls: [{ operation: 'publish', state: 'held' }],
      });
      expect(sandbox.control.inbox()).toHaveLength(created);
      await control('POST', `/barriers/${String(barrier['id'])}/release`);
      expect((await answer).status).toBe(200);
      expect(sandbox.control.inbox()).toHaveLength(1);
      expect((await publish()).status).toBe(200);
    });

    it('acts for a client that died while it was held, unless the call is dropped', async () => {
      for (const mode of ['proceed', 'drop'] as const) {
        sandbox.control.reset();
        const { id } = sandbox.control.addBarrier({
          platform: 'bluesky',
          operation: 'publish',
          position: 'before',
        });
        const client = new AbortController();
        const answer = publish({ text: mode }, { signal: client.signal }).catch(() => 'gone');
        await sandbox.control.waitForBarrier(id, 5000);
        client.abort();
        expect(await answer).toBe('gone');
        sandbox.control.releaseBarrier(id, mode);
        while (['open', 'held'].includes(sandbox.control.calls()[0]?.state ?? 'open'))
          await new Promise(setImmediate);
        expect(sandbox.control.inbox()).toHaveLength(mode === 'proceed' ? 1 : 0);
      }
    });

    it('holds from the nth call on, as many as count says', async () => {
      const { id } = sandbox.control.addBarrier({
        platform: 'bluesky',
        visible: true,
        position: 'before',
        nth: 2,
        count: 2,
      });
      expect((await publish()).status).toBe(200);
      const held = [publish(), publish()];
      while ((await sandbox.control.waitForBarrier(id, 5000))?.held !== 2) await new Promise(setImmediate);
      expect((await publish()).status).toBe(200);
      sandbox.control.releaseBarrier(id);
      expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    });

    it('comes back with the state when nothing happens, and knows no others', async () => {
      const { id } = sandbox.control.addBarrier({ platform: 'bluesky', position: 'after' });
      expect((await control('GET', `/barriers/${id}?wait=20`)).json).toMatchObject({ state: 'waiting' });
      expect((await control('GET', '/barriers/none')).status).toBe(404);
      expect((await control('POST', '/barriers', { platform: 'bluesky', position: 'middle' })).status).toBe(
        400,
      );
    });
  });

  describe('control API', () => {
    it('says where everything is', async () => {
      expect((await control('GET', '/info')).json).toEqual(sandbox.info());
      const env = await (await fetch(`${sandbox.url}/_sandbox/env`)).text();
      expect(env).toContain(`PLATFORM_BLUESKY_API_URL=${api}\n`);
      expect(env).toContain('FANFARE_ALLOW_ADDRESSES=127.0.0.0/8\n');
    });

    it('lists accounts, ends tokens and moves the clock', async () => {
      expect((await control('GET', '/accounts')).json).toMatchObject({
        accounts: [{ platform: 'bluesky', id: 'echo' }],
      });
      const tokens = (account: string): JsonObject => ({ platform: 'bluesky', account, action: 'expire' });
      expect((await control('POST', '/tokens', tokens('echo'))).status).toBe(204);
      expect((await control('POST', '/tokens', tokens('nobody'))).status).toBe(400);
      expect((await control('POST', '/accounts', { platform: 'bluesky' })).status).toBe(400);
      expect((await control('POST', '/settings', { platform: 'bluesky', lag: 1 })).status).toBe(400);
      expect((await control('POST', '/clock', { advanceMs: 3_600_000 })).json).toMatchObject({
        offsetMs: 3_600_000,
      });
      expect(Date.parse(sandbox.control.clock().now) - Date.now()).toBeGreaterThan(3_500_000);
    });

    it('shows the inbox and forgets all on reset', async () => {
      await publish({ text: 'to be <seen>' });
      expect((await control('GET', '/inbox')).json).toMatchObject({ entries: [{ text: 'to be <seen>' }] });
      const page = await fetch(`${sandbox.url}/`);
      expect(page.headers.get('content-type')).toContain('text/html');
      const markup = await page.text();
      expect(markup).toContain('to be &lt;seen&gt;');
      expect(markup).toContain('alt="a &quot;picture&quot;"');
      const source = /<img src="([^"]+)"/.exec(markup)?.[1] ?? '';
      const picture = await fetch(sandbox.url + source);
      expect([picture.headers.get('content-type'), await picture.text()]).toEqual([
        'image/png',
        PICTURE.toString(),
      ]);
      expect((await control('GET', '/media/none')).status).toBe(404);
      await control('POST', '/reset');
      expect([sandbox.control.inbox(), sandbox.control.calls(), sandbox.control.clock().offsetMs]).toEqual([
        [],
        [],
        0,
      ]);
    });

    it('answers a wrong route and a wrong body with an error', async () => {
      expect((await control('GET', '/nothing')).status).toBe(404);
      const answer = await fetch(`${sandbox.url}/_sandbox/faults`, { method: 'POST', body: '[1' });
      expect(answer.status).toBe(400);
    });
  });

  it('gives every platform a port of its own, in a fixed order', () => {
    expect(PLATFORM_ORDER.slice(0, 4)).toEqual(['bluesky', 'mastodon', 'telegram', 'email']);
    expect(new Set(PLATFORM_ORDER).size).toBe(PLATFORM_ORDER.length);
  });
});
