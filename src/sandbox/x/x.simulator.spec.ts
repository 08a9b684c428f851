import { createHash } from 'node:crypto';
import sharp from 'sharp';
import type { PlatformAccount } from '../control/sandbox.control.js';
import { arrayAt, isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createXSimulator } from './x.simulator.js';
import { APP_TOKEN } from './x.state.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

const REDIRECT = 'http://127.0.0.1:3000/callback';
const VERIFIER = 'v'.repeat(50);
const BASIC = `Basic ${Buffer.from('x-app:x-app-secret').toString('base64')}`;
const SCOPES = 'tweet.read tweet.write users.read media.write offline.access';

describe('X simulator', () => {
  let sandbox: Sandbox;
  let alice: PlatformAccount;
  let token: string;

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'x', create: createXSimulator }] });
  });
  beforeEach(async () => {
    sandbox.control.reset();
    alice = sandbox.control.createAccount('x', { username: 'alice' });
    token = (await logIn(alice.id)).access;
  });
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: 'API' | 'AUTH'): string => sandbox.info().platforms['x']?.hosts[host] ?? '';

  async function send(path: string, init: RequestInit, bearer: string | null = token): Promise<Answer> {
    const headers = new Headers(init.headers);
    if (bearer !== null) headers.set('authorization', bearer.includes(' ') ? bearer : `Bearer ${bearer}`);
    const answer = await fetch(url('API') + path, { ...init, headers });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  const get = (path: string, bearer = token): Promise<Answer> => send(path, { method: 'GET' }, bearer);
  const post = (path: string, body?: JsonObject, bearer = token): Promise<Answer> =>
    send(
      path,
      {
        method: 'POST',
        ...(body === undefined
          ? {}
          : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      },
      bearer,
    );
  const tweet = (body: JsonObject, bearer = token): Promise<Answer> => post('/2/tweets', body, bearer);
  const give = (fields: Record<string, string>): Promise<Answer> =>
    send('/2/oauth2/token', { method: 'POST', body: new URLSearchParams(fields) }, BASIC);
  const dataOf = ({ json }: Answer): JsonObject => objectAt(json, 'data') ?? {};
  const idOf = (answer: Answer): string => stringAt(dataOf(answer), 'id') ?? '';

  async function codeFor(account: string, declined: readonly string[] = []): Promise<string> {
    const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
    const form = new URLSearchParams({
      ...{ response_type: 'code', client_id: 'x-app', redirect_uri: REDIRECT, scope: SCOPES, state: 's' },
      ...{ code_challenge: challenge, code_challenge_method: 'S256', account, decision: 'allow' },
    });
    for (const scope of declined) form.append('declined[]', scope);
    const answer = await fetch(`${url('AUTH')}/i/oauth2/authorize`, {
      method: 'POST',
      body: form,
      redirect: 'manual',
    });
    return new URL(answer.headers.get('location') ?? '').searchParams.get('code') ?? '';
  }

  const redeem = (code: string): Promise<Answer> =>
    give({ grant_type: 'authorization_code', code, redirect_uri: REDIRECT, code_verifier: VERIFIER });

  async function logIn(
    account: string,
    declined: readonly string[] = [],
  ): Promise<{ access: string; refresh: string }> {
    const { json } = await redeem(await codeFor(account, declined));
    return { access: stringAt(json, 'access_token') ?? '', refresh: stringAt(json, 'refresh_token') ?? '' };
  }

  async function picture(): Promise<string> {
    const image = sharp({ create: { width: 40, height: 30, channels: 3, background: '#369' } });
    const form = new FormData();
    form.set('media', new Blob([await image.png().toBuffer()], { type: 'image/png' }), 'a.png');
    form.set('media_category', 'tweet_image');
    return idOf(await send('/2/media/upload', { method: 'POST', body: form }));
  }

  async function append(id: string, index: number, bytes: Buffer): Promise<Answer> {
    const form = new FormData();
    form.set('segment_index', String(index));
    form.set('media', new Blob([bytes]), 'segment');
    return send(`/2/media/upload/${id}/append`, { method: 'POST', body: form });
  }

  describe('tokens', () => {
    it('come for a code of 30 seconds, live two hours and rotate', async () => {
      const late = await codeFor(alice.id);
      sandbox.control.advanceClock(31_000);
      expect(await redeem(late)).toMatchObject({ status: 400, json: { error: 'invalid_request' } });

      const { access, refresh } = await logIn(alice.id);
      sandbox.control.advanceClock(2 * 60 * 60_000);
      expect(await get('/2/users/me', access)).toMatchObject({
        status: 401,
        json: { title: 'Unauthorized' },
      });
      const renewed = await give({ grant_type: 'refresh_token', refresh_token: refresh });
      expect(renewed.json).toMatchObject({ token_type: 'bearer', expires_in: 7200 });
      expect(renewed.json['refresh_token']).not.toBe(refresh);
      expect(await give({ grant_type: 'refresh_token', refresh_token: refresh })).toMatchObject({
        status: 400,
        json: { error: 'invalid_request', error_description: 'Value passed for the token was invalid.' },
      });
      expect(await get('/2/users/me', stringAt(renewed.json, 'access_token'))).toMatchObject({
        status: 200,
        json: { data: { id: alice.id, username: 'alice' } },
      });
    });

    it('are taken back, and need the header of the app', async () => {
      const revoked = await send(
        '/2/oauth2/revoke',
        { method: 'POST', body: new URLSearchParams({ token, token_type_hint: 'access_token' }) },
        BASIC,
      );
      expect(revoked).toMatchObject({ status: 200, json: { revoked: true } });
      expect(await get('/2/users/me')).toMatchObject({ status: 401 });
      const body = new URLSearchParams({ grant_type: 'refresh_token', refresh_token: 'r' });
      expect(await send('/2/oauth2/token', { method: 'POST', body }, null)).toMatchObject({
        status: 401,
        json: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' },
      });
    });

    it('without the scope, or of the app itself, are refused', async () => {
      const { access } = await logIn(alice.id, ['media.write']);
      const body = { media_type: 'video/mp4', total_bytes: 9, media_category: 'tweet_video' };
      expect(await post('/2/media/upload/initialize', body, access)).toMatchObject({
        status: 403,
        json: { title: 'Forbidden', detail: 'Forbidden', type: 'about:blank' },
      });
      const { json } = await tweet({ text: 'As nobody' }, APP_TOKEN);
      expect(json['type']).toMatch(/\/unsupported-authentication$/);
      expect(await get('/2/usage/tweets', APP_TOKEN)).toMatchObject({ status: 200 });
    });
  });

  describe('a post', () => {
    it('is seen by people, and read back escaped and with short addresses', async () => {
      const answer = await tweet({ text: 'Fish & <chips> https://example.org/menu', made_with_ai: true });
      expect(answer.status).toBe(201);
      expect(sandbox.control.inbox('x')).toMatchObject([
        {
          text: 'Fish & <chips> https://example.org/menu',
          permalink: `https://x.com/alice/status/${idOf(answer)}`,
          linkCard: { url: 'https://example.org/menu' },
          extra: { madeWithAi: true, replySettings: 'everyone' },
        },
      ]);
      const { json } = await get(
        `/2/users/${alice.id}/tweets?tweet.fields=entities,created_at&max_results=5`,
      );
      expect(json).toMatchObject({
        data: [
          {
            id: idOf(answer),
            text: expect.stringMatching(/^Fish &amp; &lt;chips&gt; https:\/\/t\.co\/\w{10}$/),
            entities: { urls: [{ expanded_url: 'https://example.org/menu' }] },
          },
        ],
        meta: { result_count: 1 },
      });
    });

    it.each([
      ['a second time', { text: 'Once' }, 'You are not allowed to create a Tweet with duplicate content.'],
      ['of 281', { text: 'a'.repeat(281) }, 'You are not permitted to perform this action.'],
      ['of 141 wide characters', { text: '日'.repeat(141) }, 'You are not permitted to perform this action.'],
      ['with two cashtags', { text: '$AB and $CD' }, 'Posts are limited to a maximum of one cashtag'],
      [
        'to a reply that is gone',
        { text: 'Hm', reply: { in_reply_to_tweet_id: '1' } },
        'You attempted to reply to a Tweet that is deleted or not visible to you.',
      ],
      ['as a quote', { text: 'See', quote_tweet_id: '1' }, 'You are not permitted to perform this action.'],
    ])('%s is refused', async (_name, body, detail) => {
      await tweet({ text: 'Once' });
      expect(await tweet(body)).toMatchObject({ status: 403, json: { detail } });
      expect(sandbox.control.inbox('x')).toHaveLength(1);
    });

    it.each<[string, JsonObject, RegExp]>([
      ['a text that is none', { text: 7 }, /^\$\.text: number found, string expected/],
      ['five pictures', { media: { media_ids: ['1', '2', '3', '4', '5'] } }, /from 1 to 4/],
      ['media that nobody uploaded', { media: { media_ids: ['1'] } }, /^Your media IDs are invalid\.$/],
      [
        'a poll of one option',
        { text: 'So?', poll: { options: ['yes'], duration_minutes: 5 } },
        /^\$\.poll\.options/,
      ],
      [
        'a poll beside media',
        { text: 'So?', media: { media_ids: ['1'] }, poll: { options: ['a', 'b'], duration_minutes: 5 } },
        /mutually exclusive/,
      ],
    ])('with %s is a bad request', async (_name, body, message) => {
      const { status, json } = await tweet(body);
      expect([status, json['type']]).toEqual([400, expect.stringMatching(/\/invalid-request$/)]);
      expect(arrayAt(json, 'errors')).toEqual([
        expect.objectContaining({ message: expect.stringMatching(message) }),
      ]);
    });

    it('counts by weight: 280 narrow ones, or 25,000 for who pays', async () => {
      expect(await tweet({ text: `${'a'.repeat(256)} https://example.org/${'p'.repeat(99)}` })).toMatchObject(
        {
          status: 201,
        },
      );
      sandbox.control.createAccount('x', { username: 'alice', subscription: 'Premium' });
      const long = await tweet({ text: 'b'.repeat(25_000) });
      expect(long.status).toBe(201);
      const { json } = await get(`/2/tweets/${idOf(long)}?tweet.fields=note_tweet`);
      expect(json).toMatchObject({ data: { note_tweet: { text: 'b'.repeat(25_000) } } });
    });

    it('goes on as a thread, and answers others only when they asked for it', async () => {
      const root = idOf(await tweet({ text: 'One' }));
      const next = idOf(await tweet({ text: 'Two', reply: { in_reply_to_tweet_id: root } }));
      const { json } = await get(`/2/tweets?ids=${next}&tweet.fields=conversation_id,referenced_tweets`);
      expect(json).toMatchObject({
        data: [{ conversation_id: root, referenced_tweets: [{ type: 'replied_to', id: root }] }],
      });
      const bob = sandbox.control.createAccount('x', { username: 'bob' });
      const { access } = await logIn(bob.id);
      const reply = { text: 'Me too', reply: { in_reply_to_tweet_id: root } };
      expect(await tweet(reply, access)).toMatchObject({
        status: 403,
        json: { detail: expect.stringMatching(/^Reply to this conversation is not allowed/) },
      });
      await tweet({ text: 'What do you say, @bob?' });
      expect(await tweet(reply, access)).toMatchObject({ status: 201 });
    });

    it('is deleted by its author, whether it is there or not', async () => {
      const id = idOf(await tweet({ text: 'Not for long' }));
      const { access } = await logIn(sandbox.control.createAccount('x', { username: 'bob' }).id);
      const remove = (bearer: string): Promise<Answer> =>
        send(`/2/tweets/${id}`, { method: 'DELETE' }, bearer);
      expect(await remove(access)).toMatchObject({ status: 403 });
      expect(await remove(token)).toMatchObject({ status: 200, json: { data: { deleted: true } } });
      expect(sandbox.control.inbox('x')).toEqual([]);
      expect(await remove(token)).toMatchObject({ status: 200 });
      sandbox.control.configure('x', { deletesUnknown: false });
      expect(await remove(token)).toMatchObject({ status: 404, json: { resource_id: id } });
    });
  });

  describe('media', () => {
    it('are pictures with alternative text, of their owner alone', async () => {
      const id = await picture();
      const metadata = { alt_text: { text: 'A blue wall' } };
      expect(await post('/2/media/metadata', { id, metadata })).toMatchObject({ status: 200 });
      const bob = await logIn(sandbox.control.createAccount('x', { username: 'bob' }).id);
      expect(await tweet({ media: { media_ids: [id] } }, bob.access)).toMatchObject({ status: 400 });
      expect(await tweet({ media: { media_ids: [id] } })).toMatchObject({ status: 201 });
      expect(sandbox.control.inbox('x')).toMatchObject([
        { text: '', media: [{ kind: 'image', alt: 'A blue wall', width: 40, height: 30 }] },
      ]);
      const { json } = await get(`/2/users/${alice.id}/tweets?tweet.fields=attachments,entities`);
      expect(json).toMatchObject({
        data: [{ attachments: { media_keys: [`3_${id}`] }, entities: { urls: [{ media_key: `3_${id}` }] } }],
      });
    });

    it('in segments have to add up, and are processed before a post may show them', async () => {
      const moving = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#963' } })
        .gif()
        .toBuffer();
      const begin = { media_type: 'image/gif', total_bytes: moving.length, media_category: 'tweet_gif' };
      const id = idOf(await post('/2/media/upload/initialize', begin));
      expect(await append(id, 1, moving.subarray(10))).toMatchObject({ status: 200 });
      expect(await post(`/2/media/upload/${id}/finalize`)).toMatchObject({ status: 400 });
      expect(await append(id, 0, moving.subarray(0, 9))).toMatchObject({ status: 200 });
      expect(await post(`/2/media/upload/${id}/finalize`)).toMatchObject({ status: 400 });
      expect(await append(id, 0, moving.subarray(0, 10))).toMatchObject({ status: 200 });
      expect(await post(`/2/media/upload/${id}/finalize`)).toMatchObject({
        json: { data: { expires_after_secs: 86_400, processing_info: { state: 'pending' } } },
      });
      expect(await tweet({ media: { media_ids: [id] } })).toMatchObject({ status: 400 });
      sandbox.control.advanceClock(2_000);
      expect(await get(`/2/media/upload?command=STATUS&media_id=${id}`)).toMatchObject({
        json: { data: { processing_info: { state: 'succeeded' } } },
      });
      expect(await tweet({ media: { media_ids: [id, await picture()] } })).toMatchObject({ status: 400 });
      expect(await tweet({ media: { media_ids: [id] } })).toMatchObject({ status: 201 });
      sandbox.control.advanceClock(24 * 60 * 60_000);
      token = (await logIn(alice.id)).access;
      expect(await tweet({ media: { media_ids: [id] } })).toMatchObject({ status: 400 });
    });

    it('that are not what they say fail while they are processed', async () => {
      const begin = { media_type: 'video/mp4', total_bytes: 4, media_category: 'tweet_video' };
      const id = idOf(await post('/2/media/upload/initialize', begin));
      await append(id, 0, Buffer.from('none'));
      await post(`/2/media/upload/${id}/finalize`);
      sandbox.control.advanceClock(2_000);
      expect(await get(`/2/media/upload?command=STATUS&media_id=${id}`)).toMatchObject({
        json: { data: { processing_info: { state: 'failed', error: { code: 1, name: 'InvalidMedia' } } } },
      });
    });

    it('too large or of a strange kind are refused when they are announced', async () => {
      const begin = (changes: JsonObject): Promise<Answer> =>
        post('/2/media/upload/initialize', {
          ...{ media_type: 'video/mp4', total_bytes: 9, media_category: 'tweet_video' },
          ...changes,
        });
      expect(await begin({ total_bytes: 512 * 1_048_576 })).toMatchObject({ status: 200 });
      expect(await begin({ total_bytes: 512 * 1_048_576 + 1 })).toMatchObject({ status: 400 });
      expect(await begin({ media_type: 'image/gif' })).toMatchObject({
        status: 400,
        json: { error: 'media type unrecognized.' },
      });
    });
  });

  describe('reading', () => {
    it('is behind, in pages, and by both names of things', async () => {
      for (const word of ['one', 'two', 'three', 'four', 'five', 'six']) await tweet({ text: word });
      const path = `/2/users/${alice.id}/tweets?max_results=5&post.fields=public_metrics`;
      const first = await get(path);
      expect(arrayAt(first.json, 'data')).toHaveLength(5);
      expect(arrayAt(first.json, 'data')?.[0]).toMatchObject({
        text: 'six',
        edit_history_post_ids: [expect.any(String)],
        public_metrics: { repost_count: 0 },
      });
      const next = stringAt(objectAt(first.json, 'meta') ?? {}, 'next_token') ?? '';
      expect(await get(`${path}&pagination_token=${next}`)).toMatchObject({
        json: { data: [{ text: 'one' }] },
      });
      sandbox.control.configure('x', { readLagMs: 60_000 });
      expect((await get(path)).json).toEqual({ meta: { result_count: 0 } });
      sandbox.control.advanceClock(60_000);
      expect((await get(path)).json).toMatchObject({ meta: { result_count: 5 } });
      expect(await get(`${path}&max_results=4`.replace('max_results=5&', ''))).toMatchObject({ status: 400 });
    });

    it('tells the figures that a test has set', async () => {
      sandbox.control.configure('x', { likes: 3, impressions: 40 });
      const id = idOf(await tweet({ text: 'Look' }));
      expect(await get(`/2/tweets?ids=${id},1&tweet.fields=public_metrics`)).toMatchObject({
        json: {
          data: [{ public_metrics: { like_count: 3, impression_count: 40, retweet_count: 0 } }],
          errors: [{ type: expect.stringMatching(/\/resource-not-found$/), resource_id: '1' }],
        },
      });
    });
  });

  describe('limits', () => {
    it('are 100 posts in 15 minutes, told in headers', async () => {
      for (let no = 1; no < 100; no += 1) await tweet({ text: `Post ${no}` });
      const last = await tweet({ text: 'Post 100' });
      expect([last.status, last.headers.get('x-rate-limit-remaining')]).toEqual([201, '0']);
      expect(last.headers.get('x-app-limit-24hour-remaining')).toBe('9900');
      const refused = await tweet({ text: 'Post 101' });
      expect(refused).toMatchObject({ status: 429, json: { title: 'Too Many Requests' } });
      const reset = Number(refused.headers.get('x-rate-limit-reset')) * 1000;
      sandbox.control.advanceClock(reset - Date.parse(sandbox.control.clock().now));
      expect(await tweet({ text: 'Post 101' })).toMatchObject({ status: 201 });
    }, 60_000);

    it('are credits, people and months as well', async () => {
      sandbox.control.configure('x', { readsCapped: true });
      expect(await get('/2/tweets?ids=1')).toMatchObject({
        status: 429,
        json: { title: 'UsageCapExceeded' },
      });
      sandbox.control.configure('x', { creditsDepleted: true });
      expect(await tweet({ text: 'Broke' })).toMatchObject({
        status: 402,
        json: { title: 'CreditsDepleted' },
      });
      sandbox.control.configure('x', { creditsDepleted: false });
      sandbox.control.createAccount('x', { username: 'alice', status: 'locked' });
      expect(await tweet({ text: 'Locked' })).toMatchObject({ status: 403 });
      sandbox.control.createAccount('x', { username: 'alice', status: 'suspended' });
      const { json } = await tweet({ text: 'Suspended' });
      expect(json['type']).toMatch(/\/user-suspended$/);
    });
  });
});
