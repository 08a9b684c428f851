import { createHash } from 'node:crypto';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { ManualClock } from '../clock/index.js';
import {
  AddressGuard,
  type ByteSource,
  HttpClient,
  HttpTransportError,
  type MultipartPart,
  type OutboundBody,
  type OutboundRequest,
  sourceOf,
} from './index.js';

const OK = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';
const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
function broken(this: Readable): void {
  this.destroy(new Error('disk'));
}
const LOOPBACK = ['127.0.0.0/8', '::1/128'];

/** A server that is nothing but a socket, so that it can fail in every way. */
class RawServer {
  readonly sockets: Socket[] = [];
  received = '';
  private readonly server: Server;

  constructor(onConnection: (socket: Socket, server: RawServer) => void) {
    this.server = createServer((socket) => {
      this.sockets.push(socket);
      socket.on('error', () => undefined).on('data', (data) => (this.received += data.toString('latin1')));
      onConnection(socket, this);
    });
  }

  static answering(answer: string | Buffer): RawServer {
    return new RawServer((socket) => socket.on('data', () => socket.write(answer)));
  }

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

describe('HttpClient', () => {
  const open: RawServer[] = [];
  let client: HttpClient;

  beforeEach(() => {
    client = new HttpClient({ guard: new AddressGuard(LOOPBACK), clock: new ManualClock() });
  });
  afterEach(async () => {
    client.onModuleDestroy();
    await Promise.all(open.splice(0).map((server) => server.close()));
  });

  async function start(server: RawServer): Promise<string> {
    open.push(server);
    return server.listen();
  }

  async function failureOf(request: OutboundRequest): Promise<HttpTransportError> {
    const outcome = await client.send(request).catch((error: unknown) => error);
    if (outcome instanceof HttpTransportError) return outcome;
    throw new Error('it did not fail as expected', { cause: outcome });
  }

  const post = (url: string, more: Partial<OutboundRequest> = {}): OutboundRequest => ({
    method: 'POST',
    url,
    body: { kind: 'json', value: { text: 'hi' } },
    timeoutMs: 2_000,
    ...more,
  });

  describe('answers', () => {
    it('are whatever came back, also errors', async () => {
      const url = await start(
        RawServer.answering(
          'HTTP/1.1 503 No\r\nRetry-After: 5\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 23\r\n\r\n{"id":9007199254740993}',
        ),
      );
      const answer = await client.send(post(url));
      expect(answer).toMatchObject({
        status: 503,
        headers: { 'retry-after': '5', 'x-a': '1, 2' },
        url: `${url}/`,
      });
      expect(answer.json()).toEqual({ id: '9007199254740993' });
    });

    it('may end with the connection when no length was announced', async () => {
      const server = new RawServer((socket) =>
        socket.on('data', () => socket.end('HTTP/1.1 200 OK\r\n\r\nall')),
      );
      expect((await client.send(post(await start(server)))).text()).toBe('all');
    });

    it('are unpacked, within their limit', async () => {
      const packed = gzipSync('x'.repeat(10_000));
      const head = `HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`;
      const url = await start(RawServer.answering(Buffer.concat([Buffer.from(head), packed])));
      expect((await client.send(post(url))).bytes).toHaveLength(10_000);
      expect(await failureOf(post(url, { maxAnswerBytes: 9_999 }))).toMatchObject({
        phase: 'after_send',
        reason: 'too_large',
        status: 200,
      });
    });

    it('to HEAD have no body, whatever their length says', async () => {
      const url = await start(RawServer.answering('HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n'));
      expect((await client.send({ method: 'HEAD', url })).status).toBe(200);
    });
  });

  describe('requests', () => {
    it('carry exactly what was asked for', async () => {
      const server = RawServer.answering(OK);
      const url = await start(server);
      await client.send(post(`${url}/a/b?c=%20d#e`, { headers: { Authorization: 'Bearer x', 'X-Y': 'z' } }));
      const [head = '', body] = server.received.split('\r\n\r\n');
      expect(head.split('\r\n').sort()).toEqual([
        'Connection: close',
        `Host: ${new URL(url).host}`,
        'POST /a/b?c=%20d HTTP/1.1',
        'authorization: Bearer x',
        'content-length: 13',
        'content-type: application/json',
        'user-agent: Fanfare',
        'x-y: z',
      ]);
      expect(body).toBe('{"text":"hi"}');
    });

    const film = (chunks: readonly string[], more: Partial<ByteSource> = {}): OutboundBody => {
      const open = () => Promise.resolve(Readable.from(chunks.map((chunk) => Buffer.from(chunk))));
      const source = { bytes: 7, sha256: hashOf('one end'), open, ...more };
      return { kind: 'stream', source, contentType: 'video/mp4' };
    };

    it('stream a body of known length', async () => {
      const server = new RawServer((socket, self) =>
        socket.on('data', () => {
          if (self.received.endsWith('end')) socket.write(OK);
        }),
      );
      const url = await start(server);
      await client.send(post(url, { body: film(['one ', 'end']) }));
      expect(server.received).toMatch(/content-length: 7\r\n[\s\S]*\r\n\r\none end$/);
    });

    it('stream the files of a form, one after the other', async () => {
      const server = new RawServer((socket, self) =>
        socket.on('data', () => {
          if (self.received.endsWith('--\r\n')) socket.write(OK);
        }),
      );
      const url = await start(server);
      const opened: string[] = [];
      const part = (name: string): MultipartPart => {
        const source = sourceOf(Buffer.from(name));
        const open: ByteSource['open'] = (range) => {
          if (range === undefined) opened.push(name);
          return source.open(range);
        };
        return { name, filename: `${name}.png`, contentType: 'image/png', source: { ...source, open } };
      };
      const parts = [{ name: 'caption', value: 'x' }, part('first'), part('second')];
      await client.send(post(url, { body: { kind: 'multipart', parts } }));
      const [, ...body] = server.received.split('\r\n\r\n');
      expect(body.join('|')).toMatch(/\|first\r\n[^|]*\|second\r\n--fanfare-\w+--\r\n$/);
      expect(server.received).toContain(`content-length: ${body.join('\r\n\r\n').length}\r\n`);
      expect(opened).toEqual(['first', 'second']);
    });

    it.each<[string, OutboundBody]>([
      ['too short', film(['one '])],
      ['too long', film(['one ', 'end', '!'])],
      ['another one', film(['two ', 'end'])],
    ])('never end when the body is %s', async (_name, body) => {
      const server = new RawServer(() => undefined);
      const url = await start(server);
      expect(await failureOf(post(url, { body }))).toMatchObject({
        phase: 'after_send',
        reason: 'body_failed',
      });
      expect(server.received).not.toContain('end');
    });

    it('fail when the source of a stream fails within', async () => {
      const url = await start(new RawServer(() => undefined));
      const open: ByteSource['open'] = (range) =>
        Promise.resolve(
          range === undefined ? new Readable({ read: broken }) : Readable.from([Buffer.from('o')]),
        );
      expect(await failureOf(post(url, { body: film([], { open }) }))).toMatchObject({
        phase: 'after_send',
        reason: 'body_failed',
      });
    });

    it('send nothing when a source cannot be read at all', async () => {
      const server = new RawServer(() => undefined);
      const url = await start(server);
      const open = () => Promise.reject(new Error('no such file'));
      expect(await failureOf(post(url, { body: film([], { open }) }))).toMatchObject({
        phase: 'before_send',
        reason: 'body_failed',
      });
      expect(server.sockets).toEqual([]);
    });

    it.each<[string, Partial<OutboundRequest>]>([
      ['no URL', { url: 'nonsense' }],
      ['another scheme', { url: 'file:///etc/passwd' }],
      ['credentials in the URL', { url: 'http://u:p@127.0.0.1/' }],
      ['a host header', { headers: { Host: 'evil' } }],
      ['a length of its own', { headers: { 'content-length': '1' } }],
      ['a broken header', { headers: { 'x-a': 'a\r\nb: c' } }],
      ['a broken method', { method: 'GET /x HTTP/1.1\r\n' }],
    ])('with %s are refused before anything is sent', async (_name, more) => {
      expect(await failureOf(post('http://127.0.0.1:1/', more))).toMatchObject({
        phase: 'before_send',
        reason: 'request_refused',
      });
    });

    it('go to the named hosts only', async () => {
      const server = RawServer.answering(OK);
      const url = await start(server);
      const hosts = [`${url}/api`, 'https://other.example'];
      expect((await client.send(post(`${url}/api/x`, { hosts }))).status).toBe(200);
      for (const wrong of [
        `${url}/apix`,
        `${url}/api/../x`,
        `${url}/`,
        'http://other.example/',
        'https://other.example.evil/',
      ]) {
        expect(await failureOf(post(wrong, { hosts }))).toMatchObject({
          phase: 'before_send',
          reason: 'host_refused',
        });
      }
      expect(server.sockets).toHaveLength(1);
    });
  });

  describe('before a byte was sent', () => {
    it('a closed port is refused', async () => {
      const server = RawServer.answering(OK);
      const url = await server.listen();
      await server.close();
      expect(await failureOf(post(url))).toMatchObject({
        phase: 'before_send',
        reason: 'refused',
        status: null,
      });
    });

    it('a private address is refused', async () => {
      const server = RawServer.answering(OK);
      const { port } = new URL(await start(server));
      client = new HttpClient({ guard: new AddressGuard(), clock: new ManualClock() });
      for (const host of [
        '127.0.0.1',
        '2130706433',
        '0x7f.1',
        '0177.0.0.1',
        '127.0.0.1.',
        '[::ffff:127.0.0.1]',
        'localhost',
        '[::1]',
      ]) {
        expect(await failureOf(post(`http://${host}:${port}/`))).toMatchObject({
          phase: 'before_send',
          reason: 'address_refused',
        });
      }
      expect(server.sockets).toHaveLength(0);
    });

    it('an unknown name is a failure of DNS', async () => {
      const guard = new AddressGuard([], () =>
        Promise.reject(Object.assign(new Error('x'), { code: 'ENOTFOUND' })),
      );
      client = new HttpClient({ guard, clock: new ManualClock() });
      expect(await failureOf(post('http://nowhere.example'))).toMatchObject({
        phase: 'before_send',
        reason: 'dns',
      });
    });

    it('time may be up', async () => {
      const guard = new AddressGuard([], () => new Promise(() => undefined));
      client = new HttpClient({ guard, clock: new ManualClock() });
      expect(await failureOf(post('http://slow.example', { timeoutMs: 20 }))).toMatchObject({
        phase: 'before_send',
        reason: 'timeout',
      });
    });

    it('resolves a name once, and connects to what was checked', async () => {
      const server = RawServer.answering(OK);
      const { port } = new URL(await start(server));
      const asked: string[] = [];
      const guard = new AddressGuard(LOOPBACK, (name) => {
        asked.push(name);
        return Promise.resolve([{ address: asked.length === 1 ? '127.0.0.1' : '10.0.0.1' }]);
      });
      client = new HttpClient({ guard, clock: new ManualClock() });
      await client.send(post(`http://rebinding.example:${port}/`));
      expect(asked).toEqual(['rebinding.example']);
      expect(server.received).toContain(`Host: rebinding.example:${port}`);
    });
  });

  describe('after the first byte', () => {
    it.each<[string, (socket: Socket) => void, string]>([
      ['closed without reading', (socket) => socket.destroy(), 'reset'],
      ['reset after the request', (socket) => socket.on('data', () => socket.resetAndDestroy()), 'reset'],
      ['closed after the request', (socket) => socket.on('data', () => socket.end()), 'reset'],
      ['silent', () => undefined, 'timeout'],
      ['stuck in the head', (socket) => socket.write('HTTP/1.1 200 OK\r\nX-Slow: '), 'timeout'],
      ['not HTTP', (socket) => socket.on('data', () => socket.end('SSH-2.0-OpenSSH\r\n')), 'unreadable'],
      [
        'full of headers',
        (socket) => socket.on('data', () => socket.write(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(99_999)}`)),
        'too_large',
      ],
    ])('a connection that is %s proves nothing', async (_name, behave, reason) => {
      const url = await start(new RawServer(behave));
      expect(await failureOf(post(url, { timeoutMs: 200 }))).toMatchObject({
        phase: 'after_send',
        reason,
        status: null,
      });
    });

    it.each([
      ['cut off', 'HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nhalf', 'truncated'],
      [
        'cut off between chunks',
        'HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n',
        'truncated',
      ],
      ['too large by its length', 'HTTP/1.1 201 Created\r\nContent-Length: 101\r\n\r\n', 'too_large'],
      [
        'too large by its chunks',
        `HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n${'x'.repeat(101)}`,
        'too_large',
      ],
      [
        'packed unknown',
        'HTTP/1.1 201 Created\r\nContent-Encoding: rot13\r\nContent-Length: 1\r\n\r\nx',
        'unreadable',
      ],
      [
        'packed badly',
        'HTTP/1.1 201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 1\r\n\r\nx',
        'unreadable',
      ],
    ])('an answer that is %s tells its status and nothing more', async (_name, answer, reason) => {
      const url = await start(new RawServer((socket) => socket.on('data', () => socket.end(answer))));
      expect(await failureOf(post(url, { maxAnswerBytes: 100 }))).toMatchObject({
        phase: 'after_send',
        reason,
        status: 201,
      });
    });

    it('a body that comes too slowly runs out of time', async () => {
      const url = await start(RawServer.answering('HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nslow'));
      expect(await failureOf(post(url, { timeoutMs: 100 }))).toMatchObject({
        phase: 'after_send',
        reason: 'timeout',
      });
    });

    it('no message shows the path, which may be a secret', async () => {
      const url = await start(new RawServer((socket) => socket.destroy()));
      const failure = await failureOf(post(`${url}/bot1234567890:secret/send?x=secret`));
      expect(failure.message + String(failure.cause)).not.toContain('secret');
    });
  });

  describe('redirects', () => {
    const redirect = (to: string, status = 302): string =>
      `HTTP/1.1 ${status} Found\r\nLocation: ${to}\r\nContent-Length: 0\r\n\r\n`;

    it.each([301, 302, 303, 307, 308])('of a POST (%i) are answers, never followed', async (status) => {
      const target = RawServer.answering(OK);
      const url = await start(RawServer.answering(redirect(await start(target), status)));
      expect(await client.send(post(url, { allowRedirects: 5 }))).toMatchObject({ status });
      expect(target.sockets).toHaveLength(0);
    });

    it('of a GET are followed when allowed, without secrets for another origin', async () => {
      const target = RawServer.answering(OK);
      const there = await start(target);
      const url = await start(RawServer.answering(redirect(`${there}/x`)));
      const get = { method: 'GET', url, headers: { Authorization: 'Bearer x', Accept: 'a/b', Cookie: 'c' } };
      expect(await client.send(get)).toMatchObject({ status: 302 });
      expect(await client.send({ ...get, allowRedirects: 1 })).toMatchObject({
        status: 200,
        url: `${there}/x`,
      });
      expect(target.received).toMatch(/GET \/x HTTP[\s\S]*accept: a\/b/);
      expect(target.received).not.toMatch(/authorization|cookie/i);
    });

    it('end at their limit with the last answer', async () => {
      const server = RawServer.answering(redirect('/again'));
      const url = await start(server);
      expect(await client.send({ method: 'GET', url, allowRedirects: 3 })).toMatchObject({ status: 302 });
      expect(server.received.match(/GET /g)).toHaveLength(4);
    });

    it('are guarded like the first request, and count as sent', async () => {
      client = new HttpClient({ guard: new AddressGuard(['127.0.0.1/32']), clock: new ManualClock() });
      const url = await start(RawServer.answering(redirect('http://127.0.0.2/')));
      expect(await failureOf({ method: 'GET', url, allowRedirects: 1 })).toMatchObject({
        phase: 'after_send',
        reason: 'address_refused',
      });
      const outside = { method: 'GET', url, allowRedirects: 1, hosts: [url] };
      expect(await failureOf(outside)).toMatchObject({ phase: 'after_send', reason: 'host_refused' });
      const scheme = await start(RawServer.answering(redirect('file:///etc/passwd')));
      expect(await failureOf({ method: 'GET', url: scheme, allowRedirects: 1 })).toMatchObject({
        phase: 'after_send',
        reason: 'request_refused',
      });
    });
  });

  describe('connections', () => {
    it('are reused for reading and fresh for everything else', async () => {
      const server = RawServer.answering(OK);
      const url = await start(server);
      for (const method of ['GET', 'GET', 'GET']) await client.send({ method, url });
      expect(server.sockets).toHaveLength(1);
      await client.send(post(url));
      await client.send({ method: 'GET', url, freshConnection: true });
      expect(server.sockets).toHaveLength(3);
      await client.send(post(url, { freshConnection: false }));
      expect(server.sockets).toHaveLength(3);
    });

    it('that were reused and died prove nothing', async () => {
      let requests = 0;
      const server = new RawServer((socket) =>
        socket.on('data', () => {
          if (++requests === 1) socket.write(OK);
          else socket.resetAndDestroy();
        }),
      );
      const url = await start(server);
      await client.send({ method: 'GET', url });
      expect(await failureOf(post(url, { freshConnection: false }))).toMatchObject({
        phase: 'after_send',
        reason: 'reset',
      });
      expect(server.sockets).toHaveLength(1);
    });
  });
});
