import { createServer, type Server } from 'node:http';
import { startFaultProxy, type FaultProxy, type ProxyMode } from './fault-proxy.js';
import { closeServer, listenOnLoopback } from './core/loopback.js';

describe('fault proxy', () => {
  let acted: string[];
  let server: Server;
  let proxy: FaultProxy;

  beforeEach(async () => {
    acted = [];
    server = createServer((request, response) => {
      acted.push(`${request.method} ${request.url}`);
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"created-by-the-server"}');
    });
    const port = await listenOnLoopback(server, 0);
    proxy = await startFaultProxy({ target: `http://127.0.0.1:${port}/base` });
  });

  afterEach(async () => {
    await proxy.close();
    await closeServer(server);
  });

  const post = (timeoutMs = 5_000): Promise<Response> =>
    fetch(`${proxy.url}/things?x=1`, {
      method: 'POST',
      body: 'hello',
      signal: AbortSignal.timeout(timeoutMs),
    });

  it('passes request and answer through', async () => {
    const answer = await post();
    expect([answer.status, await answer.text()]).toEqual([201, '{"id":"created-by-the-server"}']);
    expect(acted).toEqual(['POST /base/things?x=1']);
  });

  it.each<[ProxyMode, number]>([
    ['503-before', 503],
    ['502-after', 502],
  ])('answers %s with %d', async (mode, status) => {
    proxy.enqueue(mode);
    expect((await post()).status).toBe(status);
    expect(acted).toHaveLength(mode.endsWith('after') ? 1 : 0);
  });

  it.each<ProxyMode>(['reset-before', 'reset-after'])('resets the connection in mode %s', async (mode) => {
    proxy.enqueue(mode);
    await expect(post()).rejects.toThrow('fetch failed');
    expect(acted).toHaveLength(mode.endsWith('after') ? 1 : 0);
  });

  it.each<ProxyMode>(['hang-before', 'hang-after'])('never answers in mode %s', async (mode) => {
    proxy.enqueue(mode);
    await expect(post(200)).rejects.toThrow('timeout');
    expect(acted).toHaveLength(mode.endsWith('after') ? 1 : 0);
  });

  it('cuts the body in mode truncate-after', async () => {
    proxy.enqueue('truncate-after');
    const answer = await post();
    expect(answer.status).toBe(201);
    await expect(answer.text()).rejects.toThrow();
    expect(proxy.exchanges).toEqual([
      { seq: 1, method: 'POST', path: '/things?x=1', mode: 'truncate-after', upstreamStatus: 201 },
    ]);
  });

  it('asks the rule once the queue is empty', async () => {
    proxy.setRule(({ seq }) => (seq === 2 ? '503-before' : 'pass'));
    expect([(await post()).status, (await post()).status, (await post()).status]).toEqual([201, 503, 201]);
  });

  it('holds a request before the server sees it', async () => {
    const hold = proxy.hold(({ method }) => method === 'POST');
    const answer = post();
    expect(await hold.held).toMatchObject({ seq: 1, path: '/things?x=1' });
    expect(acted).toEqual([]);
    hold.release();
    expect((await answer).status).toBe(201);
    expect(acted).toHaveLength(1);
  });
});
