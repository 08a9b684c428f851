import { fastify, type FastifyInstance } from 'fastify';
import { AppLogger } from './app.logger.js';
import { correlationId } from './correlation.js';
import { logRequests, requestIdOf } from './request.log.js';

describe('logRequests', () => {
  let app: FastifyInstance;
  let written: string[];

  beforeEach(() => {
    written = [];
    app = fastify({ genReqId: requestIdOf });
    logRequests(app, AppLogger.create('info', { write: (line) => void written.push(line) }));
    app.get('/things/:id', () => ({ correlation: correlationId() }));
    app.post('/things', () => ({ correlation: correlationId() }));
  });
  afterEach(() => app.close());

  const lines = (): Record<string, unknown>[] =>
    written.map((line) => JSON.parse(line) as Record<string, unknown>);

  it('keeps the id that the client sent', async () => {
    const answer = await app.inject({ url: '/things/1', headers: { 'x-request-id': 'mine-1' } });
    expect(answer.headers['x-request-id']).toBe('mine-1');
    expect(answer.json()).toEqual({ correlation: 'mine-1' });
    expect(lines()).toEqual([expect.objectContaining({ correlationId: 'mine-1', status: 200 })]);
  });

  it.each(['', 'a b', 'x'.repeat(129), '<script>'])('makes its own instead of %j', async (given) => {
    const answer = await app.inject({ url: '/things/1', headers: { 'x-request-id': given } });
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps the id behind a body', async () => {
    const answer = await app.inject({ method: 'POST', url: '/things', payload: { a: 1 } });
    expect(answer.json()).toEqual({ correlation: answer.headers['x-request-id'] });
  });

  it('logs one line without query, headers or body', async () => {
    await app.inject({
      method: 'POST',
      url: '/things?access_token=hidden-query',
      headers: { authorization: 'Bearer hidden-header' },
      payload: { password: 'hidden-body' },
    });
    expect(lines()).toEqual([
      expect.objectContaining({
        msg: 'request',
        method: 'POST',
        path: '/things',
        route: '/things',
        status: 200,
      }),
    ]);
    expect(lines()[0]?.['durationMs']).toEqual(expect.any(Number));
    expect(written.join('')).not.toContain('hidden');
  });
});
