import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { SystemClock } from '../../../src/common/clock/index.js';
import { UnitOfWork } from '../../../src/common/database/index.js';
import { NotFoundError } from '../../../src/common/errors/index.js';
import { AddressGuard, FileDownloader, HttpClient } from '../../../src/common/http/index.js';
import { parsePublicId, newId } from '../../../src/common/ids/index.js';
import {
  MediaLibrary,
  MediaLinks,
  MediaService,
  type Reachability,
  ReachabilityCheck,
} from '../../../src/modules/media/index.js';
import { MediaStorage } from '../../../src/modules/media/storage/media.storage.js';
import { certificate, certificateKey } from '../../support/certificate.js';
import { freePort } from '../../support/free-port.js';
import { S3Server } from '../../support/s3-server.js';
import { ContentFixture, minutes } from '../content/content.fixture.js';

type Answer = (response: ServerResponse, request: IncomingMessage) => void | Promise<void>;

/** What stands between the internet and this server. */
const inFront: Record<string, Answer> = {
  'another program': (response) => void response.writeHead(404).end('none'),
  'a login page': (response) => void response.writeHead(401).end(),
  'a move': (response) => void response.writeHead(301, { location: 'https://example.org/' }).end(),
  'a page for everything': (response) =>
    void response
      .writeHead(206, { 'content-type': 'text/html', 'content-range': 'bytes 0-15/99999' })
      .end('<html>0123456789'),
  'a wall': (_response, { socket }) => void socket.destroy(),
};

