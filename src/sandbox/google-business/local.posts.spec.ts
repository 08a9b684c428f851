import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import sharp from 'sharp';
import type { JsonObject } from '../core/json.js';
import { GoogleBusinessRig, type Answer } from './google-business.rig.js';

const MINUTE_MS = 60_000;
/** Far longer than a test takes. */
const REVIEW_MS = 10 * MINUTE_MS;

describe('Google Business Profile simulator: local posts', () => {
  const rig = new GoogleBusinessRig();
  const files = new Map<string, Buffer>();
  let server: Server;
  let base: string;

  beforeAll(async () => {
    await rig.start();
    server = createServer(({ url = '' }, response) => {
      const file = files.get(url);
      response.writeHead(file === undefined ? 404 : 200).end(file);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    base = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  });
  beforeEach(async () => {
    await rig.begin();
    rig.configure({ reviewMs: REVIEW_MS });
  });
  afterEach(() => expect(rig.sandbox.control.unexpected()).toEqual([]));
  afterAll(async () => {
    server.close();
    await rig.sandbox.close();
  });

  const nameOf = ({ json }: Answer): string => String(json['name']);
  const read = (name: string): Promise<Answer> => rig.get('API', `/v4/${name}`);
  const later = (ms: number): unknown => rig.sandbox.control.advanceClock(ms);
  const inbox = () => rig.sandbox.control.inbox('google-business');
  const fieldOf = ({ json }: Answer): unknown =>
    rig.at(json, 'error', 'details', 0, 'errorDetails', 0, 'field');

  const noise = async (side: number, format: 'png' | 'webp' = 'png'): Promise<Buffer> =>
    sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } })
      .toFormat(format)
      .toBuffer();
  const photo = (path: string): JsonObject => ({
    summary: 'Fresh',
    media: [{ mediaFormat: 'PHOTO', sourceUrl: `${base}${path}` }],
  });
  const schedule = {
    startDate: { year: 2027, month: 2, day: 1 },
    startTime: { hours: 9 },
    endDate: { year: 2027, month: 2, day: 1 },
    endTime: { hours: 17, minutes: 30 },
  };

  describe('review', () => {
    it('answers with a post in PROCESSING that has no address yet, and then goes live', async () => {
      const url = 'https://shop.example/?post=1';
      const made = await rig.post({
        summary: 'Fresh bread',
        callToAction: { actionType: 'LEARN_MORE', url },
      });
      expect(made).toMatchObject({ status: 200, json: { state: 'PROCESSING', summary: 'Fresh bread' } });
      expect(made.json).not.toHaveProperty('searchUrl');
      expect(nameOf(made)).toMatch(/^accounts\/\d{21}\/locations\/\d{20}\/localPosts\/\d{19}$/);
      expect(inbox()).toMatchObject([{ visibility: 'in review', linkCard: { url } }]);
      later(REVIEW_MS);
      const { json } = await read(nameOf(made));
      expect(json).toMatchObject({ state: 'LIVE', searchUrl: expect.stringContaining('local.google.com') });
      expect(inbox()).toMatchObject([
        { account: rig.location, visibility: 'public', permalink: json['searchUrl'] },
      ]);
    });

    it('rejects a text with a phone number, but not one with any other number', async () => {
      const phone = nameOf(await rig.post({ summary: 'Call +44 20 7946 0958 now' }));
      const other = nameOf(await rig.post({ summary: 'Order 20461234567890 of 2026-11-22' }));
      later(REVIEW_MS);
      expect((await read(phone)).json).toMatchObject({ state: 'REJECTED' });
      expect((await read(other)).json).toMatchObject({ state: 'LIVE' });
      expect(inbox()).toHaveLength(1);
    });

    it('may reject late what was live', async () => {
      rig.configure({ rejects: true, lateRejectionMs: REVIEW_MS });
      const name = nameOf(await rig.post({ summary: 'Too good' }));
      later(REVIEW_MS);
      expect((await read(name)).json).toMatchObject({ state: 'LIVE' });
      later(REVIEW_MS);
      expect((await read(name)).json).toMatchObject({ state: 'REJECTED' });
      expect(inbox()).toEqual([]);
    });

    it('keeps a scheduled post until its time', async () => {
      const { now } = rig.sandbox.control.clock();
      const scheduledTime = new Date(Date.parse(now) + 40 * MINUTE_MS).toISOString();
      const name = nameOf(await rig.post({ summary: 'Soon', scheduledTime }));
      later(REVIEW_MS);
      expect((await read(name)).json).toMatchObject({ state: 'SCHEDULED', scheduledTime });
      later(40 * MINUTE_MS);
      expect((await read(name)).json).toMatchObject({ state: 'LIVE' });
      expect(fieldOf(await rig.post({ summary: 'Late', scheduledTime }))).toBe('scheduledTime');
    });

    it('tells a series from a single event', async () => {
      const recurrenceInfo = { weeklyPattern: { daysOfWeek: ['MONDAY'] } };
      const event = { title: 'Market', schedule, recurrenceInfo };
      const name = nameOf(await rig.post({ topicType: 'EVENT', event }));
      later(REVIEW_MS);
      expect((await read(name)).json).toMatchObject({ state: 'RECURRING', event });
    });
  });

  describe('limits', () => {
    it('takes 1500 characters and no more', async () => {
      expect((await rig.post({ summary: 'ä'.repeat(1500) })).status).toBe(200);
      const refused = await rig.post({ summary: 'ä'.repeat(1501) });
      expect(refused).toMatchObject({
        status: 400,
        json: { error: { code: 400, status: 'INVALID_ARGUMENT' } },
      });
      expect(rig.at(refused.json, 'error', 'details', 0, 'errorDetails', 0)).toMatchObject({
        code: 5,
        field: 'summary',
        message: 'Must be at most 1500 characters',
      });
    });

    const action = (fields: JsonObject): JsonObject => ({ summary: 'Act', callToAction: fields });
    const event = (fields: JsonObject): JsonObject => ({
      topicType: 'EVENT',
      event: { title: 'T', schedule, ...fields },
    });
    const url = 'https://shop.example/';
    it.each<[string, JsonObject, string]>([
      ['nothing to show', {}, 'summary'],
      ['a link for a call', action({ actionType: 'CALL', url }), 'callToAction.url'],
      ['no link for an action', action({ actionType: 'BOOK' }), 'callToAction.url'],
      ['an action of the past', action({ actionType: 'GET_OFFER', url }), 'callToAction.actionType'],
      ['an alert', { summary: 'A', topicType: 'ALERT', alertType: 'COVID_19' }, 'topicType'],
      ['an event without its dates', { topicType: 'EVENT', summary: 'E' }, 'event'],
      ['an event of 59 characters', event({ title: 't'.repeat(59) }), 'event.title'],
      [
        'an event without its end',
        event({ schedule: { ...schedule, endTime: null } }),
        'event.schedule.endTime',
      ],
      [
        'an event that ends before it starts',
        event({ schedule: { ...schedule, startTime: { hours: 18 } } }),
        'event.schedule',
      ],
      [
        'two patterns',
        event({ recurrenceInfo: { dailyPattern: {}, monthlyPattern: { dayOfMonth: 1 } } }),
        'event.recurrenceInfo',
      ],
      ['an offer that is none', { summary: 'O', offer: { couponCode: 'X' } }, 'offer'],
      [
        'an offer with an action',
        { ...action({ actionType: 'SHOP', url }), topicType: 'OFFER' },
        'callToAction',
      ],
      ['two photos', { media: [1, 2].map(() => ({ mediaFormat: 'PHOTO', sourceUrl: url })) }, 'media'],
    ])('refuses %s', async (_what, body, field) => {
      const refused = await rig.post(body);
      expect(refused.status).toBe(400);
      expect(fieldOf(refused)).toBe(field);
      expect(inbox()).toEqual([]);
    });

    it('takes an event and an offer that are complete', async () => {
      expect((await rig.post(event({ title: 't'.repeat(58) }))).status).toBe(200);
      const offer = { couponCode: 'X1', redeemOnlineUrl: url, termsConditions: 'While stocks last' };
      const made = await rig.post({ topicType: 'OFFER', offer, event: { title: 'Sale', schedule } });
      expect(made).toMatchObject({ status: 200, json: { offer, topicType: 'OFFER' } });
    });

    it('ends every post with a video in an internal error', async () => {
      const refused = await rig.post({ media: [{ mediaFormat: 'VIDEO', sourceUrl: url }] });
      expect(refused).toMatchObject({ status: 500, json: { error: { status: 'INTERNAL' } } });
    });

    it('refuses a field that no post has', async () => {
      expect(await rig.post({ summary: 'S', product: 'bread' })).toMatchObject({ status: 400 });
      expect(rig.sandbox.control.unexpected()).toMatchObject([{ what: 'field', detail: 'product' }]);
      rig.sandbox.control.clearUnexpected();
    });

    it('may count posts as edits of the profile', async () => {
      rig.configure({ postEditsPerMinute: 1 });
      expect((await rig.post({ summary: 'One' })).status).toBe(200);
      expect((await rig.post({ summary: 'Two' })).status).toBe(429);
    });
  });

  describe('photos', () => {
    it('fetches one, and shows it', async () => {
      files.set('/a.png', await noise(250));
      const made = await rig.post(photo('/a.png'));
      expect(made).toMatchObject({ status: 200, json: { media: [{ mediaFormat: 'PHOTO' }] } });
      expect(inbox()).toMatchObject([{ media: [{ kind: 'image', width: 250, height: 250 }] }]);
    });

    it('says when it gets none', async () => {
      const refused = await rig.post(photo('/missing.png'));
      expect(rig.at(refused.json, 'error', 'details', 0, 'errorDetails', 0)).toMatchObject({
        code: 1000,
        message: 'Fetching image failed.',
      });
    });

    it.each([
      ['too small', () => noise(249)],
      ['of another format', () => noise(300, 'webp')],
      [
        'of less than 10 KB',
        () =>
          sharp({ create: { width: 300, height: 300, channels: 3, background: 'teal' } })
            .png()
            .toBuffer(),
      ],
    ])('refuses one that is %s', async (_what, make) => {
      files.set('/b.png', await make());
      const refused = await rig.post(photo('/b.png'));
      expect(refused.status).toBe(400);
      expect(fieldOf(refused)).toBe('media[0].sourceUrl');
    });
  });

  describe('afterwards', () => {
    it('lists the newest first, by pages, and {} when there is none', async () => {
      expect((await rig.list()).json).toEqual({});
      for (const summary of ['one', 'two', 'three']) await rig.post({ summary });
      const first = await rig.list('?pageSize=2');
      expect(first.json).toMatchObject({ localPosts: [{ summary: 'three' }, { summary: 'two' }] });
      const token = String(first.json['nextPageToken']);
      expect((await rig.list(`?pageSize=2&pageToken=${token}`)).json).toEqual({
        localPosts: [expect.objectContaining({ summary: 'one' })],
      });
    });

    it('lists a post only after its lag, and reads it at once', async () => {
      rig.configure({ readLagMs: REVIEW_MS });
      const name = nameOf(await rig.post({ summary: 'Behind' }));
      expect((await rig.list()).json).toEqual({});
      expect((await read(name)).status).toBe(200);
      later(REVIEW_MS);
      expect((await rig.list()).json).toMatchObject({ localPosts: [{ name }] });
    });

    it('changes what the mask names, and no photo', async () => {
      const name = nameOf(await rig.post({ summary: 'Before' }));
      const changed = await rig.send('API', 'PATCH', `/v4/${name}?updateMask=summary`, { summary: 'After' });
      expect(changed).toMatchObject({ status: 200, json: { summary: 'After', name } });
      const media = await rig.send('API', 'PATCH', `/v4/${name}?updateMask=media`, { media: [] });
      expect(media.status).toBe(400);
      expect(inbox()).toMatchObject([{ text: 'After' }]);
    });

    it('deletes once', async () => {
      const name = nameOf(await rig.post({ summary: 'Gone' }));
      expect(await rig.send('API', 'DELETE', `/v4/${name}`)).toMatchObject({ status: 200, json: {} });
      expect(await rig.send('API', 'DELETE', `/v4/${name}`)).toMatchObject({ status: 404 });
      expect(inbox()).toEqual([]);
    });
  });
});
