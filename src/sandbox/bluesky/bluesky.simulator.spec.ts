import sharp from 'sharp';
import { isJsonObject, objectAt, stringAt, type JsonObject, type JsonValue } from '../core/json.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { BlueskySimulator } from './bluesky.simulator.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly json: JsonObject;
}

const RKEY = '3kabcdefghij2';
const CREATED_AT = '2026-12-24T17:00:00.000Z';
const post = (text: string, more: JsonObject = {}): JsonObject => ({
  $type: 'app.bsky.feed.post',
  text,
  createdAt: CREATED_AT,
  ...more,
});

/** For tests of many requests on a busy machine. */
const SLOW_MS = 30_000;

describe('Bluesky simulator', () => {
  let sandbox: Sandbox;
  let session: { did: string; access: string; refresh: string };

  beforeAll(async () => {
    const create = (environment: ConstructorParameters<typeof BlueskySimulator>[0]): BlueskySimulator =>
      new BlueskySimulator(environment);
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'bluesky', create }] });
  });

  beforeEach(async () => {
    sandbox.control.reset();
    session = await login();
  });

  afterEach(() => expect(sandbox.control.unexpected()).toEqual([]));
  afterAll(() => sandbox.close());

  const url = (host: string): string => sandbox.info().platforms['bluesky']?.hosts[host] ?? '';

  async function call(host: string, path: string, init: RequestInit = {}): Promise<Answer> {
    const answer = await fetch(url(host) + path, init);
    const parsed = (await answer.json()) as JsonValue;
    return { status: answer.status, headers: answer.headers, json: isJsonObject(parsed) ? parsed : {} };
  }

  const get = (method: string, query: Record<string, string> = {}, token?: string): Promise<Answer> =>
    call('API', `/xrpc/${method}?${new URLSearchParams(query).toString()}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  const procedure = (method: string, body: JsonObject | null, token = session.access): Promise<Answer> =>
    call('API', `/xrpc/${method}`, {
      method: 'POST',
      body: body === null ? null : JSON.stringify(body),
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
    });

  async function login(password = 'alic-eapp-pass-word', identifier = 'alice.test'): Promise<typeof session> {
    const { json } = await call('API', '/xrpc/com.atproto.server.createSession', {
      method: 'POST',
      body: JSON.stringify({ identifier, password }),
      headers: { 'content-type': 'application/json' },
    });
    const text = (key: string): string => stringAt(json, key) ?? '';
    return { did: text('did'), access: text('accessJwt'), refresh: text('refreshJwt') };
  }

  const put = (record: JsonObject, more: JsonObject = {}): Promise<Answer> =>
    procedure('com.atproto.repo.putRecord', {
      repo: session.did,
      collection: 'app.bsky.feed.post',
      rkey: RKEY,
      swapRecord: null,
      record,
      ...more,
    });

  const upload = async (bytes: Buffer, contentType: string): Promise<JsonObject> => {
    const { json } = await call('API', '/xrpc/com.atproto.repo.uploadBlob', {
      method: 'POST',
      body: new Uint8Array(bytes),
      headers: { authorization: `Bearer ${session.access}`, 'content-type': contentType },
    });
    return objectAt(json, 'blob') ?? {};
  };

  const png = (): Promise<Buffer> =>
    sharp({ create: { width: 40, height: 30, channels: 3, background: 'teal' } })
      .png()
      .toBuffer();

  describe('sessions', () => {
    it('tells who the account is and where its server stands', async () => {
      const { json } = await get('com.atproto.server.getSession', {}, session.access);
      expect(json).toMatchObject({ did: session.did, handle: 'alice.test', active: true });
      const document = await call('PLC', `/${session.did}`);
      expect(document.json).toEqual(json['didDoc']);
      expect(document.json['service']).toMatchObject([{ id: '#atproto_pds', serviceEndpoint: url('API') }]);
      expect((await call('PLC', '/did:plc:none')).status).toBe(404);
    });

    it('refuses a wrong password and a missing token', async () => {
      expect((await login('wrong')).did).toBe('');
      const { status, json } = await get('com.atproto.server.getSession');
      expect([status, json['error']]).toEqual([401, 'AuthMissing']);
      expect((await procedure('com.atproto.server.refreshSession', null)).json['error']).toBe('InvalidToken');
    });

    it('answers an expired access token with 400 ExpiredToken', async () => {
      sandbox.control.advanceClock(2 * 3_600_000 - 60_000);
      expect((await get('com.atproto.server.getSession', {}, session.access)).status).toBe(200);
      sandbox.control.advanceClock(60_000);
      const { status, json } = await get('com.atproto.server.getSession', {}, session.access);
      expect([status, json['error']]).toEqual([400, 'ExpiredToken']);
    });

    it('gives the same successor for an old refresh token during two hours', async () => {
      const refresh = (): Promise<Answer> =>
        procedure('com.atproto.server.refreshSession', null, session.refresh);
      const first = await refresh();
      sandbox.control.advanceClock(2 * 3_600_000 - 60_000);
      expect((await refresh()).json['refreshJwt']).toBe(first.json['refreshJwt']);
      sandbox.control.advanceClock(60_000);
      expect((await refresh()).json['error']).toBe('ExpiredToken');
      const next = await procedure(
        'com.atproto.server.refreshSession',
        null,
        stringAt(first.json, 'refreshJwt') ?? '',
      );
      expect(next.status).toBe(200);
    });

    it('ends access by expiry, and refreshing by revocation', async () => {
      sandbox.control.endTokens('bluesky', session.did, 'revoke');
      expect((await put(post('still in'))).status).toBe(200);
      const { status, json } = await procedure('com.atproto.server.refreshSession', null, session.refresh);
      expect([status, json]).toEqual([400, { error: 'ExpiredToken', message: 'Token has been revoked' }]);
      expect((await login()).did).toBe('');
      sandbox.control.endTokens('bluesky', 'alice.test', 'expire');
      expect((await put(post('out'), { rkey: '3kabcdefghij3' })).json['error']).toBe('ExpiredToken');
      const fresh = sandbox.control.createAccount('bluesky', { handle: 'alice.test' });
      expect((await login(fresh.credentials['appPassword'])).did).toBe(session.did);
    });

    it('refuses a blocked account with 401', async () => {
      sandbox.control.createAccount('bluesky', { handle: 'alice.test', status: 'takendown' });
      const { status, json } = await put(post('x'));
      expect([status, json['error']]).toEqual([401, 'AccountTakedown']);
    });

    it('answers the 31st login of five minutes with 429 and the time of the reset', async () => {
      for (let count = 0; count < 29; count += 1) await login('wrong');
      const answer = await call('API', '/xrpc/com.atproto.server.createSession', {
        method: 'POST',
        body: JSON.stringify({ identifier: 'alice.test', password: 'alic-eapp-pass-word' }),
        headers: { 'content-type': 'application/json' },
      });
      expect([answer.status, answer.json['error']]).toEqual([429, 'RateLimitExceeded']);
      expect(answer.headers.get('ratelimit-policy')).toBe('30;w=300');
      expect(answer.headers.get('ratelimit-remaining')).toBe('0');
      expect(answer.headers.get('retry-after')).toBeNull();
      const reset = Number(answer.headers.get('ratelimit-reset')) * 1000;
      expect(reset - Date.now()).toBeGreaterThan(290_000);
      sandbox.control.advanceClock(301_000);
      expect((await login()).did).toBe(session.did);
    });
  });

  describe('identity', () => {
    it('resolves a handle and refuses an unknown one', async () => {
      expect((await get('com.atproto.identity.resolveHandle', { handle: 'alice.test' })).json).toEqual({
        did: session.did,
      });
      const missing = await get('com.atproto.identity.resolveHandle', { handle: 'nobody.test' });
      expect([missing.status, missing.json['error']]).toEqual([400, 'InvalidRequest']);
      expect((await get('com.atproto.server.describeServer')).json['did']).toMatch(
        /^did:web:127\.0\.0\.1%3A\d+$/,
      );
    });
  });

  describe('writing', () => {
    it('writes a record and shows it', async () => {
      const { status, json, headers } = await put(post('hello #world', { langs: ['en'] }));
      expect(status).toBe(200);
      expect(json).toMatchObject({
        uri: `at://${session.did}/app.bsky.feed.post/${RKEY}`,
        cid: expect.stringMatching(/^bafyrei[a-z2-7]{52}$/) as string,
        commit: { rev: expect.any(String) as string },
        validationStatus: 'valid',
      });
      expect(headers.get('ratelimit-limit')).toBe('5000');
      expect(sandbox.control.inbox()).toMatchObject([
        { account: session.did, postId: json['uri'], text: 'hello #world', createdAt: CREATED_AT },
      ]);
      const read = await get('com.atproto.repo.getRecord', {
        repo: session.did,
        collection: 'app.bsky.feed.post',
        rkey: RKEY,
      });
      expect(read.json).toEqual({
        uri: json['uri'],
        cid: json['cid'],
        value: post('hello #world', { langs: ['en'] }),
      });
    });

    it('gives the same record the same hash', async () => {
      const { json } = await put(post('x'));
      expect(json['cid']).toBe((await put(post('x'), { rkey: '3kabcdefghij3' })).json['cid']);
      expect(json['cid']).not.toBe((await put(post('y'), { rkey: '3kabcdefghij4' })).json['cid']);
    });

    it('takes the same record twice without a commit and refuses another one under its key', async () => {
      const first = await put(post('once'));
      const second = await put(post('once'));
      expect(second.json).toEqual({
        uri: first.json['uri'],
        cid: first.json['cid'],
        validationStatus: 'valid',
      });
      expect(
        sandbox.control
          .calls()
          .slice(-2)
          .map(({ accepted }) => accepted),
      ).toEqual([true, false]);
      const other = await put(post('twice'));
      expect([other.status, other.json['error']]).toEqual([400, 'InvalidSwap']);
      expect((await put(post('twice'), { swapRecord: first.json['cid'] ?? null })).status).toBe(200);
      expect(sandbox.control.inbox().map(({ text }) => text)).toEqual(['twice']);
    });

    it('answers createRecord on a key that exists with 500', async () => {
      const body = { repo: session.did, collection: 'app.bsky.feed.post', rkey: RKEY, record: post('a') };
      expect((await procedure('com.atproto.repo.createRecord', body)).status).toBe(200);
      const again = await procedure('com.atproto.repo.createRecord', body);
      expect([again.status, again.json['error']]).toEqual([500, 'InternalServerError']);
      const { rkey: _, ...without } = body;
      expect((await procedure('com.atproto.repo.createRecord', without)).status).toBe(200);
      expect(sandbox.control.inbox()).toHaveLength(2);
    });

    it('knows only its own repository and only TIDs', async () => {
      const bob = sandbox.control.accounts().find(({ name }) => name === 'Bob')?.id ?? '';
      expect((await put(post('x'), { repo: bob })).json['error']).toBe('AuthenticationRequired');
      expect((await put(post('x'), { repo: 'did:plc:none' })).json['error']).toBe('InvalidRequest');
      expect((await put(post('x'), { rkey: 'my-key' })).json['error']).toBe('InvalidRequest');
    });

    it('deletes, also twice', async () => {
      await put(post('x'));
      const body = { repo: session.did, collection: 'app.bsky.feed.post', rkey: RKEY };
      expect((await procedure('com.atproto.repo.deleteRecord', body)).json).toHaveProperty('commit');
      const again = await procedure('com.atproto.repo.deleteRecord', body);
      expect([again.status, again.json]).toEqual([200, {}]);
      const missing = await get('com.atproto.repo.getRecord', body);
      expect([missing.status, missing.json['error']]).toEqual([400, 'RecordNotFound']);
    });

    it('writes a whole thread in one commit, or nothing of it', async () => {
      const writes = (second: JsonObject): JsonObject => ({
        repo: session.did,
        writes: [post('one'), second].map((value, index) => ({
          $type: 'com.atproto.repo.applyWrites#create',
          collection: 'app.bsky.feed.post',
          rkey: `3kabcdefghij${index + 2}`,
          value,
        })),
      });
      expect((await procedure('com.atproto.repo.applyWrites', writes(post('x'.repeat(301))))).status).toBe(
        400,
      );
      expect(sandbox.control.inbox()).toEqual([]);
      expect((await procedure('com.atproto.repo.applyWrites', writes(post('two')))).status).toBe(200);
      expect(sandbox.control.inbox()).toHaveLength(2);
      expect((await procedure('com.atproto.repo.applyWrites', writes(post('two')))).status).toBe(500);
    });

    it('pages through records from the newest to the oldest', async () => {
      for (const last of ['2', '3', '4']) await put(post(last), { rkey: `3kabcdefghij${last}` });
      const list = (query: Record<string, string>): Promise<Answer> =>
        get('com.atproto.repo.listRecords', {
          repo: session.did,
          collection: 'app.bsky.feed.post',
          ...query,
        });
      const first = await list({ limit: '2' });
      expect(first.json).toMatchObject({ records: [{ value: { text: '4' } }, { value: { text: '3' } }] });
      const second = await list({ limit: '2', cursor: stringAt(first.json, 'cursor') ?? '' });
      expect(second.json).toMatchObject({ records: [{ value: { text: '2' } }] });
      expect((await list({ limit: '101' })).status).toBe(400);
    });

    it(
      'answers with 429 when the points of the hour are used, and writes nothing',
      async () => {
        const create = (count: number): Promise<Answer> => {
          const write = {
            $type: 'com.atproto.repo.applyWrites#create',
            collection: 'app.bsky.feed.post',
            value: post('x'),
          };
          const writes = Array<JsonObject>(count).fill(write);
          return procedure('com.atproto.repo.applyWrites', { repo: session.did, writes });
        };
        for (const count of [...Array<number>(8).fill(200), 66])
          expect((await create(count)).status).toBe(200);
        const late = await put(post('one too many'));
        expect([late.status, late.headers.get('ratelimit-remaining')]).toEqual([429, '0']);
        expect(sandbox.control.inbox()).toHaveLength(1666);
        expect((await create(201)).json['error']).toBe('InvalidRequest');
        sandbox.control.configure('bluesky', { rateLimits: false });
        expect((await put(post('no limits'))).status).toBe(200);
      },
      SLOW_MS,
    );
  });

  describe('limits of a post', () => {
    const refused = async (record: JsonObject): Promise<JsonValue | undefined> => {
      const { status, json } = await put(record);
      return status === 400 ? json['error'] : `status ${status}`;
    };
    const accepted = async (record: JsonObject): Promise<void> => {
      expect((await put(record)).json).toHaveProperty('uri');
    };

    it('takes 300 graphemes and no more', async () => {
      await accepted(post('ä'.repeat(300)));
      expect(await refused(post('ä'.repeat(301)))).toBe('InvalidRequest');
    });

    it('takes 3000 bytes and no more', async () => {
      const family = '👨‍👩‍👧‍👦';
      await accepted(post(family.repeat(120)));
      expect(await refused(post(family.repeat(121)))).toBe('InvalidRequest');
    });

    it('names the path of what is wrong', async () => {
      expect((await put(post('x'.repeat(301)))).json['message']).toContain('$.record.text');
      expect((await put({ $type: 'app.bsky.feed.post', text: 'x' })).json['message']).toContain(
        '$.record.createdAt',
      );
    });

    it.each<[string, JsonObject, JsonObject]>([
      ['languages', { langs: ['en', 'de', 'fr'] }, { langs: ['en', 'de', 'fr', 'es'] }],
      ['hidden tags', { tags: Array<string>(8).fill('a') }, { tags: Array<string>(9).fill('a') }],
      ['length of a tag', { tags: ['a'.repeat(64)] }, { tags: ['a'.repeat(65)] }],
      ['replies', { reply: replyTo(`bafyrei${'a'.repeat(52)}`) }, { reply: replyTo('not-a-cid') }],
      [
        'labels',
        { labels: { $type: 'com.atproto.label.defs#selfLabels', values: [{ val: 'nudity' }] } },
        { labels: { $type: 'other', values: [] } },
      ],
      ['date', { createdAt: '2026-01-01T00:00:00Z' }, { createdAt: '2026-01-01 00:00' }],
      [
        'link card',
        {
          embed: {
            $type: 'app.bsky.embed.external',
            external: { uri: 'https://a.b', title: '', description: '' },
          },
        },
        { embed: { $type: 'app.bsky.embed.external', external: { uri: 'https://a.b', title: '' } } },
      ],
    ])('checks %s', async (_name, good, bad) => {
      await accepted(post('x', good));
      expect(await refused(post('y', bad))).toBe('InvalidRequest');
    });

    it('does not check facets against the text', async () => {
      const features = [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }];
      await accepted(post('short', { facets: [{ index: { byteStart: 3, byteEnd: 90 }, features }] }));
      expect(await refused(post('x', { facets: [{ index: { byteStart: -1, byteEnd: 2 }, features }] }))).toBe(
        'InvalidRequest',
      );
    });

    it('shows links where their bytes are', async () => {
      const features = [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.com' }];
      await accepted(post('ä link', { facets: [{ index: { byteStart: 3, byteEnd: 7 }, features }] }));
      expect(sandbox.control.inbox()[0]?.display?.html).toContain(
        'ä <a href="https://example.com" rel="noreferrer">link</a>',
      );
    });

    it('takes four images with alt text, and no fifth', async () => {
      const image = { image: await upload(await png(), 'image/png'), alt: 'a teal box' };
      const embed = (count: number): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: Array<JsonObject>(count).fill(image) },
      });
      await accepted(post('pictures', embed(4)));
      expect(sandbox.control.inbox()[0]?.media).toHaveLength(4);
      expect(sandbox.control.inbox()[0]?.media[0]).toMatchObject({
        kind: 'image',
        alt: 'a teal box',
        width: 40,
        height: 30,
      });
      expect(await refused(post('more', embed(5)))).toBe('InvalidRequest');
      const images = [{ image: image.image }];
      expect(await refused(post('no alt', { embed: { $type: 'app.bsky.embed.images', images } }))).toBe(
        'InvalidRequest',
      );
    });

    it('checks the size of an image at the record, not at the upload', async () => {
      const embed = (image: JsonObject): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
      });
      await accepted(post('fits', embed(await upload(Buffer.alloc(1_000_000, 1), 'image/jpeg'))));
      const big = await upload(Buffer.alloc(1_000_001, 1), 'image/jpeg');
      expect(big['size']).toBe(1_000_001);
      expect(await refused(post('too big', embed(big)))).toBe('BlobTooLarge');
      sandbox.control.configure('bluesky', { maxImageBytes: 2_000_000 });
      expect((await put(post('fits now', embed(big)), { rkey: '3kabcdefghij3' })).status).toBe(200);
    });

    it('compares a blob reference with the stored blob', async () => {
      const blob = await upload(await png(), 'image/png');
      const embed = (image: JsonObject): JsonObject => ({
        embed: { $type: 'app.bsky.embed.images', images: [{ image, alt: '' }] },
      });
      expect(await refused(post('x', embed({ ...blob, size: 1 })))).toBe('InvalidSize');
      expect(await refused(post('x', embed({ ...blob, mimeType: 'image/jpeg' })))).toBe('InvalidMimeType');
      expect(await refused(post('x', embed({ ...blob, mimeType: 'text/plain' })))).toBe('InvalidMimeType');
      expect(await refused(post('x', embed({ ...blob, ref: { $link: `bafkrei${'a'.repeat(52)}` } })))).toBe(
        'BlobNotFound',
      );
    });

    it(
      'refuses a blob above 52,428,800 bytes with 413',
      async () => {
        const send = (size: number): Promise<Answer> =>
          call('API', '/xrpc/com.atproto.repo.uploadBlob', {
            method: 'POST',
            body: new Uint8Array(size),
            headers: { authorization: `Bearer ${session.access}`, 'content-type': 'application/x-big' },
          });
        expect((await send(52_428_800)).status).toBe(200);
        const { status, json } = await send(52_428_801);
        expect([status, json['error']]).toEqual([413, 'PayloadTooLarge']);
      },
      SLOW_MS,
    );
  });

  describe('AppView', () => {
    it('shows posts after a lag, at most 25 at once', async () => {
      const first = await put(post('root'));
      const ref = { uri: first.json['uri'] ?? '', cid: first.json['cid'] ?? '' };
      await put(post('answer', { reply: { root: ref, parent: ref } }), { rkey: '3kabcdefghij3' });
      const query = (count: number): string =>
        Array.from({ length: count }, () => `uris=${encodeURIComponent(String(ref.uri))}`).join('&');
      const look = (count = 1): Promise<Answer> =>
        call('APPVIEW', `/xrpc/app.bsky.feed.getPosts?${query(count)}`);
      expect((await look()).json).toEqual({ posts: [] });
      sandbox.control.advanceClock(2000);
      expect((await look()).json).toMatchObject({
        posts: [{ uri: ref.uri, cid: ref.cid, replyCount: 1, likeCount: 0 }],
      });
      expect([(await look(25)).status, (await look(26)).status]).toEqual([200, 400]);
    });
  });

  describe('video', () => {
    const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(64)]);
    const serviceToken = async (lxm: string, more: Record<string, string> = {}): Promise<Answer> => {
      const { json } = await get('com.atproto.server.describeServer');
      return get(
        'com.atproto.server.getServiceAuth',
        { aud: stringAt(json, 'did') ?? '', lxm, ...more },
        session.access,
      );
    };
    const send = async (bytes: Buffer, token?: string): Promise<Answer> => {
      const bearer =
        token ?? stringAt((await serviceToken('com.atproto.repo.uploadBlob')).json, 'token') ?? '';
      return call('VIDEO', `/xrpc/app.bsky.video.uploadVideo?did=${session.did}&name=a.mp4`, {
        method: 'POST',
        body: new Uint8Array(bytes),
        headers: { authorization: `Bearer ${bearer}`, 'content-type': 'video/mp4' },
      });
    };
    const status = async (job: Answer): Promise<JsonObject> => {
      const { json } = await call(
        'VIDEO',
        `/xrpc/app.bsky.video.getJobStatus?jobId=${String(job.json['jobId'])}`,
      );
      return objectAt(json, 'jobStatus') ?? {};
    };

    it('works on a video for some looks and then hands over the blob', async () => {
      const job = await send(mp4);
      expect(job.json).toMatchObject({ did: session.did, state: 'JOB_STATE_CREATED' });
      expect([(await status(job))['state'], (await status(job))['state']]).toEqual([
        'JOB_STATE_ENCODING',
        'JOB_STATE_SCANNING',
      ]);
      const done = await status(job);
      expect(done['state']).toBe('JOB_STATE_COMPLETED');
      const video = objectAt(done, 'blob') ?? {};
      expect(
        (await put(post('film', { embed: { $type: 'app.bsky.embed.video', video, alt: 'a film' } }))).status,
      ).toBe(200);
      expect(sandbox.control.inbox()[0]?.media).toMatchObject([
        { kind: 'video', mimeType: 'video/mp4', alt: 'a film' },
      ]);
    });

    it('fails what is no mp4, and everything when told so', async () => {
      sandbox.control.configure('bluesky', { videoPolls: 0 });
      expect(await status(await send(Buffer.from('no film')))).toMatchObject({
        state: 'JOB_STATE_FAILED',
        failureCode: 'validation_failure',
      });
      sandbox.control.configure('bluesky', { videoFailure: 'encoding_failure' });
      expect(await status(await send(mp4))).toMatchObject({ failureCode: 'encoding_failure' });
    });

    it('wants a service token for this method, of at most 30 minutes', async () => {
      expect((await send(mp4, session.access)).json['error']).toBe('InvalidToken');
      const other = await serviceToken('app.bsky.video.getUploadLimits');
      expect((await send(mp4, stringAt(other.json, 'token'))).status).toBe(401);
      const in_ = (minutes: number): string => String(Math.floor(Date.now() / 1000) + minutes * 60);
      expect((await serviceToken('com.atproto.repo.uploadBlob', { exp: in_(29) })).status).toBe(200);
      const far = await serviceToken('com.atproto.repo.uploadBlob', { exp: in_(31) });
      expect([far.status, far.json['error']]).toEqual([400, 'BadExpiration']);
    });

    it('tells what may still be uploaded, and nothing to an unverified address', async () => {
      const limits = async (): Promise<JsonObject> => {
        const { json } = await serviceToken('app.bsky.video.getUploadLimits');
        const headers = { authorization: `Bearer ${stringAt(json, 'token') ?? ''}` };
        return (await call('VIDEO', '/xrpc/app.bsky.video.getUploadLimits', { headers })).json;
      };
      expect(await limits()).toMatchObject({ canUpload: true, remainingDailyVideos: 25 });
      await send(mp4);
      expect(await limits()).toMatchObject({ remainingDailyVideos: 24 });
      const made = { handle: 'carol.test', appPassword: 'caro-lapp-pass-word', emailConfirmed: false };
      sandbox.control.createAccount('bluesky', made);
      session = await login('caro-lapp-pass-word', 'carol.test');
      expect(await limits()).toMatchObject({ canUpload: false, error: 'unconfirmed_email' });
      expect((await send(mp4)).status).toBe(400);
    });
  });
});

function replyTo(cid: string): JsonObject {
  const reference = { uri: 'at://did:plc:abc/app.bsky.feed.post/3kabcdefghij2', cid };
  return { root: reference, parent: reference };
}
