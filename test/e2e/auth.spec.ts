import request from 'supertest';
import { newId } from '../../src/common/ids/index.js';
import { TestApp } from '../support/app/test-app.js';

describe('who may do what', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  it.each([
    ['no key', undefined],
    ['a wrong key', `Bearer fan_${'a'.repeat(43)}`],
    ['a key that is none', 'Bearer hunter2'],
    ['another scheme', 'Basic aGk6aG8='],
  ])('asks for a valid key when there is %s', async (_name, authorization) => {
    const call = request(app.url).get('/api/v1/posts');
    if (authorization !== undefined) call.set('authorization', authorization);
    const { status, headers, body } = await call;
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer/);
    expect(body).toMatchObject({
      status: 401,
      errors: [{ pointer: '', rule: expect.stringMatching(/./), remedy: expect.stringMatching(/Bearer/) }],
    });
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });

  it('lets a reading key read and nothing else', async () => {
    const key = await app.newKey(['read']);
    expect((await app.call('get', '/posts', { key })).status).toBe(200);
    const { status, body } = await app.call('post', '/posts', { key, body: { text: 'Hello' } });
    expect(status).toBe(403);
    expect(body).toMatchObject({ code: 'scope_missing', details: { needed: 'write', scopes: ['read'] } });
    expect((await app.call('get', '/api-keys', { key: await app.newKey(['write']) })).status).toBe(403);
  });

  it('lets in no revoked and no expired key', async () => {
    const revoked = await app.newKey();
    const expired = await app.newKey();
    await app.rows('UPDATE api_keys SET revoked_at = fanfare.now() WHERE prefix = $1', [
      revoked.slice(0, 12),
    ]);
    await app.rows('UPDATE api_keys SET expires_at = fanfare.now() WHERE prefix = $1', [
      expired.slice(0, 12),
    ]);
    for (const key of [revoked, expired]) expect((await app.call('get', '/posts', { key })).status).toBe(401);
  });

  it.each(['/health/live', '/health/ready', '/api/openapi.json', '/api/docs'])(
    'serves %s to anybody',
    async (route) => {
      expect((await request(app.url).get(route)).status).toBe(200);
    },
  );

  it('answers with the id of the request, the one that was sent or a new one', async () => {
    const id = newId();
    const sent = await app.call('get', '/posts', { headers: { 'x-request-id': id } });
    expect(sent.headers['x-request-id']).toBe(id);
    const made = await app.call('get', '/posts', { key: null });
    expect(made.body.requestId).toBe(made.headers['x-request-id']);
  });
});
