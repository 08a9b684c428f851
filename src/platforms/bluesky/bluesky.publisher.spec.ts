import { PublishError, recordAt, textAt, type JsonObject } from '../core/index.js';
import { bodyOf, clock, post, runToEnd, stored, type Reply } from '../core/publisher.rig.js';
import { blobOf, did, goodPut, media, open, setUp } from './bluesky.rig.js';

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

  it('writes a post together with who may reply and who may quote, under one key', async () => {
    const settings = { whoMayReply: ['followers', 'mentioned'], whoMayQuote: 'nobody' };
    const { http, publisher, ledger } = setUp(post({ settings, thread: [{ text: 'two', media: [] }] }));
    const result = await runToEnd(publisher, ledger);
    const [first, second] = http.seen;
    expect(http.seen.map(({ name, commit }) => [name, commit])).toEqual([
      ['applyWrites', 'part:0'],
      ['applyWrites', 'part:1'],
    ]);
    const uri = result.platformPostId;
    const record = recordAt(bodyOf(first), 'writes', 0, 'value');
    const create = {
      $type: 'com.atproto.repo.applyWrites#create',
      rkey: uri.slice(uri.lastIndexOf('/') + 1),
    };
    const createdAt = textAt(record, 'createdAt');
    const [allow, embeddingRules] = [
      ['mentionRule', 'followerRule'].map((rule) => ({ $type: `app.bsky.feed.threadgate#${rule}` })),
      [{ $type: 'app.bsky.feed.postgate#disableRule' }],
    ];
    const gate = (kind: string, rules: object): object => {
      const collection = `app.bsky.feed.${kind}`;
      return { ...create, collection, value: { $type: collection, post: uri, ...rules, createdAt } };
    };
    expect(bodyOf(first)).toEqual({
      repo: did,
      writes: [
        { ...create, collection: 'app.bsky.feed.post', value: record },
        gate('threadgate', { allow }),
        gate('postgate', { embeddingRules }),
      ],
    });
    expect(record).toMatchObject({ text: 'Hello' });
    // Who may reply is said once for the whole thread, who may quote for each part.
    const collections = [0, 1, 2].map((index) => textAt(bodyOf(second), 'writes', index, 'collection'));
    expect(collections).toEqual(['app.bsky.feed.post', 'app.bsky.feed.postgate', null]);
  });

  it('takes a batch that does not name the post for an unknown outcome', async () => {
    const results = [{ uri: `at://${did}/app.bsky.feed.threadgate/3kabcdefghij2`, cid: 'c' }];
    for (const body of [{ results }, { results: [] }, {}]) {
      const set = setUp(post({ settings: { whoMayReply: ['nobody'] } }), { applyWrites: () => ({ body }) });
      await expect(runToEnd(set.publisher, set.ledger)).rejects.toMatchObject({ kind: 'outcome_unknown' });
    }
  });

  it('counts each record of a post with gates', () => {
    const { publisher } = setUp(post());
    const thread = [{ text: 'two', media: [] }];
    const settings = { whoMayReply: ['nobody'], whoMayQuote: 'nobody' };
    expect(publisher.visibleCalls(post({ thread }))).toBe(2);
    expect(publisher.visibleCalls(post({ thread, settings }))).toBe(5);
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

  it('asks for a new login where an upload is not let in, and not where a write is', async () => {
    const refusal = { status: 401, body: { error: 'AuthenticationRequired', message: '' } };
    const draft = post({ media: [media('image', 'a')] });
    const upload = setUp(draft, { uploadBlob: () => refusal });
    await expect(runToEnd(upload.publisher, upload.ledger)).rejects.toMatchObject({
      code: 'bluesky.login_required',
      kind: 'auth_expired',
    });
    const write = setUp(draft, { putRecord: () => refusal });
    await expect(runToEnd(write.publisher, write.ledger)).rejects.toMatchObject({
      code: 'bluesky.wrong_repository',
    });
  });

  it('takes a success that it cannot read for an unknown outcome', async () => {
    const { publisher, ledger } = setUp(post(), { putRecord: () => ({ body: '{"uri":"at://' }) });
    await expect(runToEnd(publisher, ledger)).rejects.toMatchObject({ kind: 'outcome_unknown' });
  });
});

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
