import { isJsonObject, stringAt } from '../core/json.js';
import { idOf, MastodonRig, picture, SLOW_MS, type Answer } from './mastodon.rig.js';

describe('Mastodon simulator', () => {
  const rig = new MastodonRig();
  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => rig.end());
  afterAll(() => rig.stop());

  describe('reading back', () => {
    const list = async (query = ''): Promise<Answer> => {
      const id = rig.control.accounts('mastodon')[0]?.id ?? '';
      return rig.call('GET', `/api/v1/accounts/${id}/statuses${query}`);
    };
    const seen = ({ list: statuses }: Answer): (string | undefined)[] =>
      statuses.map((status) =>
        isJsonObject(status) ? stringAt(status, 'content')?.replace(/<\/?p>/g, '') : undefined,
      );

    it('pages with max_id, since_id and min_id, newest first', async () => {
      const ids: string[] = [];
      for (const text of ['1', '2', '3', '4', '5']) ids.push(idOf(await rig.post({ status: text })));
      expect(seen(await list('?exclude_reblogs=true'))).toEqual(['5', '4', '3', '2', '1']);
      const first = await list('?limit=2');
      expect(seen(first)).toEqual(['5', '4']);
      const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
      expect(seen(await rig.call('GET', next.replace(rig.base, '')))).toEqual(['3', '2']);
      expect(seen(await list(`?since_id=${ids[1] ?? ''}&limit=2`))).toEqual(['5', '4']);
      expect(seen(await list(`?min_id=${ids[1] ?? ''}&limit=2`))).toEqual(['4', '3']);
      const several = await rig.call('GET', `/api/v1/statuses?id[]=${ids[0] ?? ''}&id[]=${ids[4] ?? ''}`);
      expect(several.list).toHaveLength(2);
    });

    it(
      'gives at most 40',
      async () => {
        await Promise.all(Array.from({ length: 42 }, () => rig.post({ status: 'one of many' })));
        expect([(await list()).list.length, (await list('?limit=80')).list.length]).toEqual([20, 40]);
      },
      SLOW_MS,
    );

    it('can lag behind', async () => {
      rig.control.configure('mastodon', { readLagMs: 30_000 });
      await rig.post({ status: 'fresh' });
      expect((await list()).list).toEqual([]);
      rig.control.advanceClock(30_000);
      expect(seen(await list())).toEqual(['fresh']);
    });
  });

  describe('rate limits', () => {
    it('tells the limit nearest to its end, with a time that is written out', async () => {
      const { headers } = await rig.post({ status: 'x' });
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
        rig.control.advanceClock(1_800_000 - (Date.now() % 1_800_000));
        const image = await picture();
        for (let count = 0; count < 30; count += 1)
          expect((await rig.upload(image, 'image/png')).status).toBe(200);
        const late = await rig.upload(image, 'image/png');
        expect([late.status, late.json]).toEqual([429, { error: 'Too many requests' }]);
        expect([late.headers.get('x-ratelimit-remaining'), late.headers.get('retry-after')]).toEqual([
          '0',
          null,
        ]);
        rig.control.advanceClock(1_800_000);
        expect((await rig.upload(image, 'image/png')).status).toBe(200);
      },
      SLOW_MS,
    );

    it(
      'takes 300 statuses in three hours, and switches off when told so',
      async () => {
        rig.control.advanceClock(10_800_000 - (Date.now() % 10_800_000));
        for (let batch = 0; batch < 6; batch += 1) {
          if (batch === 3) rig.control.advanceClock(300_000);
          const sent = await Promise.all(Array.from({ length: 50 }, () => rig.post({ status: 'x' })));
          expect(new Set(sent.map(({ status }) => status))).toEqual(new Set([200]));
        }
        rig.control.advanceClock(300_000);
        expect((await rig.post({ status: 'too many' })).status).toBe(429);
        expect(rig.texts()).toHaveLength(300);
        rig.control.configure('mastodon', { rateLimits: false });
        expect((await rig.post({ status: 'no limits' })).status).toBe(200);
      },
      SLOW_MS,
    );
  });
});
