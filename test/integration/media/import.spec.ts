import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import sharp from 'sharp';
import { DomainError } from '../../../src/common/errors/index.js';
import { FileDownloader } from '../../../src/common/http/index.js';
import { type Asset, MediaImport, MediaReader } from '../../../src/modules/media/index.js';
import { S3Server } from '../../support/s3-server.js';
import { ContentFixture } from '../content/content.fixture.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

describe.each(['disk', 'S3'])('the import of a file by its address, kept on %s,', (where) => {
  let fixture: ContentFixture;
  let s3: S3Server | undefined;
  let server: Server;
  let base: string;
  let workspaceId: string;
  let png: Buffer;
  let answers: Map<string, Answer>;

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    fixture = await ContentFixture.start(undefined, {
      ...s3?.env,
      FANFARE_MEDIA_MAX_MB: '2',
      FANFARE_ALLOW_ADDRESSES: '127.0.0.1/32',
    });
    workspaceId = await fixture.workspace();
    png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    server = createServer((request, response) => {
      const answer = answers.get(request.url ?? '');
      if (answer === undefined) response.writeHead(404).end('none');
      else answer(request, response);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    base = `http://127.0.0.1:${address.port}`;
    answers = new Map();
    answers.set('/photo%20one.png?key=secret', (_request, response) => response.end(png));
    answers.set('/hop', (_request, response) =>
      response.writeHead(302, { location: '/photo%20one.png?key=secret' }).end(),
    );
    answers.set('/loop', (_request, response) => response.writeHead(302, { location: '/loop' }).end());
    answers.set('/inside', (_request, response) =>
      response.writeHead(302, { location: 'http://127.0.0.2:1/' }).end(),
    );
    answers.set('/file-scheme', (_request, response) =>
      response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    );
    answers.set('/page', (_request, response) =>
      response.writeHead(200, { 'content-type': 'image/png' }).end('<html></html>'),
    );
    answers.set('/empty', (_request, response) => response.end());
    answers.set('/announced', (_request, response) =>
      response.writeHead(200, { 'content-length': 3 * 1024 * 1024 }).write('x'),
    );
    answers.set('/endless', (_request, response) => {
      const chunk = Buffer.alloc(64 * 1024, 1);
      const more = (): void => {
        if (!response.destroyed) response.write(chunk, more);
      };
      more();
    });
    answers.set('/cut', (_request, response) => {
      response
        .writeHead(200, { 'content-length': png.length })
        .write(png.subarray(0, 20), () => response.destroy());
    });
    answers.set('/silent', (_request, response) => response.writeHead(200).write('x'));
    answers.set('/packed', (_request, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(png),
    );
  });

  afterAll(async () => {
    await fixture.stop();
    await s3?.stop();
    server.closeAllConnections();
    server.close();
  });

  const take = (address: string): Promise<Asset> =>
    fixture.get(MediaImport).take(workspaceId, { url: address, altText: 'a' });

  async function refusal(address: string): Promise<string> {
    const error: unknown = await take(address).then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof DomainError)) throw new Error('was not refused', { cause: error });
    expect(await fixture.rows('SELECT FROM assets')).toEqual([]);
    const kept = readdirSync(fixture.dataDir, { recursive: true, withFileTypes: true });
    expect(kept.filter((entry) => entry.isFile())).toEqual([]);
    expect(s3?.keys() ?? []).toEqual([]);
    return error.code;
  }

  it.each([
    ['/nothing', 'media_url_not_found'],
    ['/loop', 'media_url_refused'],
    ['/inside', 'media_url_refused'],
    ['/file-scheme', 'media_url_refused'],
    ['/page', 'media_type_unsupported'],
    ['/empty', 'media_empty'],
    ['/announced', 'media_too_large'],
    ['/endless', 'media_too_large'],
    ['/cut', 'media_url_unreachable'],
    ['/packed', 'media_url_unreachable'],
  ])('of %s is refused with %s and leaves nothing behind', async (path, code) => {
    expect(await refusal(base + path)).toBe(code);
  });

  it.each([
    'http://127.0.0.2/',
    'http://2130706434/',
    'http://0x7f000002/',
    'http://0177.0.0.2/',
    'http://127.2/',
    'http://127.0.0.2./',
    'http://0177.0000.0000.0002/',
    'http://0x7f.0.0.0x2/',
    'http://0/',
    'http://[::]/',
    'http://[::127.0.0.2]/',
    'http://[::ffff:127.0.0.2]/',
    'http://[::ffff:7f00:2]/',
    'http://[::1]/',
    'http://[64:ff9b::7f00:2]/',
    'http://[2002:7f00:2::]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://168.63.129.16/',
    'http://0.0.0.0/',
    'http://255.255.255.255/',
    'http://１２７.０.０.２/',
    'file:///etc/passwd',
    'ftp://example.org/a.png',
    'http://user:password@example.org/a.png',
    'data:image/png;base64,AAAA',
    'no address',
  ])('of %s is refused', async (address) => {
    expect(await refusal(address)).toBe('media_url_refused');
  });

  it('gives up when nothing comes, and when it takes too long', async () => {
    const limits = { maxBytes: 1000, maxRedirects: 0, timeoutMs: 60_000, silenceMs: 60_000 };
    const read = (more: object): Promise<void> =>
      fixture.get(FileDownloader).fetch(`${base}/silent`, { ...limits, ...more }, async ({ stream }) => {
        for await (const chunk of stream) expect(chunk).toBeDefined();
      });
    await expect(read({ silenceMs: 50 })).rejects.toThrow();
    await expect(read({ timeoutMs: 50 })).rejects.toMatchObject({ reason: 'timeout' });
  });

  it('copies the file, behind a redirect too, and keeps the address without what may be a key', async () => {
    const asset = await take(`${base}/hop`);
    expect(asset).toMatchObject({
      mimeType: 'image/png',
      fileName: 'photo one.png',
      altText: 'a',
      sourceUrl: `${base}/hop`,
    });
    const direct = await take(`${base}/photo%20one.png?key=secret`);
    expect(direct).toMatchObject({ sha256: asset.sha256, sourceUrl: `${base}/photo%20one.png` });
    answers.clear();
    expect(await fixture.get(MediaReader).read(workspaceId, asset.id)).toEqual(png);
  });
});
