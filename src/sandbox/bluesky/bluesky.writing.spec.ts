import { stringAt, type JsonObject } from '../core/json.js';
import { type Answer, BlueskyRig, post, CREATED_AT, RKEY, SLOW_MS } from './bluesky.rig.js';

describe('Bluesky simulator', () => {
  const rig = new BlueskyRig();
  const { get, put, procedure } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

  describe('writing', () => {
    it('writes a record and shows it', async () => {
      const { status, json, headers } = await put(post('hello #world', { langs: ['en'] }));
      expect(status).toBe(200);
      expect(json).toMatchObject({
        uri: `at://${rig.session.did}/app.bsky.feed.post/${RKEY}`,
        cid: expect.stringMatching(/^bafyrei[a-z2-7]{52}$/) as string,
        commit: { rev: expect.any(String) as string },
        validationStatus: 'valid',
      });
      expect(headers.get('ratelimit-limit')).toBe('5000');
      expect(rig.control.inbox()).toMatchObject([
        { account: rig.session.did, postId: json['uri'], text: 'hello #world', createdAt: CREATED_AT },
      ]);
      const read = await get('com.atproto.repo.getRecord', {
        repo: rig.session.did,
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
        rig.control
          .calls()
          .slice(-2)
          .map(({ accepted }) => accepted),
      ).toEqual([true, false]);
      const other = await put(post('twice'));
      expect([other.status, other.json['error']]).toEqual([400, 'InvalidSwap']);
      expect((await put(post('twice'), { swapRecord: first.json['cid'] ?? null })).status).toBe(200);
      expect(rig.control.inbox().map(({ text }) => text)).toEqual(['twice']);
    });

    it('answers createRecord on a key that exists with 500', async () => {
      const body = { repo: rig.session.did, collection: 'app.bsky.feed.post', rkey: RKEY, record: post('a') };
      expect((await procedure('com.atproto.repo.createRecord', body)).status).toBe(200);
      const again = await procedure('com.atproto.repo.createRecord', body);
      expect([again.status, again.json['error']]).toEqual([500, 'InternalServerError']);
      const { rkey: _, ...without } = body;
      expect((await procedure('com.atproto.repo.createRecord', without)).status).toBe(200);
      expect(rig.control.inbox()).toHaveLength(2);
    });

    it('knows only its own repository and only TIDs', async () => {
      const bob = rig.control.accounts().find(({ name }) => name === 'Bob')?.id ?? '';
      expect((await put(post('x'), { repo: bob })).json['error']).toBe('AuthenticationRequired');
      expect((await put(post('x'), { repo: 'did:plc:none' })).json['error']).toBe('InvalidRequest');
      expect((await put(post('x'), { rkey: 'my-key' })).json['error']).toBe('InvalidRequest');
    });

    it('deletes, also twice', async () => {
      await put(post('x'));
      const body = { repo: rig.session.did, collection: 'app.bsky.feed.post', rkey: RKEY };
      expect((await procedure('com.atproto.repo.deleteRecord', body)).json).toHaveProperty('commit');
      const again = await procedure('com.atproto.repo.deleteRecord', body);
      expect([again.status, again.json]).toEqual([200, {}]);
      const missing = await get('com.atproto.repo.getRecord', body);
      expect([missing.status, missing.json['error']]).toEqual([400, 'RecordNotFound']);
    });

    it('writes a whole thread in one commit, or nothing of it', async () => {
      const writes = (second: JsonObject): JsonObject => ({
        repo: rig.session.did,
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
      expect(rig.control.inbox()).toEqual([]);
      expect((await procedure('com.atproto.repo.applyWrites', writes(post('two')))).status).toBe(200);
      expect(rig.control.inbox()).toHaveLength(2);
      expect((await procedure('com.atproto.repo.applyWrites', writes(post('two')))).status).toBe(500);
    });

    it('pages through records from the newest to the oldest', async () => {
      for (const last of ['2', '3', '4']) await put(post(last), { rkey: `3kabcdefghij${last}` });
      const list = (query: Record<string, string>): Promise<Answer> =>
        get('com.atproto.repo.listRecords', {
          repo: rig.session.did,
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
          return procedure('com.atproto.repo.applyWrites', { repo: rig.session.did, writes });
        };
        for (const count of [...Array<number>(8).fill(200), 66])
          expect((await create(count)).status).toBe(200);
        const late = await put(post('one too many'));
        expect([late.status, late.headers.get('ratelimit-remaining')]).toEqual([429, '0']);
        expect(rig.control.inbox()).toHaveLength(1666);
        expect((await create(201)).json['error']).toBe('InvalidRequest');
        rig.control.configure('bluesky', { rateLimits: false });
        expect((await put(post('no limits'))).status).toBe(200);
      },
      SLOW_MS,
    );
  });
});
