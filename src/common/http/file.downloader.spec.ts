import { type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { AddressGuard, FileDownloader } from './index.js';

/** Stands for a public address: the only one that is let through. */
const open = '127.0.0.1';
const inside = '127.0.0.2';
const limits = { maxBytes: 1000, maxRedirects: 3, timeoutMs: 60_000, silenceMs: 60_000 };

describe('FileDownloader', () => {
  let server: Server;
  let port: number;
  let asked: string[];
  const seen: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      seen.push(`${request.headers.host ?? ''}${request.url ?? ''}`);
      const location = request.url === '/back' ? `http://rebind.example:${port}/file` : undefined;
      if (location === undefined) response.end('bytes');
      else response.writeHead(302, { location }).end();
    });
    server.listen(0, open);
    await once(server, 'listening');
    ({ port } = server.address() as AddressInfo);
  });
  beforeEach(() => {
    asked = [];
    seen.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  /** A name server that says something else each time. */
  function downloader(...answers: readonly (readonly string[])[]): FileDownloader {
    const guard = new AddressGuard([`${open}/32`], (name) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(name);
      return Promise.resolve(answer.map((address) => ({ address })));
    });
    return new FileDownloader({ guard });
  }

  const fetched = (from: FileDownloader, path = '/file'): Promise<string> =>
    from.fetch(`http://rebind.example:${port}${path}`, limits, ({ stream }) => text(stream));

  it('connects to the address that was checked, whatever the name leads to a moment later', async () => {
    expect(await fetched(downloader([open], [inside]))).toBe('bytes');
    expect(asked).toEqual(['rebind.example']);
    expect(seen).toEqual([`rebind.example:${port}/file`]);
  });

  it('takes of several addresses only those that are not inside', async () => {
    expect(await fetched(downloader([inside, open, '::1', '10.0.0.1']))).toBe('bytes');
  });

  it('checks the name again behind a redirect, and connects to nothing when it leads inside by then', async () => {
    await expect(fetched(downloader([open], [inside]), '/back')).rejects.toMatchObject({
      reason: 'address_refused',
    });
    expect(asked).toHaveLength(2);
    expect(seen).toEqual([`rebind.example:${port}/back`]);
  });

  it.each([
    [inside],
    ['::ffff:127.0.0.2'],
    ['::ffff:7f00:2'],
    ['::1'],
    ['64:ff9b::7f00:2'],
    ['0.0.0.0'],
    ['::'],
  ])('asks nothing of a name that leads to %s', async (address) => {
    await expect(fetched(downloader([address]))).rejects.toMatchObject({ reason: 'address_refused' });
    expect(seen).toEqual([]);
  });
});