describe('the reachability of a file', () => {
  let fixture: ContentFixture;
  let server: Server;
  let workspaceId: string;
  let assetId: string;
  let png: Buffer;
  let answer: Answer;
  const clients: HttpClient[] = [];

  beforeAll(async () => {
    const port = await freePort();
    fixture = await ContentFixture.start(undefined, { PUBLIC_URL: `https://localhost:${port}` });
    workspaceId = await fixture.workspace();
    png = await sharp({ create: { width: 90, height: 60, channels: 3, background: 'blue' } })
      .png()
      .toBuffer();
    assetId = await upload(fixture);
    server = createServer({ cert: certificate, key: certificateKey }, (request, response) => {
      void answer(response, request);
    }).listen(port, '127.0.0.1');
    await once(server, 'listening');
  });

  afterAll(async () => {
    for (const client of clients) client.onModuleDestroy();
    await fixture.stop();
    server.closeAllConnections();
    server.close();
  });

  async function upload(to: ContentFixture): Promise<string> {
    const stream = Readable.from([png]);
    return (await to.get(MediaService).upload(workspaceId, { stream, fileName: 'a.png' })).id;
  }

  /** With the loopback addresses open, and our certificate trusted. */
  function check(allowed = ['127.0.0.1/32'], of = fixture, id = assetId): Promise<Reachability> {
    const guard = new AddressGuard(allowed, () => Promise.resolve([{ address: '127.0.0.1' }]));
    const http = new HttpClient({ guard, clock: new SystemClock(), ca: certificate });
    clients.push(http);
    return new ReachabilityCheck(
      of.get(UnitOfWork),
      of.get(MediaLibrary),
      of.get(MediaLinks),
      of.app.get(MediaStorage, { strict: false }),
      http,
      new FileDownloader({ guard, ca: certificate }),
    ).check(workspaceId, id);
  }

  const rules = ({ findings }: Reachability): string[] => {
    for (const { message, remedy } of findings) expect([message, remedy]).not.toContain('');
    return findings.map(({ rule }) => rule);
  };

  /** As the route of signed links does it. */
  const honest =
    (change: (headers: Record<string, string>) => Record<string, string>, ranges = true): Answer =>
    async (response, { url, headers }) => {
      const { pathname, searchParams } = new URL(url ?? '', 'https://localhost');
      const id = parsePublicId('med', pathname.split('/')[4] ?? '');
      const signed = {
        assetId: id ?? '',
        expires: searchParams.get('expires') ?? '',
        signature: searchParams.get('signature') ?? '',
      };
      const file = await fixture.get(MediaService).openSigned(signed, ranges ? headers.range : undefined);
      const bytes = await buffer(file.stream);
      const { range } = file;
      const part =
        range === null ? {} : { 'content-range': `bytes ${range.first}-${range.last}/${file.bytes}` };
      response.writeHead(range === null ? 200 : 206, change({ 'content-type': file.mimeType, ...part }));
      response.end(bytes);
    };

  it('is given when the address gives the file, whole and in parts', async () => {
    answer = honest((headers) => headers);
    const found = await check();
    expect(found).toEqual({
      reachable: true,
      url: expect.stringMatching(/^https:\/\/localhost:\d+\/api\/v1\/media\/med_\w+\/file$/),
      findings: [],
    });
  });

  it.each([
    ['another program', 'media_url_refused'],
    ['a login page', 'media_url_refused'],
    ['a move', 'media_url_redirected'],
    ['a page for everything', 'media_url_other_content'],
    ['a wall', 'media_url_no_answer'],
  ])('is not given behind %s: %s', async (what, rule) => {
    answer = inFront[what] ?? answer;
    expect(rules(await check())).toEqual([rule]);
  });

  it('tells that a part was asked for and all of it came', async () => {
    answer = honest((headers) => headers, false);
    expect(rules(await check())).toEqual(['media_url_range_ignored']);
  });

  it('tells that the type was changed on the way', async () => {
    answer = honest((headers) => ({ ...headers, 'content-type': 'application/octet-stream' }));
    expect(rules(await check())).toEqual(['media_url_wrong_type']);
  });

  it('tells that the name leads to an address of the inside', async () => {
    expect(rules(await check([]))).toEqual(['media_url_private']);
  });

  it('tells that the certificate does not hold', async () => {
    const found = await fixture.get(ReachabilityCheck).check(workspaceId, assetId);
    // The system's own guard comes first: nothing is open to it.
    expect(rules(found)).toEqual(['media_url_private']);
    const other = await ContentFixture.start(fixture, {
      PUBLIC_URL: fixture.get(MediaService).fileUrl(workspaceId, assetId).split('/api/')[0] ?? '',
      FANFARE_ALLOW_ADDRESSES: '127.0.0.1/32',
    });
    expect(rules(await other.get(ReachabilityCheck).check(workspaceId, assetId))).toEqual(['media_url_tls']);
    await other.stop();
  });

  it('tells that there is no address, and that nobody listens at the one there is', async () => {
    const none = await ContentFixture.start(fixture);
    expect(await check(undefined, none)).toMatchObject({ reachable: false, url: null });
    expect(rules(await check(undefined, none))).toEqual(['media_public_url_required']);
    await none.stop();
    const nobody = await ContentFixture.start(fixture, {
      PUBLIC_URL: `http://localhost:${await freePort()}`,
    });
    expect(rules(await check(undefined, nobody))).toEqual(['media_url_not_https', 'media_url_no_answer']);
    await nobody.stop();
  });

  it('of what another workspace has is not told', async () => {
    await expect(fixture.get(ReachabilityCheck).check(newId(), assetId)).rejects.toBeInstanceOf(
      NotFoundError,
    );
  });

  describe('on S3', () => {
    let s3: S3Server;
    let onS3: ContentFixture;
    let id: string;

    beforeAll(async () => {
      s3 = await S3Server.start();
      onS3 = await ContentFixture.start(fixture, s3.env);
      id = await upload(onS3);
    });

    afterAll(async () => {
      await onS3.stop();
      await s3.stop();
    });

    it('is that of the presigned link, whose parts work too', async () => {
      const found = await check(undefined, onS3, id);
      expect(found.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/media\/fanfare\//);
      expect(rules(found)).toEqual(['media_url_not_https']);
    });

    it('is that of PUBLIC_URL where the storage is one of the house', async () => {
      const both = await ContentFixture.start(fixture, { ...s3.env, PUBLIC_URL: 'https://media.example' });
      const asset = await both.run(workspaceId, () => both.get(MediaLibrary).get(id));
      expect(await both.get(MediaLinks).publicUrl(workspaceId, asset, minutes(5))).toMatch(
        /^https:\/\/media\.example\/api\/v1\/media\//,
      );
      await both.stop();
    });
  });
});
