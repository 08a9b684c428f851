import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type IncomingMessage, request as startRequest } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import sharp from 'sharp';
import request from 'supertest';
import { newId } from '../../src/common/ids/index.js';
import { MediaQuota } from '../../src/modules/media/index.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { S3Server } from '../support/s3-server.js';
import { startMediaApi, storedFiles } from './media-api.fixture.js';

describe.each(['disk', 'S3'])('/api/v1/media on %s', (where) => {
  let app: NestFastifyApplication;
  let s3: S3Server | undefined;
  let database: TestDatabase;
  let png: Buffer;
  const dataDir = mkdtempSync(path.join(tmpdir(), 'fanfare-test-media-'));
  const workspaceId = newId();

  beforeAll(async () => {
    if (where === 'S3') s3 = await S3Server.start();
    database = await createTestDatabase();
    png = await sharp({ create: { width: 30, height: 20, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    app = await startMediaApi(database, dataDir, s3?.env);
  });

  afterAll(async () => {
    await app.close();
    await database.drop();
    await s3?.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  const http = () => request(app.getHttpServer());
  const upload = () => http().post('/api/v1/media').set('Authorization', `Bearer ${workspaceId}`);
  const files = (): string[] => storedFiles(dataDir, s3);

  it('refuses a file of more than 5 GB before it comes, and keeps nothing', async () => {
    const before = files();
    const gigabyte = 1024 * 1024 * 1024;
    const { port } = new URL(await app.getUrl());
    const sent = startRequest({
      port,
      method: 'POST',
      path: '/api/v1/media',
      headers: {
        authorization: `Bearer ${workspaceId}`,
        'content-type': 'multipart/form-data; boundary=x',
        'content-length': 6 * gigabyte,
      },
    });
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    sent.write('--x\r\nContent-Disposition: form-data; name="file"; filename="a.mp4"\r\n\r\nthe first bytes');
    const [answer] = await answered;
    const body: unknown = JSON.parse((await answer.toArray()).join(''));
    expect(answer.statusCode).toBe(413);
    expect(body).toMatchObject({ code: 'media_too_large', details: { limit: 5 * gigabyte } });
    sent.destroy();
    expect(files()).toEqual(before);
  });

  it('says how much is kept and may be', async () => {
    const other = newId();
    const quota = () => http().get('/api/v1/media/quota').set('Authorization', `Bearer ${other}`).expect(200);
    expect((await quota()).body).toEqual({
      ...{ bytes: 0, files: 0, quotaBytes: null, leftBytes: null },
      quotaOf: 'installation',
    });
    await http().post('/api/v1/media').set('Authorization', `Bearer ${other}`).attach('file', png, 'a.png');
    await app.get(MediaQuota).set(other, png.length);
    expect((await quota()).body).toMatchObject({
      bytes: png.length,
      files: 1,
      leftBytes: 0,
      quotaOf: 'workspace',
    });
    const refused = await http()
      .post('/api/v1/media')
      .set('Authorization', `Bearer ${other}`)
      .attach('file', png, 'a.png')
      .expect(413);
    expect(refused.body).toMatchObject({
      code: 'media_quota_exceeded',
      detail: expect.stringContaining(`may keep ${png.length} bytes`),
      errors: [{ rule: 'media_quota_exceeded', remedy: expect.stringContaining('Delete files') }],
      details: { limit: png.length, used: png.length },
    });
  });

  it('takes a file, shows it, changes its text and gives its bytes back without a key', async () => {
    const { body, status } = await upload()
      .attach('file', png, 'photo.png')
      .field('altText', 'behind the file');
    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: expect.stringMatching(/^med_[0-9a-f]{32}$/),
      state: 'ready',
      kind: 'image',
      mimeType: 'image/png',
      width: 30,
      height: 20,
      fileName: 'photo.png',
      altText: 'behind the file',
    });
    const address = `/api/v1/media/${body.id}`;
    const read = await http().get(address).set('Authorization', `Bearer ${workspaceId}`).expect(200);
    expect(read.body).toMatchObject({ id: body.id, sha256: body.sha256, renditions: [] });
    const changed = await http()
      .patch(address)
      .set('Authorization', `Bearer ${workspaceId}`)
      .send({ ...read.body, altText: null });
    expect(changed.body).toMatchObject({ altText: null });
    const file = await http().get(body.url).buffer(true).expect(200);
    expect(file.headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(png.length),
      'x-content-type-options': 'nosniff',
      'content-disposition': "inline; filename*=UTF-8''photo.png",
    });
    expect(file.body).toEqual(png);
    const preview = await http().get(body.previewUrl).buffer(true).expect(200);
    expect(preview.headers['content-type']).toBe('image/webp');
    await http().get(String(body.previewUrl).replace('/preview', '/file')).expect(403);
  });

  it.each([
    ['bytes=2-5', 206, 'bytes 2-5/', 2, 6],
    ['bytes=-4', 206, 'bytes ', -4, undefined],
    ['bytes=100000-', 416, 'bytes */', 0, 0],
    ['bytes=0-1,4-5', 200, undefined, 0, undefined],
  ])('answers a range of %s with %d', async (range, status, contentRange, from, to) => {
    const { body } = await upload().attach('file', png, 'photo.png');
    const part = await http().get(body.url).set('Range', range).buffer(true);
    expect(part.status).toBe(status);
    expect(part.headers['accept-ranges']).toBe('bytes');
    if (contentRange === undefined) expect(part.headers['content-range']).toBeUndefined();
    else expect(part.headers['content-range']).toContain(contentRange);
    expect(Buffer.from(part.body)).toEqual(png.subarray(from, to));
    expect(part.headers['content-length']).toBe(String(png.subarray(from, to).length));
  });

  it('takes the text in front of the file as well', async () => {
    const { body } = await upload().field('altText', 'in front').attach('file', png, 'photo.png');
    expect(body).toMatchObject({ altText: 'in front' });
  });

  it.each([
    ['no file', () => upload().field('altText', 'a'), 422, '/file', 'required'],
    [
      'a second file',
      () => upload().attach('file', png, 'a.png').attach('file', png, 'b.png'),
      422,
      '/file',
      'one_file',
    ],
    [
      'an unknown field',
      () => upload().attach('file', png, 'a.png').field('folder', 'x'),
      422,
      '/folder',
      'unknown_field',
    ],
    ['an unknown file', () => upload().attach('photo', png, 'a.png'), 422, '/photo', 'unknown_field'],
    ['an empty file', () => upload().attach('file', Buffer.alloc(0), 'a.png'), 422, '/file', 'media_empty'],
    [
      'a broken image',
      () => upload().attach('file', png.subarray(0, 60), 'a.png'),
      422,
      '/file',
      'media_unreadable',
    ],
    [
      'a text too long',
      () => upload().attach('file', png, 'a.png').field('altText', 'x'.repeat(5001)),
      422,
      '/altText',
      'alt_text_too_long',
    ],
    [
      'a disguised page',
      () => upload().attach('file', Buffer.from('<html></html>'), 'a.png'),
      415,
      undefined,
      undefined,
    ],
    ['JSON', () => upload().send({ file: 'a' }), 415, undefined, undefined],
  ])('refuses %s with a problem, and keeps nothing', async (_what, send, status, pointer, rule) => {
    const before = files();
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    if (pointer !== undefined) {
      expect(answer.body.errors).toEqual([
        expect.objectContaining({ pointer, rule, remedy: expect.any(String) }),
      ]);
    }
    expect(files()).toEqual(before);
  });

  it('refuses a large file of the wrong kind and stays well', async () => {
    await upload().attach('file', png, 'a.png').expect(201);
    const before = files();
    const answer = await upload().attach('file', Buffer.alloc(20 * 1024 * 1024, 'text '), 'a.png');
    expect(answer.status).toBe(415);
    expect((await upload().attach('file', png, 'a.png')).status).toBe(201);
    expect(files()).toEqual(before);
  });

  it('says why platforms cannot fetch a file', async () => {
    const { body } = await upload().attach('file', png, 'photo.png');
    const address = `/api/v1/media/${body.id}/reachability`;
    const checked = await http().get(address).set('Authorization', `Bearer ${workspaceId}`).expect(200);
    const [url, ...findings] =
      where === 'S3'
        ? [
            expect.stringContaining('/media/fanfare/'),
            { rule: 'media_url_not_https', remedy: expect.stringContaining('certificate') },
            { rule: 'media_url_private', remedy: expect.any(String) },
          ]
        : [null, { rule: 'media_public_url_required', remedy: expect.stringContaining('PUBLIC_URL') }];
    expect(checked.body).toMatchObject({ reachable: false, url, findings });
    await http()
      .get(`/api/v1/media/med_${'0'.repeat(32)}/reachability`)
      .set('Authorization', `Bearer ${workspaceId}`)
      .expect(404);
  });

  it('lists, finds, shows the use of and deletes files', async () => {
    const { body } = await upload().attach('file', png, 'one-of-a-kind.png');
    const authorized = { Authorization: `Bearer ${workspaceId}` };
    const list = await http()
      .get('/api/v1/media?search=one-of-a-kind&kind=image&archived=false')
      .set(authorized);
    expect(list.body).toMatchObject({
      items: [{ id: body.id, archived: false, details: {} }],
      nextCursor: null,
    });
    const usage = await http().get(`/api/v1/media/${body.id}/usage`).set(authorized).expect(200);
    expect(usage.body).toEqual({ items: [] });
    await http().delete(`/api/v1/media/${body.id}`).set(authorized).expect(204);
    await http().delete(`/api/v1/media/${body.id}`).set(authorized).expect(404);
    await http().get(body.url).expect(404);
    await http().get('/api/v1/media?kind=painting').set(authorized).expect(422);
  });

  it('wants a key for everything but the signed link', async () => {
    await http().post('/api/v1/media').attach('file', png, 'a.png').expect(401);
    await http()
      .get(`/api/v1/media/med_${'0'.repeat(32)}`)
      .expect(401);
    const { body } = await http()
      .get(`/api/v1/media/med_${'0'.repeat(32)}/file?expires=9999999999&signature=a.b`)
      .expect(403);
    expect(body).toMatchObject({ code: 'link_invalid' });
  });

  it.each(['med_x', 'post_' + '0'.repeat(32), 'med_' + '0'.repeat(32)])('does not find %s', async (id) => {
    const { body } = await http()
      .get(`/api/v1/media/${id}`)
      .set('Authorization', `Bearer ${workspaceId}`)
      .expect(404);
    expect(body).toMatchObject({ code: 'media_not_found' });
  });
});
