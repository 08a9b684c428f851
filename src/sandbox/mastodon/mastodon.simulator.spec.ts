import { type JsonObject } from '../core/json.js';
import { idOf, MastodonRig, picture, type Answer } from './mastodon.rig.js';

describe('Mastodon simulator', () => {
  const rig = new MastodonRig();
  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => rig.end());
  afterAll(() => rig.stop());

  describe('instance', () => {
    it('tells its limits in both versions', async () => {
      rig.control.configure('mastodon', { maxCharacters: 1000 });
      for (const version of ['v1', 'v2']) {
        const { json } = await rig.call('GET', `/api/${version}/instance`, { token: null });
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
      rig.control.configure('mastodon', { apiV2: false, software: 'pleroma' });
      expect((await rig.call('GET', '/api/v2/instance')).status).toBe(404);
      expect((await rig.upload(await picture(), 'image/png')).status).toBe(404);
      expect((await rig.upload(await picture(), 'image/png', {}, '/api/v1/media')).status).toBe(200);
      expect(() => rig.control.configure('mastodon', { nonsense: 1 })).toThrow('no setting');
    });
  });

  describe('statuses', () => {
    it('publishes text with links and hashtags', async () => {
      const { status, json } = await rig.post({
        status: 'Hi & <b>\nhttps://example.com/a?b=c #Fan\n\nbye',
        language: 'de',
      });
      expect(status).toBe(200);
      expect(json).toMatchObject({
        id: expect.stringMatching(/^\d{15,}$/) as string,
        url: `${rig.base}/@alice/${String(json['id'])}`,
        visibility: 'public',
        in_reply_to_id: null,
        card: null,
        language: 'de',
        tags: [{ name: 'fan' }],
      });
      expect(json['content']).toMatch(/^<p>Hi &amp; &lt;b&gt;<br><a href="https:\/\/example.com\/a\?b=c"/);
      expect(rig.control.inbox()).toMatchObject([
        { postId: json['id'], permalink: json['url'], replyTo: null },
      ]);
      expect((await fetch(String(json['url']))).status).toBe(200);
    });

    it('takes forms as well as JSON', async () => {
      const body = new URLSearchParams([
        ['status', 'from a form'],
        ['sensitive', 'true'],
      ]);
      expect((await rig.call('POST', '/api/v1/statuses', { body })).json).toMatchObject({ sensitive: true });
    });

    it('counts to 500, with 23 for every link and the content warning on top', async () => {
      const link = `https://example.com/${'x'.repeat(300)}`;
      const outcomes = [
        await rig.post({ status: 'x'.repeat(500) }),
        await rig.post({ status: 'x'.repeat(501) }),
        await rig.post({ status: `${'x'.repeat(476)} ${link}` }),
        await rig.post({ status: `${'x'.repeat(477)} ${link}` }),
        await rig.post({ status: 'x'.repeat(490), spoiler_text: 'x'.repeat(10) }),
        await rig.post({ status: 'x'.repeat(491), spoiler_text: 'x'.repeat(10) }),
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
      expect((await rig.post(fields)).status).toBe(status);
      expect(rig.texts()).toEqual([]);
    });

    it('takes a poll and a schedule', async () => {
      const poll = { options: ['a', 'b'.repeat(50)], expires_in: 300 };
      expect((await rig.post({ status: 'x', poll })).json).toMatchObject({
        poll: { multiple: false, expired: false, options: [{ title: 'a', votes_count: 0 }, {}] },
      });
      const scheduled = await rig.post({
        status: 'later',
        scheduled_at: new Date(Date.now() + 400_000).toISOString(),
      });
      expect(scheduled.json).toHaveProperty('scheduled_at');
      expect(scheduled.json).not.toHaveProperty('url');
      expect(rig.texts()).toEqual(['x']);
    });

    it('hides the totals of a poll until it is over', async () => {
      const poll = { options: ['a ', 'b'], expires_in: '300', multiple: 'true', hide_totals: 'true' };
      const id = idOf(await rig.post({ status: 'x', poll }));
      const read = async (): Promise<JsonObject> => (await rig.call('GET', `/api/v1/statuses/${id}`)).json;
      const hidden = [
        { title: 'a', votes_count: null },
        { title: 'b', votes_count: null },
      ];
      expect(await read()).toMatchObject({ poll: { multiple: true, expired: false, options: hidden } });
      rig.control.advanceClock(300_000);
      expect(await read()).toMatchObject({ poll: { expired: true, options: [{ votes_count: 0 }, {}] } });
    });

    it('makes threads', async () => {
      const first = await rig.post({ status: 'one' });
      const second = await rig.post({ status: 'two', in_reply_to_id: idOf(first), visibility: 'unlisted' });
      expect(second.json['in_reply_to_id']).toBe(idOf(first));
      expect(rig.control.inbox().map(({ replyTo, visibility }) => [replyTo, visibility])).toEqual([
        [null, 'public'],
        [idOf(first), 'unlisted'],
      ]);
      expect((await rig.call('GET', `/api/v1/statuses/${idOf(first)}`)).json['replies_count']).toBe(1);
    });

    it('deletes once, and gives the source text back', async () => {
      const { json } = await rig.post({ status: 'to go', spoiler_text: 'cw' });
      const path = `/api/v1/statuses/${String(json['id'])}`;
      expect((await rig.call('GET', `${path}/source`)).json).toMatchObject({
        text: 'to go',
        spoiler_text: 'cw',
      });
      expect((await rig.call('DELETE', path)).json['text']).toBe('to go');
      expect([(await rig.call('DELETE', path)).status, (await rig.call('GET', path)).status]).toEqual([
        404, 404,
      ]);
      expect(rig.texts()).toEqual([]);
    });

    it('edits', async () => {
      const path = `/api/v1/statuses/${idOf(await rig.post({ status: 'before' }))}`;
      const edit = (text: string): Promise<Answer> =>
        rig.call('PUT', path, {
          body: JSON.stringify({ status: text }),
          headers: { 'content-type': 'application/json' },
        });
      expect((await edit('after')).json['edited_at']).not.toBeNull();
      expect((await edit('x'.repeat(501))).status).toBe(422);
      expect(rig.texts()).toEqual(['after']);
    });

    it('hides followers-only posts from strangers', async () => {
      const path = `/api/v1/statuses/${idOf(await rig.post({ status: 'private', visibility: 'private' }))}`;
      expect((await rig.call('GET', path)).status).toBe(200);
      expect((await rig.call('GET', path, { token: null })).status).toBe(404);
      expect((await rig.call('GET', path, { token: 'sandbox-token-bob' })).status).toBe(404);
    });
  });

  describe('Idempotency-Key', () => {
    const key = { 'idempotency-key': 'attempt-1' };

    it('gives the first status again for an hour, whatever the body says', async () => {
      const first = await rig.post({ status: 'once' }, key);
      rig.control.advanceClock(3_599_000);
      const second = await rig.post({ status: 'other words' }, key);
      expect([second.status, idOf(second)]).toEqual([200, idOf(first)]);
      expect(rig.control.calls().map(({ accepted }) => accepted)).toEqual([true, false]);
      expect(rig.texts()).toEqual(['once']);
      rig.control.advanceClock(2000);
      expect(idOf(await rig.post({ status: 'again' }, key))).not.toBe(idOf(first));
    });

    it('belongs to the account', async () => {
      await rig.post({ status: 'a' }, key);
      await rig.post({ status: 'b' }, key, 'sandbox-token-bob');
      expect(rig.texts()).toEqual(['a', 'b']);
    });

    it('is not remembered for what was refused', async () => {
      expect((await rig.post({ status: '' }, key)).status).toBe(422);
      expect((await rig.post({ status: 'now' }, key)).status).toBe(200);
    });

    it('finds nothing once the status was deleted', async () => {
      await rig.call('DELETE', `/api/v1/statuses/${idOf(await rig.post({ status: 'x' }, key))}`);
      expect((await rig.post({ status: 'x' }, key)).status).toBe(404);
    });

    it('is ignored by a dialect', async () => {
      rig.control.configure('mastodon', { idempotencyKeys: false });
      await rig.post({ status: 'x' }, key);
      await rig.post({ status: 'x' }, key);
      expect(rig.texts()).toEqual(['x', 'x']);
    });
  });

  it('shows its own error shape in an injected fault', async () => {
    rig.control.addFault({
      platform: 'mastodon',
      visible: true,
      action: { kind: 'status', status: 429 },
    });
    expect((await rig.post({ status: 'x' })).json).toEqual({ error: 'Too many requests' });
  });
});
