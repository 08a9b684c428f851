import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { INestApplication } from '@nestjs/common';
import sharp from 'sharp';
import request from 'supertest';
import { newId } from '../../src/common/ids/index.js';
import { MediaReader } from '../../src/modules/media/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { S3Server } from '../support/s3-server.js';
import { startMediaApi, storedFiles } from './media-api.fixture.js';

describe.each(['disk', 'S3'])('/api/v1/media/uploads on %s', (where) => {
  let app: INestApplication;
  let s3: S3Server | undefined;
  let database: TestDatabase;
  let picture: Buffer;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-test-tus-'));
  const workspaceId = newId();
  const other = newId();

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    database = await createTestDatabase();
    app = await startMediaApi(database, dataDir, { FANFARE_MEDIA_MAX_MB: '2', ...s3?.env });
    picture = await sharp(randomBytes(300 * 200 * 3), { raw: { width: 300, height: 200, channels: 3 } })
      .png()
      .toBuffer();
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
    await s3?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const http = () => request(app.getHttpServer());
  const headers = (of = workspaceId) => ({ Authorization: `Bearer ${of}`, 'Tus-Resumable': '1.0.0' });
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const uploads = (): string[] => {
    try {
      return readdirSync(path.join(dataDir, 'media', 'uploads'));
    } catch {
      return [];
    }
  };

  const begin = (bytes: number, metadata = `filename ${base64('Zoë.png')},altText ${base64('noise')}`) =>
    http()
      .post('/api/v1/media/uploads')
      .set(headers())
      .set('Upload-Length', String(bytes))
      .set('Upload-Metadata', metadata);

  const patch = (address: string, offset: number, bytes: Buffer, of = workspaceId) =>
    http()
      .patch(address)
      .set(headers(of))
      .set('Upload-Offset', String(offset))
      .set('Content-Type', 'application/offset+octet-stream')
      .send(bytes);

  const locationOf = (answer: request.Response): string => String(answer.headers['location']);

  it('goes on where it stopped and becomes the file of its id', async () => {
    const address = locationOf(await begin(picture.length).expect(201));
    expect(address).toMatch(/^\/api\/v1\/media\/uploads\/med_[0-9a-f]{32}$/);
    const half = picture.length >> 1;
    await patch(address, 0, picture.subarray(0, half)).expect(204);
    const halfway = await http().head(address).set(headers()).expect(200);
    expect(halfway.headers).toMatchObject({
      'upload-offset': String(half),
      'upload-length': String(picture.length),
    });
    await patch(address, 0, picture).expect(409);
    await patch(address, half, picture.subarray(half)).expect(204);
    const { body } = await http().get(address.replace('/uploads', '')).set(headers()).expect(200);
    expect(body).toMatchObject({ state: 'ready', fileName: 'Zoë.png', altText: 'noise', width: 300 });
    expect(body.sha256).toBe(createHash('sha256').update(picture).digest('hex'));
    expect(uploads()).toEqual([]);
    const over = await http().head(address).set(headers()).expect(200);
    expect(over.headers['upload-offset']).toBe(String(picture.length));
    await patch(address, 0, picture).expect(404);
  });

  it('takes a file that was complete when the process died, as soon as it is asked for', async () => {
    const address = locationOf(await begin(picture.length).expect(201));
    const id = path.basename(address);
    writeFileSync(path.join(dataDir, 'media', 'uploads', id), picture);
    const asked = await Promise.all([1, 2].map(() => http().head(address).set(headers())));
    expect(asked.map(({ status }) => status)).toEqual([200, 200]);
    await http().get(address.replace('/uploads', '')).set(headers()).expect(200);
    expect(uploads()).toEqual([]);
  });

  it('is nobody’s but the workspace’s, and nothing without a key', async () => {
    const address = locationOf(await begin(picture.length).expect(201));
    await http()
      .post('/api/v1/media/uploads')
      .set('Tus-Resumable', '1.0.0')
      .set('Upload-Length', '5')
      .expect(401);
    await http().head(address).set('Tus-Resumable', '1.0.0').expect(401);
    await http()
      .patch(address)
      .set('Content-Type', 'application/offset+octet-stream')
      .send(picture)
      .expect(401);
    await http().delete(address).expect(401);
    for (const answer of [
      await http().head(address).set(headers(other)),
      await patch(address, 0, picture, other),
      await http().delete(address).set(headers(other)),
    ])
      expect(answer.status).toBe(404);
    await http().delete(address).set(headers()).expect(204);
    expect(uploads()).toEqual([]);
  });

  it('refuses what is too large, before a byte is read and while they come', async () => {
    await begin(3 * 1024 * 1024).expect(413);
    const address = locationOf(await begin(10).expect(201));
    await patch(address, 0, Buffer.alloc(20)).expect(413);
    await http().delete(address).set(headers());
  });

  it.each([
    ['a page', Buffer.from('<html></html>'), 415],
    ['half a picture', Buffer.alloc(0), 422],
  ])('refuses %s and keeps nothing', async (what, bytes, status) => {
    const sent = what === 'a page' ? bytes : picture.subarray(0, 500);
    const before = storedFiles(dataDir, s3);
    const address = locationOf(await begin(sent.length).expect(201));
    const answer = await patch(address, 0, sent);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(what === 'a page' ? 'media_type_unsupported' : 'media_unreadable');
    await http().head(address).set(headers()).expect(404);
    expect(uploads()).toEqual([]);
    expect(storedFiles(dataDir, s3)).toEqual(before);
  });

  it('refuses a text that is too long before the bytes come', async () => {
    const answer = await begin(10, `altText ${base64('x'.repeat(5001))}`);
    expect(answer.status).toBe(422);
    expect(uploads()).toEqual([]);
  });

  it.each(['med_x', '..%2f..%2fsecret', `med_${'0'.repeat(32)}`])('does not find %s', async (id) => {
    await http().head(`/api/v1/media/uploads/${id}`).set(headers()).expect(404);
  });

  it('gives the bytes to whoever reads the file', async () => {
    const address = locationOf(await begin(picture.length).expect(201));
    await patch(address, 0, picture).expect(204);
    const hex = path.basename(address).slice(4);
    const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join(
      '-',
    );
    expect(await app.get(MediaReader, { strict: false }).read(workspaceId, id)).toEqual(picture);
  });
});
