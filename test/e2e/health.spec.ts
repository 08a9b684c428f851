import request from 'supertest';
import { JobQueue } from '../../src/common/queue/index.js';
import { TestApp } from '../support/app/test-app.js';

describe('/health', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const ready = () => request(app.url).get('/health/ready');

  it('says that the process is there', async () => {
    const { status, body } = await request(app.url).get('/health/live');
    expect([status, body]).toEqual([200, { status: 'ok' }]);
  });

  it('says that database, schema and queue can be used', async () => {
    const { status, body, headers } = await ready();
    expect(status).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toMatchObject({
      status: 'ok',
      checks: [{ name: 'database' }, { name: 'schema' }, { name: 'queue' }],
    });
  });

  it('says what cannot be used, and no secret', async () => {
    const queue = app.app.get(JobQueue, { strict: false });
    const broken = jest.spyOn(queue, 'ping').mockRejectedValue(new Error('redis://:hunter2@host refused'));
    await app.rows(`DELETE FROM migrations WHERE name LIKE 'Idempotency%'`);
    const { status, body } = await ready();
    broken.mockRestore();
    expect(status).toBe(503);
    expect(body).toMatchObject({
      status: 'unavailable',
      checks: [
        { name: 'database', ok: true },
        { name: 'schema', ok: false, message: expect.stringContaining('db:migrate') },
        { name: 'queue', ok: false },
      ],
    });
    expect(JSON.stringify(body)).not.toContain('hunter2');
  });
});
