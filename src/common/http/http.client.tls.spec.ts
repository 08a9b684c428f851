import { type AddressInfo, createServer as createPlainServer } from 'node:net';
import { createServer, type Server } from 'node:https';
import { certificate, certificateKey } from '../../../test/support/certificate.js';
import { SystemClock } from '../clock/index.js';
import { AddressGuard, HttpClient } from './index.js';

describe('HttpClient over TLS', () => {
  let server: Server;
  let requests: number;
  let url: string;
  const clients: HttpClient[] = [];

  const client = (ca?: string): HttpClient => {
    const guard = new AddressGuard(['127.0.0.0/8', '::1/128']);
    const made = new HttpClient({ guard, clock: new SystemClock(), ...(ca === undefined ? {} : { ca }) });
    clients.push(made);
    return made;
  };

  beforeEach(async () => {
    requests = 0;
    server = createServer({ cert: certificate, key: certificateKey }, (request, response) => {
      requests++;
      response.end(request.headers.host);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `https://localhost:${(server.address() as AddressInfo).port}`;
  });
  afterEach(async () => {
    for (const one of clients.splice(0)) one.onModuleDestroy();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('keeps the name for host and certificate while it connects to the checked address', async () => {
    const answer = await client(certificate).send({ method: 'POST', url, body: { kind: 'json', value: 1 } });
    expect(answer.text()).toBe(new URL(url).host);
    expect(
      (await client(certificate).send({ method: 'GET', url: url.replace('localhost', '127.0.0.1') })).status,
    ).toBe(200);
  });

  it('sends nothing to whom it does not trust', async () => {
    await expect(
      client().send({ method: 'POST', url, body: { kind: 'json', value: 1 } }),
    ).rejects.toMatchObject({
      phase: 'before_send',
      reason: 'tls',
    });
    expect(requests).toBe(0);
  });

  it('sends nothing to whoever has a certificate for another name', async () => {
    const guard = new AddressGuard(['127.0.0.0/8'], () => Promise.resolve([{ address: '127.0.0.1' }]));
    const other = new HttpClient({ guard, clock: new SystemClock(), ca: certificate });
    clients.push(other);
    const attempt = other.send({ method: 'GET', url: url.replace('localhost', 'other.example') });
    await expect(attempt).rejects.toMatchObject({ phase: 'before_send', reason: 'tls' });
    expect(requests).toBe(0);
  });

  it.each([
    ['talks something else', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'tls'],
    ['says nothing', null, 'timeout'],
    ['hangs up', '', 'tls'],
  ])('claims that nothing was sent when the other side %s', async (_name, greeting, reason) => {
    const plain = createPlainServer((socket) => {
      socket.on('error', () => undefined).resume();
      if (greeting === '') socket.destroy();
      else if (greeting !== null) socket.end(greeting);
    });
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const target = `https://127.0.0.1:${(plain.address() as AddressInfo).port}`;
    const attempt = client().send({ method: 'POST', url: target, timeoutMs: 200 });
    await expect(attempt).rejects.toMatchObject({ phase: 'before_send', reason });
    await new Promise((resolve) => plain.close(resolve));
  });
});
