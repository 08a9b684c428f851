import { textAt } from '../core/index.js';
import { bodyOf, post, runToEnd, type Replies } from '../core/publisher.rig.js';
import { image, setUp, status } from './mastodon.rig.js';

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

  it('sends a poll with the first part of a thread, in seconds', async () => {
    const settings = { poll: { options: ['a', 'b'], durationMinutes: 60, hideTotals: true } };
    const thread = [{ text: 'Two', media: [] }];
    const { http, publisher, ledger } = setUp(post({ settings, thread }), created);
    await runToEnd(publisher, ledger);
    const [first, second] = http.named('POST /api/v1/statuses').map(bodyOf);
    expect(first).toEqual({
      status: 'Hello',
      poll: { options: ['a', 'b'], expires_in: 3600, multiple: false, hide_totals: true },
    });
    expect(second).not.toHaveProperty('poll');
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
    expect(http.seen.map(({ name }) => name)).toEqual([
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

  it('uploads the picture beside a video as its cover, and each focal point with its medium', async () => {
    const clip = { ...image('clip'), kind: 'video', mimeType: 'video/mp4' } as const;
    const settings = { pictureAsCover: true, focus: [{ x: 0.5, y: -1 }] };
    const { http, publisher, ledger } = setUp(post({ media: [image('cover'), clip], settings }), {
      ...created,
      'POST /api/v2/media': () => ({ body: { id: '11', url: 'x' } }),
    });
    await runToEnd(publisher, ledger);
    const [upload, ...others] = http.named('POST /api/v2/media');
    expect(others).toEqual([]);
    expect(upload?.request.body).toMatchObject({
      parts: [
        { name: 'file', filename: 'clip.png' },
        { name: 'thumbnail', filename: 'cover.png' },
        { name: 'focus', value: '0.5,-1' },
      ],
    });
    expect(bodyOf(http.named('POST /api/v1/statuses')[0])).toMatchObject({ media_ids: ['11'] });
  });

  it('takes the older upload route where the newer is missing', async () => {
    const { http, publisher, ledger } = setUp(post({ media: [image('a')] }), {
      ...created,
      'POST /api/v1/media': () => ({ body: { id: 5 } }),
    });
    await runToEnd(publisher, ledger);
    expect(bodyOf(http.named('POST /api/v1/statuses')[0])).toMatchObject({ media_ids: ['5'] });
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

  it('misses what a cover needs', () => {
    const settings = { pictureAsCover: true };
    for (const media of [[], [image('a')]]) {
      expect(publisher.preflight(post({ media, settings }), account)).toMatchObject([
        { pointer: '/settings/pictureAsCover', rule: 'cover_incomplete' },
      ]);
    }
  });

  it('holds a poll against what the instance says', () => {
    const limits = { pollOptions: 3, pollOptionCharacters: 2, pollMinSeconds: 61, pollMaxSeconds: 239 };
    const strict = { ...account, metadata: { ...account.metadata, limits } };
    const check = (options: string[], durationMinutes: number) =>
      publisher
        .preflight(post({ settings: { poll: { options, durationMinutes } } }), strict)
        .map(({ pointer, rule, limit, actual }) => [
          pointer.replace('/settings/poll', ''),
          rule,
          limit,
          actual,
        ]);
    expect(check(['ab', 'b', ' cd '], 2)).toEqual([]);
    expect(check(['a', 'b', 'c'], 3)).toEqual([]);
    expect(check(['a', 'b', 'c', 'def'], 1)).toEqual([
      ['/options', 'too_many_options', 3, 4],
      ['/options/3', 'option_too_long', 2, 3],
      ['/durationMinutes', 'poll_duration', 2, 1],
    ]);
    expect(check(['a', ' a'], 4)).toEqual([
      ['/options', 'options_repeat', undefined, undefined],
      ['/durationMinutes', 'poll_duration', 3, 4],
    ]);
    const media = [image('a')];
    const settings = { poll: { options: ['a', 'b'], durationMinutes: 2 } };
    expect(publisher.preflight(post({ media, settings }), strict)).toMatchObject([
      { pointer: '/settings/poll', rule: 'excludes_each_other' },
    ]);
  });
});
