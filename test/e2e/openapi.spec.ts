import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { isRecord } from '../../src/platforms/core/index.js';
import { TestApp } from '../support/app/test-app.js';

const folder = path.resolve(import.meta.dirname, '../../docs/api/examples');

interface Example {
  readonly request: { readonly method: string; readonly path: string; readonly body?: unknown };
  readonly response: { readonly status: number; readonly body?: unknown };
}

describe('the OpenAPI document', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await TestApp.start();
  });
  afterAll(() => app.stop());

  const example = (file: string): Example =>
    JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as Example;

  it.each(readdirSync(folder))('says the same as docs/api/examples/%s', (file) => {
    const { request: sent, response } = example(file);
    if (sent.body !== undefined)
      expect(app.documented.request(sent.method, sent.path, sent.body)).toEqual([]);
    expect(app.documented.answer(sent.method, sent.path, response.status, response.body)).toEqual([]);
  });

  it('notices an example that is wrong', () => {
    const [file = ''] = readdirSync(folder).filter((name) => name.includes('post'));
    const { request: sent, response } = example(file);
    const body = isRecord(response.body) ? response.body : {};
    for (const wrong of [{ ...body, status: 'lost' }, { ...body, more: 1 }, {}])
      expect(app.documented.answer(sent.method, sent.path, response.status, wrong)).not.toEqual([]);
    expect(app.documented.request('POST', '/api/v1/posts', { text: 7 })).not.toEqual([]);
  });

  it('is served as 3.1, with problem documents and who needs a key', async () => {
    const { body } = await request(app.url).get('/api/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(body.security).toEqual([{ apiKey: [] }]);
    expect(body.paths['/health/live'].get.security).toEqual([]);
    for (const item of Object.values<Record<string, { responses: object }>>(body.paths)) {
      for (const operation of Object.values(item)) {
        expect(operation.responses).toHaveProperty('default', { $ref: '#/components/responses/Problem' });
      }
    }
    const ids = Object.values<Record<string, { operationId: string }>>(body.paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(new Set(ids).size).toBe(ids.length);
    expect(JSON.stringify(body)).not.toMatch(/"nullable"|x-public/);
  });

  it('is where the root leads to, in an order that names every group', async () => {
    const root = await request(app.url).get('/');
    expect([root.status, root.headers['location']]).toEqual([302, '/api/docs']);
    const { body } = await request(app.url).get('/api/openapi.json');
    const named = (body.tags as { name: string }[]).map(({ name }) => name);
    expect(named[0]).toBe('Posts');
    const used = Object.values<Record<string, { tags: string[] }>>(body.paths).flatMap((item) =>
      Object.values(item).flatMap(({ tags }) => tags),
    );
    expect(new Set(named)).toEqual(new Set(used));
  });

  it('names an idempotency key on every POST', async () => {
    const { body } = await request(app.url).get('/api/openapi.json');
    const without = Object.entries<Record<string, { parameters?: { name: string }[] }>>(body.paths)
      .filter(([, item]) => item['post'] !== undefined)
      .filter(([, item]) => item['post']?.parameters?.some(({ name }) => name === 'Idempotency-Key') !== true)
      .map(([route]) => route);
    // The answer with a new API key is not kept anywhere; of an upload that was begun twice one stays empty and is cleared away;
    // a check makes nothing.
    expect(without).toEqual(['/api/v1/api-keys', '/api/v1/media/uploads', '/api/v1/posts/validate']);
  });
});
