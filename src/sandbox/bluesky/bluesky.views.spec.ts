import { objectAt, stringAt, type JsonObject } from '../core/json.js';
import { type Answer, BlueskyRig, post, RKEY } from './bluesky.rig.js';

describe('Bluesky simulator', () => {
  const rig = new BlueskyRig();
  const { get, put, call, login } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => expect(rig.control.unexpected()).toEqual([]));
  afterAll(() => rig.stop());

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
      rig.control.advanceClock(2000);
      expect((await look()).json).toMatchObject({
        posts: [{ uri: ref.uri, cid: ref.cid, replyCount: 1, likeCount: 0 }],
      });
      expect([(await look(25)).status, (await look(26)).status]).toEqual([200, 400]);
    });
  });

  it('counts replies and quotes, and the rest as it was told', async () => {
    const first = await put(post('root'));
    const record = { uri: first.json['uri'] ?? '', cid: first.json['cid'] ?? '' };
    const quote = { $type: 'app.bsky.embed.record', record };
    const card = {
      $type: 'app.bsky.embed.external',
      external: { uri: 'https://a.b', title: '', description: '' },
    };
    const withMedia = {
      $type: 'app.bsky.embed.recordWithMedia',
      record: { $type: 'app.bsky.embed.record', record },
      media: card,
    };
    await put(post('answer', { reply: { root: record, parent: record } }), { rkey: '3kabcdefghij3' });
    await put(post('quote', { embed: quote }), { rkey: '3kabcdefghij4' });
    await put(post('quote and card', { embed: withMedia }), { rkey: '3kabcdefghij5' });
    rig.control.configure('bluesky', { likes: 7, reposts: 3, bookmarks: 1 });
    rig.control.advanceClock(2000);
    const uris = encodeURIComponent(String(record.uri));
    const { json } = await call('APPVIEW', `/xrpc/app.bsky.feed.getPosts?uris=${uris}`);
    const counts = { replyCount: 1, quoteCount: 2, likeCount: 7, repostCount: 3, bookmarkCount: 1 };
    expect(json).toMatchObject({ posts: [counts] });
  });

  it('has the posts with which an account was made', async () => {
    const made = { handle: 'carol.test', posts: [{ rkey: RKEY, text: 'was here' }] };
    const { id } = rig.control.createAccount('bluesky', made);
    const uri = `at://${id}/app.bsky.feed.post/${RKEY}`;
    expect(rig.control.inbox()).toMatchObject([{ account: id, postId: uri, text: 'was here' }]);
    rig.control.advanceClock(2000);
    const { json } = await call('APPVIEW', `/xrpc/app.bsky.feed.getPosts?uris=${encodeURIComponent(uri)}`);
    expect(json).toMatchObject({ posts: [{ uri, record: { text: 'was here' } }] });
  });

  describe('video', () => {
    const mp4 = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(64)]);
    const serviceToken = async (lxm: string, more: Record<string, string> = {}): Promise<Answer> => {
      const { json } = await get('com.atproto.server.describeServer');
      return get(
        'com.atproto.server.getServiceAuth',
        { aud: stringAt(json, 'did') ?? '', lxm, ...more },
        rig.session.access,
      );
    };
    const send = async (bytes: Buffer, token?: string): Promise<Answer> => {
      const bearer =
        token ?? stringAt((await serviceToken('com.atproto.repo.uploadBlob')).json, 'token') ?? '';
      return call('VIDEO', `/xrpc/app.bsky.video.uploadVideo?did=${rig.session.did}&name=a.mp4`, {
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
      expect(job.json).toMatchObject({ did: rig.session.did, state: 'JOB_STATE_CREATED' });
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
      expect(rig.control.inbox()[0]?.media).toMatchObject([
        { kind: 'video', mimeType: 'video/mp4', alt: 'a film' },
      ]);
    });

    it('fails what is no mp4, and everything when told so', async () => {
      rig.control.configure('bluesky', { videoPolls: 0 });
      expect(await status(await send(Buffer.from('no film')))).toMatchObject({
        state: 'JOB_STATE_FAILED',
        failureCode: 'validation_failure',
      });
      rig.control.configure('bluesky', { videoFailure: 'encoding_failure' });
      expect(await status(await send(mp4))).toMatchObject({ failureCode: 'encoding_failure' });
    });

    it('wants a service token for this method, of at most 30 minutes', async () => {
      expect((await send(mp4, rig.session.access)).json['error']).toBe('InvalidToken');
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
      rig.control.createAccount('bluesky', made);
      rig.session = await login('caro-lapp-pass-word', 'carol.test');
      expect(await limits()).toMatchObject({ canUpload: false, error: 'unconfirmed_email' });
      expect((await send(mp4)).status).toBe(400);
    });
  });
});
