import request from 'supertest';
import { TestApp } from '../../support/app/test-app.js';

interface Wrong {
  readonly pointer: string;
  readonly rule: string;
}

describe('bad input', () => {
  let app: TestApp;
  let bluesky: string;
  let telegram: string;

  beforeAll(async () => {
    app = await TestApp.start();
    bluesky = await app.connect('bluesky');
    telegram = await app.connect('telegram');
  });
  afterAll(() => app.stop());

  const counts = async (): Promise<unknown> =>
    (
      await app.rows(
        `SELECT (SELECT count(*) FROM posts) AS posts, (SELECT count(*) FROM post_targets) AS targets,
                (SELECT count(*) FROM outbox) AS events, (SELECT count(*) FROM assets) AS assets`,
      )
    )[0];

  /** Refused as a problem that says where, why and what to do, and nothing was made. */
  async function refused(body: object, ...wrong: Wrong[]): Promise<void> {
    const before = await counts();
    const response = await app.call('post', '/posts', { body });
    expect(response.status).toBe(422);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.body).toMatchObject({
      code: 'validation_failed',
      requestId: response.headers['x-request-id'],
      instance: '/api/v1/posts',
      errors: wrong.map(({ pointer, rule }) => ({
        pointer,
        rule,
        message: expect.stringMatching(/./),
        remedy: expect.stringMatching(/./),
      })),
    });
    expect(await counts()).toEqual(before);
  }

  const inAWeek = () => new Date(app.clock.now().getTime() + 7 * 86_400_000).toISOString();

  it('refuses an unknown account', async () => {
    await refused(
      { text: 'Hello', scheduledFor: 'now', targets: [{ accountId: bluesky }, { accountId: 'acc_1' }] },
      { pointer: '/targets/1/accountId', rule: 'account_unknown' },
    );
    await refused(
      { text: 'Hello', targets: [{ accountId: `acc_${'0'.repeat(32)}` }] },
      { pointer: '/targets/0/accountId', rule: 'account_unknown' },
    );
  });

  it('refuses the settings of another platform', async () => {
    await refused(
      {
        text: 'Hello',
        scheduledFor: 'now',
        targets: [{ accountId: telegram }, { accountId: bluesky, settings: { disableNotification: true } }],
      },
      { pointer: '/targets/1/settings/disableNotification', rule: 'unknown_setting' },
    );
  });

  it('refuses a text that is too long by one, with limit and length', async () => {
    const accept = await app.call('post', '/posts', {
      body: { text: 'x'.repeat(300), targets: [{ accountId: bluesky }] },
    });
    expect(accept.status).toBe(201);
    const response = await app.call('post', '/posts', {
      body: {
        text: 'x'.repeat(301),
        scheduledFor: 'now',
        targets: [{ accountId: bluesky }, { accountId: telegram }],
      },
    });
    expect(response.status).toBe(422);
    expect(response.body.errors).toEqual([
      expect.objectContaining({
        pointer: '/text',
        limit: 300,
        actual: 301,
        remedy: expect.stringMatching(/./),
      }),
    ]);
    expect(response.body.errors[0].message).toContain('Bluesky');
  });

  it('refuses a time that is too far in the past, but takes one that is just past as now', async () => {
    const ago = (minutes: number) => new Date(app.clock.now().getTime() - minutes * 60_000).toISOString();
    await refused(
      { text: 'Hello', scheduledFor: ago(6), targets: [{ accountId: bluesky }] },
      { pointer: '/scheduledFor', rule: 'time_in_past' },
    );
    const { status, body } = await app.call('post', '/posts', {
      body: { text: 'Hello', scheduledFor: ago(4), targets: [{ accountId: bluesky }] },
    });
    expect(status).toBe(201);
    expect(body.warnings).toEqual([
      expect.objectContaining({ code: 'time_just_past', pointer: '/scheduledFor' }),
    ]);
  });

  it.each([
    [
      'an impossible zone',
      { scheduledFor: '2099-01-01T10:00:00', timezone: 'Mars/Olympus' },
      '/timezone',
      'timezone_unknown',
    ],
    ['a wall time without a zone', { scheduledFor: '2099-01-01T10:00:00' }, '/timezone', 'timezone_required'],
    ['a zone without a time', { timezone: 'Europe/Berlin' }, '/timezone', 'time_required'],
    ['a time that is none', { scheduledFor: 'tomorrow' }, '/scheduledFor', 'time_invalid'],
    ['a link that is none', { link: 'example', scheduledFor: 'now' }, '/link', 'link_invalid'],
    ['an unknown file', { media: [{ id: 'med_1' }] }, '/media/0/id', 'media_unknown'],
    ['an unknown field', { txet: 'Hello' }, '/txet', 'unknown_field'],
    ['a text that is a number', { text: 7 }, '/text', 'isString'],
    ['null as a text', { text: null }, '/text', 'isString'],
    ['a policy that is none', { policy: { success: 'most' } }, '/policy/success', 'isIn'],
    [
      'a late policy without its minutes',
      { policy: { late: { mode: 'skip' } } },
      '/policy/late/notAfterMinutes',
      'required',
    ],
    ['characters that are no text', { text: 'a\u0000b' }, '/text', 'text_invalid'],
  ])('refuses %s', async (_name, part, pointer, rule) => {
    await refused({ text: 'Hello', targets: [{ accountId: bluesky }], ...part }, { pointer, rule });
  });

  it('refuses an unknown field deep inside, and a target that is no object', async () => {
    await refused(
      { text: 'Hello', targets: [{ accountId: bluesky, colour: 'red' }] },
      { pointer: '/targets/0/colour', rule: 'unknown_field' },
    );
    await refused({ text: 'Hello', targets: ['acc_1'] }, { pointer: '/targets/0', rule: 'nestedValidation' });
  });

  it('tells everything that is wrong at once', async () => {
    const { body } = await app.call('post', '/posts', {
      body: {
        text: 'x'.repeat(301),
        scheduledFor: '2001-01-01T00:00:00Z',
        targets: [{ accountId: bluesky }, { accountId: bluesky }, { accountId: 'acc_1' }],
      },
    });
    expect(body.errors.map((error: Wrong) => error.pointer).sort()).toEqual([
      '/scheduledFor',
      '/targets/1/accountId',
      '/targets/2/accountId',
      '/text',
      '/text',
    ]);
  });

  it('refuses a scheduled post without a target, but keeps it as a draft', async () => {
    await refused(
      { text: 'Hello', scheduledFor: inAWeek() },
      { pointer: '/targets', rule: 'targets_required' },
    );
    expect((await app.call('post', '/posts', { body: { text: 'Hello' } })).body.status).toBe('draft');
  });

  it('refuses a broken image', async () => {
    const before = await counts();
    const broken = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(40)]);
    const response = await request(app.url)
      .post('/api/v1/media')
      .set('authorization', `Bearer ${app.key}`)
      .attach('file', broken, 'picture.png');
    expect(response.status).toBe(422);
    expect(response.body.errors).toEqual([
      expect.objectContaining({ pointer: '/file', remedy: expect.stringMatching(/./) }),
    ]);
    expect(await counts()).toEqual(before);
  });

  it('refuses malformed JSON', async () => {
    const response = await request(app.url)
      .post('/api/v1/posts')
      .set('authorization', `Bearer ${app.key}`)
      .set('content-type', 'application/json')
      .send('{"text": "Hello"');
    expect(response.status).toBe(400);
    expect(response.body).toMatchObject({
      code: 'malformed_request',
      errors: [{ pointer: '', rule: 'json', remedy: expect.stringMatching(/./) }],
    });
  });

  it('refuses a body over a megabyte, with the limit', async () => {
    const response = await app.call('post', '/posts', { body: { text: 'x'.repeat(1024 * 1024) } });
    expect(response.status).toBe(413);
    expect(response.body).toMatchObject({
      code: 'payload_too_large',
      errors: [{ pointer: '', limit: 1024 * 1024, remedy: expect.stringMatching(/./) }],
    });
  });

  it('refuses a body that is no JSON, and a URL that is none', async () => {
    const answer = await request(app.url)
      .post('/api/v1/posts')
      .set('authorization', `Bearer ${app.key}`)
      .set('content-type', 'text/xml')
      .send('<post/>');
    expect(answer.status).toBe(415);
    expect(answer.body.code).toBe('unsupported_media_type');
    const malformed = await request(app.url).get('/api/v1/posts/%zz');
    expect(malformed.status).toBe(400);
    expect(malformed.headers['content-type']).toContain('application/problem+json');
  });

  it('answers for an unknown route with a problem', async () => {
    const { status, body } = await app.call('get', '/nonsense');
    expect(status).toBe(404);
    expect(body).toMatchObject({ code: 'not_found', instance: '/api/v1/nonsense' });
  });

  it.each([
    ['/posts?colour=red', '/colour', 'unknown_field'],
    ['/posts?status=lost', '/status', 'isIn'],
    ['/posts?limit=1000', '/limit', 'max'],
    ['/posts?accountId=7', '/accountId', 'matches'],
    ['/posts?cursor=abc', '/cursor', 'cursor_invalid'],
    ['/publications?status=lost', '/status', 'isIn'],
    ['/publications?cursor=1', '/cursor', 'matches'],
  ])('refuses the query of %s', async (route, pointer, rule) => {
    const { status, body } = await app.call('get', route);
    expect(status).toBe(422);
    expect(body.errors).toEqual([expect.objectContaining({ pointer, rule })]);
  });
});
