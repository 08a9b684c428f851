import request from 'supertest';
import { noise } from '../../support/media/generated-media.js';
import { pdf } from '../../support/media/pdf.js';
import { TestApp } from '../../support/app/test-app.js';

describe('what would become of a post', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;
  let avif: string;
  let fits: string;
  let paper: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
    avif = await upload(await noise(120, 80).avif({ effort: 0 }).toBuffer(), 'photo.avif');
    fits = await upload(await noise(60, 40).jpeg().toBuffer(), 'small.jpg');
    paper = await upload(pdf(), 'paper.pdf');
  });
  afterAll(() => app.stop());

  async function upload(bytes: Buffer, name: string): Promise<string> {
    const { body } = await request(app.url)
      .post('/api/v1/media')
      .set('authorization', `Bearer ${app.key}`)
      .attach('file', bytes, name)
      .expect(201);
    return String(body.id);
  }

  const counts = () =>
    app.rows('SELECT (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM renditions) AS renditions');
  const validate = (body: object) => app.call('post', '/posts/validate', { body });

  it('is told for each file of each target, and nothing is made', async () => {
    const before = await counts();
    const { status, body } = await validate({
      text: 'Hello',
      media: [{ id: avif }],
      targets: [{ accountId: bluesky }, { accountId: telegram, media: [{ id: fits }] }],
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      valid: true,
      violations: [],
      warnings: [],
      files: [
        {
          ...{ accountId: bluesky, platform: 'bluesky', pointer: '/media/0', mediaId: avif, as: 'rendition' },
          steps: expect.arrayContaining([expect.stringContaining('at most 1000000 bytes')]),
          because: [expect.stringContaining('image/avif are not taken')],
          planned: expect.objectContaining({ mimeType: 'image/jpeg', width: 120, height: 80 }),
        },
        {
          ...{ accountId: telegram, platform: 'telegram', pointer: '/targets/1/media/0', mediaId: fits },
          ...{ as: 'original', steps: [], because: [] },
          planned: expect.objectContaining({ mimeType: 'image/jpeg', width: 60, height: 40 }),
        },
      ],
    });
    expect(await counts()).toEqual(before);
  });

  it('is told with everything that is wrong, as creating it would', async () => {
    const wrong = {
      text: 'x'.repeat(400),
      media: [{ id: paper }],
      scheduledFor: '2001-01-01T00:00:00Z',
      targets: [{ accountId: bluesky }],
    };
    const { status, body } = await validate(wrong);
    expect(status).toBe(200);
    const created = await app.call('post', '/posts', { body: wrong });
    expect(created.status).toBe(422);
    const rulesOf = (found: readonly { pointer: string; rule: string }[]) =>
      found.map(({ pointer, rule }) => [pointer, rule]);
    expect(body.valid).toBe(false);
    expect(rulesOf(body.violations)).toEqual(rulesOf(created.body.errors));
    expect(rulesOf(body.violations)).toEqual(
      expect.arrayContaining([
        ['/scheduledFor', 'time_in_past'],
        ['/text', 'text_too_long'],
        ['/media/0', 'media_kind_unsupported'],
      ]),
    );
    expect((await validate({ media: 'no' })).status).toBe(422);
  });

  it('is told of a post that is there, and not of another workspace’s', async () => {
    const made = await app.call('post', '/posts', {
      body: { text: 'Later', media: [{ id: avif }], targets: [{ accountId: bluesky }] },
    });
    const { status, body } = await app.call('get', `/posts/${made.body.id}/preflight`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ valid: true, files: [{ mediaId: avif, as: 'rendition' }] });
    const other = await app.newKey(['read'], await app.newWorkspace());
    expect((await app.call('get', `/posts/${made.body.id}/preflight`, { key: other })).status).toBe(404);
    const reader = await app.newKey(['read']);
    expect((await app.call('post', '/posts/validate', { body: { text: 'a' }, key: reader })).status).toBe(
      200,
    );
  });
});
