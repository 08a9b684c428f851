import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { isJsonObject, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { MastodonSimulator } from './mastodon.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly json: JsonObject;
  readonly list: readonly JsonValue[];
}

const REDIRECT = 'http://127.0.0.1:3000/callback';
const TOKEN = 'sandbox-token-alice';

/** For tests of many requests on a busy machine. */
const SLOW_MS = 30_000;

describe('Mastodon simulator', () => {
  let sandbox: Sandbox;
  let base: string;

  beforeAll(async () => {
    const create = (environment: ConstructorParameters<typeof MastodonSimulator>[0]): MastodonSimulator =>
      new MastodonSimulator(environment);
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'mastodon', create }] });
    base = sandbox.info().platforms['mastodon']?.url ?? '';
  });

  beforeEach(() => sandbox.control.reset());
  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  async function call(
    method: string,
    path: string,
    init: Omit<RequestInit, 'headers'> & { token?: string | null; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const { token = TOKEN, ...rest } = init;
    const headers = { ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...rest.headers };
    const answer = await fetch(base + path, { redirect: 'manual', ...rest, method, headers });
    const parsed = (await answer.json().catch(() => ({}))) as JsonValue;
    const json = isJsonObject(parsed) ? parsed : {};
    return {
      status: answer.status,
      headers: answer.headers,
      json,
      list: Array.isArray(parsed) ? parsed : [],
    };
  }

  const post = (fields: JsonObject, headers: Record<string, string> = {}, token = TOKEN): Promise<Answer> =>
    call('POST', '/api/v1/statuses', {
      body: JSON.stringify(fields),
      headers: { 'content-type': 'application/json', ...headers },
      token,
    });

  const form = (path: string, fields: Record<string, string>, token: string | null = null): Promise<Answer> =>
    call('POST', path, { body: new URLSearchParams(fields), token });

  async function upload(
    bytes: Buffer,
    type: string,
    fields: Record<string, string> = {},
    path = '/api/v2/media',
  ): Promise<Answer> {
    const body = new FormData();
    body.set('file', new Blob([new Uint8Array(bytes)], { type }), 'file');
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    return call('POST', path, { body });
  }

  const picture = (width = 30, height = 20): Promise<Buffer> =>
    sharp({ create: { width, height, channels: 3, background: 'purple' } })
      .png()
      .toBuffer();

  const idOf = (answer: Answer): string => stringAt(answer.json, 'id') ?? '';
  const texts = (): string[] => sandbox.control.inbox().map(({ text }) => text);

  describe('connecting', () => {
    const register = (fields: JsonObject = {}): Promise<Answer> =>
      call('POST', '/api/v1/apps', {
        token: null,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          client_name: 'Fanfare',
          redirect_uris: [REDIRECT],
          scopes: 'profile read:statuses write:statuses write:media',
          website: 'https://example.com',
          ...fields,
        }),
      });

    async function authorize(
      app: Answer,
      more: Record<string, string> = {},
    ): Promise<{ page: string; status: number; location: URL | null }> {
      const query = new URLSearchParams({
        response_type: 'code',
        client_id: stringAt(app.json, 'client_id') ?? '',
        redirect_uri: REDIRECT,
        scope: 'profile write:statuses',
        state: 'st',
        ...more,
      });
      const shown = await fetch(`${base}/oauth/authorize?${query.toString()}`);
      const page = await shown.text();
      const fields = new URLSearchParams();
      for (const [, name = '', value = ''] of page.matchAll(
        /<input type="hidden" name="([^"]*)" value="([^"]*)">/g,
      ))
        fields.set(name, value);
      fields.set('decision', more['decision'] ?? 'allow');
      const sent = await fetch(`${base}/oauth/authorize`, {
        method: 'POST',
        body: fields,
        redirect: 'manual',
      });
      const location = sent.headers.get('location');
      return { page, status: shown.status, location: location === null ? null : new URL(location) };
    }

    const exchange = (app: Answer, code: string, more: Record<string, string> = {}): Promise<Answer> =>
      form('/oauth/token', {
        grant_type: 'authorization_code',
        code,
        client_id: stringAt(app.json, 'client_id') ?? '',
        client_secret: stringAt(app.json, 'client_secret') ?? '',
        redirect_uri: REDIRECT,
        ...more,
      });

    it('goes from registration over consent to a token with the granted scopes', async () => {
      const app = await register();
      expect(app.json).toMatchObject({ redirect_uris: [REDIRECT], client_secret_expires_at: 0 });
      const verifier = 'v'.repeat(50);
      const challenge = createHash('sha256').update(verifier).digest('base64url');
      const { page, location } = await authorize(app, {
        code_challenge: challenge,
        code_challenge_method: 'S256',
      });
      expect(page).toContain('<form method="post" action="/oauth/authorize">');
      expect(page).toContain('<strong>Fanfare</strong>');
      expect(`${location?.origin}${location?.pathname}`).toBe(REDIRECT);
      expect(location?.searchParams.get('state')).toBe('st');
      const code = location?.searchParams.get('code') ?? '';
      const { json } = await exchange(app, code, { code_verifier: verifier });
      expect(json).toMatchObject({ token_type: 'Bearer', scope: 'profile write:statuses' });
      expect(Object.keys(json).sort()).toEqual(['access_token', 'created_at', 'scope', 'token_type']);
      const token = stringAt(json, 'access_token') ?? '';
      const me = await call('GET', '/api/v1/accounts/verify_credentials', { token });
      expect(me.json).toMatchObject({ username: 'alice', url: `${base}/@alice` });
      expect((await post({ status: 'with an app' }, {}, token)).json).toMatchObject({
        application: { name: 'Fanfare' },
      });
      const outside = await call('GET', `/api/v1/accounts/${idOf(me)}/statuses`, { token });
      expect([outside.status, outside.json['error']]).toEqual([
        403,
        'This action is outside the authorized scopes',
      ]);
    });

    it('gives a code once, to the right app, address and verifier', async () => {
      const [app, other] = [await register(), await register()];
      const challenge = { code_challenge: 'c'.repeat(43), code_challenge_method: 'S256' };
      const code = async (more: Record<string, string> = {}): Promise<string> =>
        (await authorize(app, more)).location?.searchParams.get('code') ?? '';
      const wrong = [
        await exchange(app, await code(challenge), { code_verifier: 'x'.repeat(43) }),
        await exchange(app, await code(challenge)),
        await exchange(other, await code()),
        await exchange(app, await code(), { redirect_uri: 'http://other' }),
        await exchange(app, 'none'),
      ];
      expect(wrong.map(({ status, json }) => [status, json['error']])).toEqual(
        Array(5).fill([400, 'invalid_grant']),
      );
      const good = await code();
      expect((await exchange(app, good)).status).toBe(200);
      expect((await exchange(app, good)).status).toBe(400);
      const late = await code();
      sandbox.control.advanceClock(11 * 60_000);
      expect((await exchange(app, late)).status).toBe(400);
      const client = await exchange(app, await code(), { client_secret: 'wrong' });
      expect([client.status, client.json['error']]).toEqual([401, 'invalid_client']);
    });

    it('hands a refusal of the person back, and shows wrong requests on the page', async () => {
      const app = await register();
      const denied = await fetch(`${base}/oauth/authorize`, {
        method: 'POST',
        redirect: 'manual',
        body: new URLSearchParams({
          response_type: 'code',
          client_id: stringAt(app.json, 'client_id') ?? '',
          redirect_uri: REDIRECT,
          scope: 'profile',
          decision: 'deny',
        }),
      });
      expect(denied.headers.get('location')).toContain(`${REDIRECT}?error=access_denied`);
      const statuses = [
        await authorize(app, { client_id: 'x' }),
        await authorize(app, { redirect_uri: 'http://evil' }),
        await authorize(app, { scope: 'push' }),
        await authorize(app, { code_challenge: 'x', code_challenge_method: 'plain' }),
      ].map(({ status }) => status);
      expect(statuses).toEqual([401, 400, 400, 400]);
    });

    it('shows the code on the page for an out-of-band address', async () => {
      const oob = 'urn:ietf:wg:oauth:2.0:oob';
      const app = await register({ redirect_uris: oob });
      const sent = await fetch(`${base}/oauth/authorize`, {
        method: 'POST',
        body: new URLSearchParams({
          response_type: 'code',
          client_id: stringAt(app.json, 'client_id') ?? '',
          redirect_uri: oob,
          scope: 'profile',
          account: 'bob',
          decision: 'allow',
        }),
      });
      const code = /<code>([^<]+)<\/code>/.exec(await sent.text())?.[1] ?? '';
      const token = stringAt((await exchange(app, code, { redirect_uri: oob })).json, 'access_token') ?? '';
      expect((await call('GET', '/api/v1/accounts/verify_credentials', { token })).json['username']).toBe(
        'bob',
      );
    });

    it('refuses bad registrations', async () => {
      const bad = [{ client_name: '' }, { redirect_uris: ['nowhere'] }, { scopes: 'everything' }];
      for (const fields of bad) expect((await register(fields)).status).toBe(422);
    });

    it('revokes a token of the app, again and again, but no foreign one', async () => {
      const app = await register();
      const code = (await authorize(app)).location?.searchParams.get('code') ?? '';
      const token = stringAt((await exchange(app, code)).json, 'access_token') ?? '';
      const revoke = (value: string): Promise<Answer> =>
        form('/oauth/revoke', {
          client_id: stringAt(app.json, 'client_id') ?? '',
          client_secret: stringAt(app.json, 'client_secret') ?? '',
          token: value,
        });
      expect([
        (await revoke(token)).status,
        (await revoke(token)).status,
        (await revoke(TOKEN)).status,
      ]).toEqual([200, 200, 403]);
      const { status, json } = await call('GET', '/api/v1/accounts/verify_credentials', { token });
      expect([status, json['error']]).toEqual([401, 'The access token was revoked']);
    });

    it('refuses the token of an app where a user is needed', async () => {
      const app = await register();
      const { json } = await exchange(app, '', { grant_type: 'client_credentials', scope: 'write:statuses' });
      const answer = await post({ status: 'x' }, {}, stringAt(json, 'access_token') ?? '');
      expect([answer.status, answer.json['error']]).toEqual([
        422,
        'This method requires an authenticated user',
      ]);
    });

    it('publishes its metadata', async () => {
      const metadata = await call('GET', '/.well-known/oauth-authorization-server', { token: null });
      expect(metadata.json).toMatchObject({
        token_endpoint: `${base}/oauth/token`,
        code_challenge_methods_supported: ['S256'],
      });
      const links = await call('GET', '/.well-known/nodeinfo', { token: null });
      expect(links.json).toMatchObject({ links: [{ href: `${base}/nodeinfo/2.0` }] });
      expect((await call('GET', '/nodeinfo/2.0', { token: null })).json).toMatchObject({
        software: { name: 'mastodon' },
      });
    });
  });

  describe('tokens', () => {
    it.each<['expire' | 'revoke', string]>([
      ['expire', 'The access token expired'],
      ['revoke', 'The access token was revoked'],
    ])('answers 401 after %s, and a fresh token works', async (action, error) => {
      sandbox.control.endTokens('mastodon', 'alice', action);
      const answer = await post({ status: 'x' });
      expect([answer.status, answer.json['error']]).toEqual([401, error]);
      const fresh = sandbox.control.createAccount('mastodon', { username: 'alice' });
      expect((await post({ status: 'x' }, {}, fresh.credentials['accessToken'])).status).toBe(200);
    });

    it('answers 401 to an unknown token and 403 to a disabled login', async () => {
      expect((await post({ status: 'x' }, {}, 'nonsense')).json['error']).toBe('The access token is invalid');
      sandbox.control.createAccount('mastodon', { username: 'alice', login: 'disabled' });
      const { status, json } = await post({ status: 'x' });
      expect([status, json['error']]).toEqual([403, 'Your login is currently disabled']);
    });
  });

  describe('instance', () => {
    it('tells its limits in both versions', async () => {
      sandbox.control.configure('mastodon', { maxCharacters: 1000 });
      for (const version of ['v1', 'v2']) {
        const { json } = await call('GET', `/api/${version}/instance`, { token: null });
        expect(json).toMatchObject({
          version: '4.5.2',
          configuration: {
            statuses: { max_characters: 1000, max_media_attachments: 4, characters_reserved_per_url: 23 },
            media_attachments: { image_size_limit: 16_777_216 },
          },
        });
      }
    });

    it('can be a dialect without the second version', async () => {
      sandbox.control.configure('mastodon', { apiV2: false, software: 'pleroma' });
      expect((await call('GET', '/api/v2/instance')).status).toBe(404);
      expect((await upload(await picture(), 'image/png')).status).toBe(404);
      expect((await upload(await picture(), 'image/png', {}, '/api/v1/media')).status).toBe(200);
      expect(() => sandbox.control.configure('mastodon', { nonsense: 1 })).toThrow('no setting');
    });
  });

  describe('statuses', () => {
    it('publishes text with links and hashtags', async () => {
      const { status, json } = await post({
        status: 'Hi & <b>\nhttps://example.com/a?b=c #Fan\n\nbye',
        language: 'de',
      });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        id: expect.stringMatching(/^\d{15,}$/) as string,
        url: `${base}/@alice/${String(json['id'])}`,
        visibility: 'public',
        in_reply_to_id: null,
        card: null,
        language: 'de',
        tags: [{ name: 'fan' }],
      });
      expect(json['content']).toMatch(/^<p>Hi &amp; &lt;b&gt;<br><a href="https:\/\/example.com\/a\?b=c"/);
      expect(sandbox.control.inbox()).toMatchObject([
        { postId: json['id'], permalink: json['url'], replyTo: null },
      ]);
      expect((await fetch(String(json['url']))).status).toBe(200);
    });

    it('takes forms as well as JSON', async () => {
      const body = new URLSearchParams([
        ['status', 'from a form'],
        ['sensitive', 'true'],
      ]);
      expect((await call('POST', '/api/v1/statuses', { body })).json).toMatchObject({ sensitive: true });
    });

    it('counts to 500, with 23 for every link and the content warning on top', async () => {
      const link = `https://example.com/${'x'.repeat(300)}`;
      const outcomes = [
        await post({ status: 'x'.repeat(500) }),
        await post({ status: 'x'.repeat(501) }),
        await post({ status: `${'x'.repeat(476)} ${link}` }),
        await post({ status: `${'x'.repeat(477)} ${link}` }),
        await post({ status: 'x'.repeat(490), spoiler_text: 'x'.repeat(10) }),
        await post({ status: 'x'.repeat(491), spoiler_text: 'x'.repeat(10) }),
      ];
      expect(outcomes.map(({ status }) => status)).toEqual([200, 422, 200, 422, 200, 422]);
      expect(outcomes[1]?.json['error']).toBe('Validation failed: Text character limit of 500 exceeded');
    });

    it.each<[string, JsonObject, number]>([
      ['no text', { status: ' ' }, 422],
      ['an unknown visibility', { status: 'x', visibility: 'secret' }, 422],
      ['an unknown parent', { status: 'x', in_reply_to_id: '1' }, 404],
      ['unknown media', { status: 'x', media_ids: ['1'] }, 422],
      ['a poll of one option', { status: 'x', poll: { options: ['a'], expires_in: 300 } }, 422],
      [
        'a poll of five options',
        { status: 'x', poll: { options: ['a', 'b', 'c', 'd', 'e'], expires_in: 300 } },
        422,
      ],
      ['a long poll option', { status: 'x', poll: { options: ['a', 'b'.repeat(51)], expires_in: 300 } }, 422],
      ['a short poll', { status: 'x', poll: { options: ['a', 'b'], expires_in: 299 } }, 422],
      ['a poll without end', { status: 'x', poll: { options: ['a', 'b'], expires_in: 2_629_747 } }, 422],
      [
        'a date that is too near',
        { status: 'x', scheduled_at: new Date(Date.now() + 200_000).toISOString() },
        422,
      ],
    ])('refuses %s', async (_name, fields, status) => {
      expect((await post(fields)).status).toBe(status);
      expect(texts()).toEqual([]);
    });

    it('takes a poll and a schedule', async () => {
      const poll = { options: ['a', 'b'.repeat(50)], expires_in: 300 };
      expect((await post({ status: 'x', poll })).json).toMatchObject({
        poll: { multiple: false, expired: false, options: [{ title: 'a', votes_count: 0 }, {}] },
      });
      const scheduled = await post({
        status: 'later',
        scheduled_at: new Date(Date.now() + 400_000).toISOString(),
      });
      expect(scheduled.json).toHaveProperty('scheduled_at');
      expect(scheduled.json).not.toHaveProperty('url');
      expect(texts()).toEqual(['x']);
    });

    it('hides the totals of a poll until it is over', async () => {
      const poll = { options: ['a ', 'b'], expires_in: '300', multiple: 'true', hide_totals: 'true' };
      const id = idOf(await post({ status: 'x', poll }));
      const read = async (): Promise<JsonObject> => (await call('GET', `/api/v1/statuses/${id}`)).json;
      const hidden = [
        { title: 'a', votes_count: null },
        { title: 'b', votes_count: null },
      ];
      expect(await read()).toMatchObject({ poll: { multiple: true, expired: false, options: hidden } });
      sandbox.control.advanceClock(300_000);
      expect(await read()).toMatchObject({ poll: { expired: true, options: [{ votes_count: 0 }, {}] } });
    });

    it('makes threads', async () => {
      const first = await post({ status: 'one' });
      const second = await post({ status: 'two', in_reply_to_id: idOf(first), visibility: 'unlisted' });
      expect(second.json['in_reply_to_id']).toBe(idOf(first));
      expect(sandbox.control.inbox().map(({ replyTo, visibility }) => [replyTo, visibility])).toEqual([
        [null, 'public'],
        [idOf(first), 'unlisted'],
      ]);
      expect((await call('GET', `/api/v1/statuses/${idOf(first)}`)).json['replies_count']).toBe(1);
    });

    it('deletes once, and gives the source text back', async () => {
      const { json } = await post({ status: 'to go', spoiler_text: 'cw' });
      const path = `/api/v1/statuses/${String(json['id'])}`;
      expect((await call('GET', `${path}/source`)).json).toMatchObject({ text: 'to go', spoiler_text: 'cw' });
      expect((await call('DELETE', path)).json['text']).toBe('to go');
      expect([(await call('DELETE', path)).status, (await call('GET', path)).status]).toEqual([404, 404]);
      expect(texts()).toEqual([]);
    });

    it('edits', async () => {
      const path = `/api/v1/statuses/${idOf(await post({ status: 'before' }))}`;
      const edit = (text: string): Promise<Answer> =>
        call('PUT', path, {
          body: JSON.stringify({ status: text }),
          headers: { 'content-type': 'application/json' },
        });
      expect((await edit('after')).json['edited_at']).not.toBeNull();
      expect((await edit('x'.repeat(501))).status).toBe(422);
      expect(texts()).toEqual(['after']);
    });

    it('hides followers-only posts from strangers', async () => {
      const path = `/api/v1/statuses/${idOf(await post({ status: 'private', visibility: 'private' }))}`;
      expect((await call('GET', path)).status).toBe(200);
      expect((await call('GET', path, { token: null })).status).toBe(404);
      expect((await call('GET', path, { token: 'sandbox-token-bob' })).status).toBe(404);
    });
  });

  describe('Idempotency-Key', () => {
    const key = { 'idempotency-key': 'attempt-1' };

    it('gives the first status again for an hour, whatever the body says', async () => {
      const first = await post({ status: 'once' }, key);
      sandbox.control.advanceClock(3_599_000);
      const second = await post({ status: 'other words' }, key);
      expect([second.status, idOf(second)]).toEqual([200, idOf(first)]);
      expect(sandbox.control.calls().map(({ accepted }) => accepted)).toEqual([true, false]);
      expect(texts()).toEqual(['once']);
      sandbox.control.advanceClock(2000);
      expect(idOf(await post({ status: 'again' }, key))).not.toBe(idOf(first));
    });

    it('belongs to the account', async () => {
      await post({ status: 'a' }, key);
      await post({ status: 'b' }, key, 'sandbox-token-bob');
      expect(texts()).toEqual(['a', 'b']);
    });

    it('is not remembered for what was refused', async () => {
      expect((await post({ status: '' }, key)).status).toBe(422);
      expect((await post({ status: 'now' }, key)).status).toBe(200);
    });

    it('finds nothing once the status was deleted', async () => {
      await call('DELETE', `/api/v1/statuses/${idOf(await post({ status: 'x' }, key))}`);
      expect((await post({ status: 'x' }, key)).status).toBe(404);
    });

    it('is ignored by a dialect', async () => {
      sandbox.control.configure('mastodon', { idempotencyKeys: false });
      await post({ status: 'x' }, key);
      await post({ status: 'x' }, key);
      expect(texts()).toEqual(['x', 'x']);
    });
  });

  describe('media', () => {
    it('takes an image at once and shows it with its alt text', async () => {
      const media = await upload(await picture(), 'image/png', {
        description: 'a purple box',
        focus: '0.5,-0.5',
      });
      expect(media.status).toBe(200);
      expect(media.json).toMatchObject({
        type: 'image',
        description: 'a purple box',
        meta: { original: { width: 30, height: 20 } },
      });
      expect((await fetch(String(media.json['url']))).headers.get('content-type')).toBe('image/png');
      const published = await post({ media_ids: [idOf(media)] });
      expect(published.json).toMatchObject({ media_attachments: [{ id: idOf(media) }] });
      expect(sandbox.control.inbox()[0]?.media).toMatchObject([
        { kind: 'image', alt: 'a purple box', width: 30 },
      ]);
      expect((await call('GET', `/api/v1/media/${idOf(media)}`)).status).toBe(404);
      expect((await post({ media_ids: [idOf(media)] })).status).toBe(422);
    });

    it('processes a video for some looks', async () => {
      const media = await upload(Buffer.from('a film'), 'video/mp4');
      expect([media.status, media.json['url']]).toEqual([202, null]);
      const early = await post({ media_ids: [idOf(media)] });
      expect([early.status, early.json['error']]).toEqual([
        422,
        'Validation failed: Cannot attach files that have not finished processing. Try again in a moment!',
      ]);
      const path = `/api/v1/media/${idOf(media)}`;
      expect([(await call('GET', path)).status, (await call('GET', path)).status]).toEqual([206, 200]);
      expect((await post({ media_ids: [idOf(media)] })).status).toBe(200);
    });

    it('can fail while it processes', async () => {
      sandbox.control.configure('mastodon', { mediaFailure: true, slowImages: true, mediaPolls: 1 });
      const media = await upload(await picture(), 'image/png');
      expect(media.status).toBe(202);
      expect((await call('GET', `/api/v1/media/${idOf(media)}`)).status).toBe(422);
    });

    it('takes four images or one video', async () => {
      sandbox.control.configure('mastodon', { mediaPolls: 0 });
      const images: string[] = [];
      for (let count = 0; count < 5; count += 1)
        images.push(idOf(await upload(await picture(), 'image/png')));
      const video = idOf(await upload(Buffer.from('a film'), 'video/mp4'));
      expect((await post({ media_ids: images })).status).toBe(422);
      expect((await post({ media_ids: [...images.slice(0, 3), video] })).status).toBe(422);
      expect(
        (await post({ media_ids: [images[0] ?? ''], poll: { options: ['a', 'b'], expires_in: 300 } })).status,
      ).toBe(422);
      expect((await post({ media_ids: images.slice(0, 4) })).status).toBe(200);
      expect((await post({ media_ids: [video] })).status).toBe(200);
    });

    it(
      'checks type, size, dimensions and description',
      async () => {
        expect((await upload(Buffer.from('x'), 'application/pdf')).status).toBe(422);
        expect((await upload(Buffer.from('no picture'), 'image/png')).status).toBe(500);
        const big = Buffer.alloc(16_777_217, 1);
        expect((await upload(big, 'image/png')).json['error']).toContain('must be less than 16 MB');
        expect((await upload(await picture(8192, 4050), 'image/png')).status).toBe(200);
        expect((await upload(await picture(8192, 4051), 'image/png')).status).toBe(422);
        expect((await upload(await picture(), 'image/png', { description: 'x'.repeat(1500) })).status).toBe(
          200,
        );
        expect((await upload(await picture(), 'image/png', { description: 'x'.repeat(1501) })).status).toBe(
          422,
        );
      },
      SLOW_MS,
    );

    it('shows a video by the thumbnail that came with it', async () => {
      sandbox.control.configure('mastodon', { mediaPolls: 0 });
      const cover = await picture(16, 9);
      const send = (thumbnail: Buffer, type: string): Promise<Answer> => {
        const body = new FormData();
        body.set('file', new Blob([new Uint8Array(64)], { type: 'video/mp4' }), 'clip.mp4');
        body.set('thumbnail', new Blob([new Uint8Array(thumbnail)], { type }), 'cover');
        return call('POST', '/api/v2/media', { body });
      };
      const { json } = await send(cover, 'image/png');
      const shown = await fetch(stringAt(json, 'preview_url') ?? '');
      expect(Buffer.from(await shown.arrayBuffer()).equals(cover)).toBe(true);
      expect((await send(cover, 'video/mp4')).status).toBe(422);
      expect((await send(Buffer.from('no picture'), 'image/png')).status).toBe(500);
    });

    it('changes and deletes what is not attached, and keeps it from others', async () => {
      const path = `/api/v1/media/${idOf(await upload(await picture(), 'image/png'))}`;
      const change = await call('PUT', path, { body: new URLSearchParams({ description: 'new' }) });
      expect(change.json['description']).toBe('new');
      expect((await call('GET', path, { token: 'sandbox-token-bob' })).status).toBe(404);
      expect((await call('DELETE', path)).status).toBe(200);
      expect((await call('GET', path)).status).toBe(404);
    });
  });

  describe('reading back', () => {
    const list = async (query = ''): Promise<Answer> => {
      const id = sandbox.control.accounts('mastodon')[0]?.id ?? '';
      return call('GET', `/api/v1/accounts/${id}/statuses${query}`);
    };
    const seen = ({ list: statuses }: Answer): (string | undefined)[] =>
      statuses.map((status) =>
        isJsonObject(status) ? stringAt(status, 'content')?.replace(/<\/?p>/g, '') : undefined,
      );

    it('pages with max_id, since_id and min_id, newest first', async () => {
      const ids: string[] = [];
      for (const text of ['1', '2', '3', '4', '5']) ids.push(idOf(await post({ status: text })));
      expect(seen(await list('?exclude_reblogs=true'))).toEqual(['5', '4', '3', '2', '1']);
      const first = await list('?limit=2');
      expect(seen(first)).toEqual(['5', '4']);
      const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
      expect(seen(await call('GET', next.replace(base, '')))).toEqual(['3', '2']);
      expect(seen(await list(`?since_id=${ids[1] ?? ''}&limit=2`))).toEqual(['5', '4']);
      expect(seen(await list(`?min_id=${ids[1] ?? ''}&limit=2`))).toEqual(['4', '3']);
      const several = await call('GET', `/api/v1/statuses?id[]=${ids[0] ?? ''}&id[]=${ids[4] ?? ''}`);
      expect(several.list).toHaveLength(2);
    });

    it(
      'gives at most 40',
      async () => {
        await Promise.all(Array.from({ length: 42 }, () => post({ status: 'one of many' })));
        expect([(await list()).list.length, (await list('?limit=80')).list.length]).toEqual([20, 40]);
      },
      SLOW_MS,
    );

    it('can lag behind', async () => {
      sandbox.control.configure('mastodon', { readLagMs: 30_000 });
      await post({ status: 'fresh' });
      expect((await list()).list).toEqual([]);
      sandbox.control.advanceClock(30_000);
      expect(seen(await list())).toEqual(['fresh']);
    });
  });

  describe('rate limits', () => {
    it('tells the limit nearest to its end, with a time that is written out', async () => {
      const { headers } = await post({ status: 'x' });
      expect([headers.get('x-ratelimit-limit'), headers.get('x-ratelimit-remaining')]).toEqual([
        '300',
        '299',
      ]);
      const reset = headers.get('x-ratelimit-reset') ?? '';
      expect(new Date(reset).toISOString()).toBe(reset);
      expect(Date.parse(reset) % 300_000).toBe(0);
    });

    it(
      'takes 30 uploads in half an hour, and none after',
      async () => {
        sandbox.control.advanceClock(1_800_000 - (Date.now() % 1_800_000));
        const image = await picture();
        for (let count = 0; count < 30; count += 1)
          expect((await upload(image, 'image/png')).status).toBe(200);
        const late = await upload(image, 'image/png');
        expect([late.status, late.json]).toEqual([429, { error: 'Too many requests' }]);
        expect([late.headers.get('x-ratelimit-remaining'), late.headers.get('retry-after')]).toEqual([
          '0',
          null,
        ]);
        sandbox.control.advanceClock(1_800_000);
        expect((await upload(image, 'image/png')).status).toBe(200);
      },
      SLOW_MS,
    );

    it(
      'takes 300 statuses in three hours, and switches off when told so',
      async () => {
        sandbox.control.advanceClock(10_800_000 - (Date.now() % 10_800_000));
        for (let batch = 0; batch < 6; batch += 1) {
          if (batch === 3) sandbox.control.advanceClock(300_000);
          const sent = await Promise.all(Array.from({ length: 50 }, () => post({ status: 'x' })));
          expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
        }
        sandbox.control.advanceClock(300_000);
        expect((await post({ status: 'too many' })).status).toBe(429);
        expect(texts()).toHaveLength(300);
        sandbox.control.configure('mastodon', { rateLimits: false });
        expect((await post({ status: 'no limits' })).status).toBe(200);
      },
      SLOW_MS,
    );
  });

  it('shows its own error shape in an injected fault', async () => {
    sandbox.control.addFault({
      platform: 'mastodon',
      visible: true,
      action: { kind: 'status', status: 429 },
    });
    expect((await post({ status: 'x' })).json).toEqual({ error: 'Too many requests' });
  });
});
