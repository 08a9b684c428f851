import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sharp from 'sharp';
import request from 'supertest';
import { newId } from '../../src/common/ids/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { S3Server } from '../support/s3-server.js';
import { startMediaApi, storedFiles } from './media-api.fixture.js';

describe.each(['disk', 'S3'])('/api/v1/media/import on %s', (where) => {
  let app: NestFastifyApplication;
  let s3: S3Server | undefined;
  let database: TestDatabase;
  let png: Buffer;
  let server: Server;
  let base: string;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-test-media-'));
  const workspaceId = newId();

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    database = await createTestDatabase();
    png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    server = createServer(({ url }, response) => {
      if (url === '/inside') response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
      else if (url?.startsWith('/cat.png') === true) response.end(png);
      else if (url === '/page') response.end('<html></html>');
      else response.writeHead(404).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    base = `http://127.0.0.1:${address.port}`;
    app = await startMediaApi(database, dataDir, { FANFARE_ALLOW_ADDRESSES: '127.0.0.1/32', ...s3?.env });
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
    await s3?.stop();
    server.closeAllConnections();
    server.close();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const http = () => request(app.getHttpServer());
  const take = (body: object) =>
    http().post('/api/v1/media/import').set('Authorization', `Bearer ${workspaceId}`).send(body);

  it('fetches a file once, keeps it, and gives its bytes when the address is dead', async () => {
    const { body, status } = await take({ url: `${base}/cat.png?token=secret`, altText: 'a cat' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^med_/),
      state: 'ready',
      mimeType: 'image/png',
      fileName: 'cat.png',
      altText: 'a cat',
    });
    expect(JSON.stringify(body)).not.toContain('secret');
    const named = await take({ url: `${base}/cat.png`, fileName: 'dog.png' }).expect(201);
    expect(named.body).toMatchObject({ fileName: 'dog.png', altText: null, sha256: body.sha256 });
    const part = await http().get(body.url).set('Range', 'bytes=0-7').buffer(true).expect(206);
    expect(part.body).toEqual(png.subarray(0, 8));
  });

  it.each<[string, () => object, number, string]>([
    ['nothing', () => ({}), 422, 'validation_failed'],
    ['a number for an address', () => ({ url: 5 }), 422, 'validation_failed'],
    ['what nobody asked for', () => ({ url: `${base}/cat.png`, folder: 'x' }), 422, 'validation_failed'],
    ['no address', () => ({ url: 'cat' }), 422, 'media_url_refused'],
    ['an address of the inside', () => ({ url: 'http://127.0.0.2/' }), 422, 'media_url_refused'],
    ['an address of the inside in disguise', () => ({ url: 'http://0x7f000002/' }), 422, 'media_url_refused'],
    ['one that leads inside', () => ({ url: `${base}/inside` }), 422, 'media_url_refused'],
    ['one that is not there', () => ({ url: `${base}/nothing` }), 422, 'media_url_not_found'],
    ['one that is no file', () => ({ url: `${base}/page` }), 415, 'media_type_unsupported'],
    [
      'too long a text',
      () => ({ url: `${base}/cat.png`, altText: 'x'.repeat(20_000) }),
      422,
      'validation_failed',
    ],
  ])(
    'refuses %s with a problem that says what helps, and keeps nothing',
    async (_what, body, status, code) => {
      const before = storedFiles(dataDir, s3);
      const answer = await take(body());
      expect([answer.status, answer.body.code]).toEqual([status, code]);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      for (const problem of answer.body.errors ?? []) {
        expect(problem).toMatchObject({ pointer: expect.any(String), remedy: expect.any(String) });
      }
      expect(storedFiles(dataDir, s3)).toEqual(before);
    },
  );

  it('wants a key', async () => {
    const { status } = await http()
      .post('/api/v1/media/import')
      .send({ url: `${base}/cat.png` });
    expect(status).toBeGreaterThanOrEqual(400);
  });
});
