import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import { MB, NEWS, picture, type Answer, TelegramRig } from './telegram.rig.js';

describe('files at the Telegram simulator', () => {
  const rig = new TelegramRig();
  const { call, upload, say, album, inbox, unexpected, refused, settings } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterAll(() => rig.stop());

  describe('files', () => {
    it('sends a photo as a file part, by attach, by file id and by address', async () => {
      const direct = await upload('sendPhoto', { chat_id: NEWS, caption: 'One' }, { photo: rig.small });
      const sizes = direct.body.result?.['photo'] as { file_id: string }[];
      expect(sizes).toMatchObject([{ width: 40, height: 30, file_size: rig.small.length }]);
      await upload('sendPhoto', { chat_id: NEWS, photo: 'attach://pic' }, { pic: rig.small });
      await call('sendPhoto', { chat_id: NEWS, photo: sizes[0]?.file_id ?? '' });
      const server = createServer((request, response) => {
        response.writeHead(200, { 'content-type': request.url === '/a.png' ? 'image/png' : 'text/html' });
        response.end(request.url === '/a.png' ? rig.small : '<html>');
      });
      const site = `http://127.0.0.1:${await listenOnLoopback(server, 0)}`;
      await call('sendPhoto', { chat_id: NEWS, photo: `${site}/a.png` });
      expect(await call('sendPhoto', { chat_id: NEWS, photo: `${site}/page` })).toEqual(
        refused(400, 'Bad Request: wrong type of the web page content'),
      );
      await closeServer(server);
      expect(await call('sendPhoto', { chat_id: NEWS, photo: `${site}/a.png` })).toEqual(
        refused(400, 'Bad Request: failed to get HTTP URL content'),
      );
      expect(await call('sendPhoto', { chat_id: NEWS, photo: 'https://example.com/a.png' })).toMatchObject({
        status: 400,
      });
      expect(inbox()).toHaveLength(4);
      expect(inbox().map(({ media }) => media[0]?.sha256)).toEqual(
        Array(4).fill(inbox()[0]?.media[0]?.sha256),
      );
      expect(inbox()[0]).toMatchObject({ text: 'One', media: [{ kind: 'image', width: 40, height: 30 }] });
      expect(unexpected()).toEqual([]);
    });

    it('refuses file ids of other bots and other kinds', async () => {
      const sent = await upload('sendPhoto', { chat_id: NEWS }, { photo: rig.small });
      const [size] = sent.body.result?.['photo'] as { file_id: string }[];
      const fileId = size?.file_id ?? '';
      const wrong = refused(400, 'Bad Request: wrong file identifier/HTTP URL specified');
      expect(await call('sendVideo', { chat_id: NEWS, video: fileId })).toEqual(wrong);
      const other = rig.sandbox.control.createAccount('telegram', { newBot: true });
      const path = `bot${other.credentials['botToken'] ?? ''}`;
      expect(await call('sendPhoto', { chat_id: other.id, photo: fileId }, path)).toEqual(wrong);
      expect(await call('sendPhoto', { chat_id: NEWS, photo: 'attach://gone' })).toEqual(wrong);
      expect(await call('sendPhoto', { chat_id: NEWS })).toEqual(
        refused(400, 'Bad Request: there is no photo in the request'),
      );
    });

    it.each<[string, string, object]>([
      ['sendVideo', 'video', { kind: 'video', width: 64, height: 48 }],
      ['sendAnimation', 'animation', { kind: 'gif', width: 64, height: 48 }],
      ['sendAudio', 'audio', { kind: 'audio' }],
      ['sendDocument', 'document', { kind: 'file', filename: 'document.png' }],
    ])('%s shows the file', async (method, field, media) => {
      const sides = ['sendVideo', 'sendAnimation'].includes(method) ? { width: '64', height: '48' } : {};
      const sent = await upload(method, { chat_id: NEWS, ...sides }, { [field]: rig.small });
      expect(sent.body.result?.[field]).toMatchObject({ file_id: expect.any(String) as string });
      expect(inbox()[0]?.media).toMatchObject([media]);
      expect(rig.sandbox.control.calls()[0]).toMatchObject({
        operation: method,
        visible: true,
        accepted: true,
      });
    });

    it('takes a photo of 10 MB and refuses one byte more', async () => {
      const padded = (size: number): Buffer => Buffer.concat([rig.small], size);
      expect((await upload('sendPhoto', { chat_id: NEWS }, { photo: padded(10 * MB) })).status).toBe(200);
      expect(await upload('sendPhoto', { chat_id: NEWS }, { photo: padded(10 * MB + 1) })).toEqual(
        refused(400, 'Bad Request: file is too big'),
      );
      expect(await upload('sendPhoto', { chat_id: NEWS }, { photo: Buffer.alloc(0) })).toEqual(
        refused(400, 'Bad Request: file must be non-empty'),
      );
    });

    it('takes a file of 50 MB and refuses one byte more', async () => {
      const document = (size: number): Promise<Answer> =>
        upload('sendDocument', { chat_id: NEWS }, { document: Buffer.alloc(size) });
      expect((await document(50 * MB)).status).toBe(200);
      expect(await document(50 * MB + 1)).toEqual(refused(413, 'Request Entity Too Large'));
    });

    it.each<[number, number, number]>([
      [9000, 1000, 200],
      [9001, 1000, 400],
      [400, 20, 200],
      [401, 20, 400],
    ])('answers a photo of %i × %i with %i', async (width, height, status) => {
      const answer = await upload('sendPhoto', { chat_id: NEWS }, { photo: await picture(width, height) });
      expect(answer.status).toBe(status);
      if (status === 400) expect(answer.body.description).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
    });

    it('shows a video blurred, and by the cover that came with it', async () => {
      const cover = await picture(64, 36);
      const fields = { chat_id: NEWS, cover: 'attach://front', has_spoiler: 'true' };
      const { body } = await rig.upload('sendVideo', fields, { video: Buffer.from('film'), front: cover });
      expect(body.result).toMatchObject({
        has_media_spoiler: true,
        video: { cover: [{ width: 64, height: 36 }] },
      });
      const sha256 = createHash('sha256').update(cover).digest('hex');
      expect(rig.inbox()).toMatchObject([{ extra: { mediaSpoiler: true, cover: { sha256 } } }]);
      const wrong = { video: Buffer.from('film'), front: Buffer.from('no picture') };
      expect((await rig.upload('sendVideo', fields, wrong)).status).toBe(400);
      expect((await rig.upload('sendVideo', fields, { video: Buffer.from('film') })).status).toBe(400);
    });

    it('refuses what is no picture, and a caption over 1024', async () => {
      expect(await upload('sendPhoto', { chat_id: NEWS }, { photo: Buffer.from('no') })).toEqual(
        refused(400, 'Bad Request: IMAGE_PROCESS_FAILED'),
      );
      const captioned = (length: number): Promise<Answer> =>
        upload('sendPhoto', { chat_id: NEWS, caption: 'x'.repeat(length) }, { photo: rig.small });
      expect((await captioned(1024)).status).toBe(200);
      expect(await captioned(1025)).toEqual(refused(400, 'Bad Request: message caption is too long'));
    });
  });

  describe('sendMediaGroup', () => {
    const photos = (count: number): JsonObject[] =>
      Array.from({ length: count }, (_, index) => ({
        type: 'photo',
        media: 'attach://p',
        ...(index === 0 ? { caption: 'Album' } : {}),
      }));

    it('sends one post of several messages', async () => {
      const sent = await album(
        [
          { type: 'photo', media: 'attach://a', caption: 'Two' },
          { type: 'video', media: 'attach://b' },
        ],
        { a: rig.small, b: Buffer.from('movie') },
      );
      const messages = (sent.body.result ?? []) as JsonValue;
      expect(messages).toMatchObject([
        { message_id: 1, caption: 'Two', media_group_id: expect.any(String) as string },
        { message_id: 2, video: { file_size: 5 } },
      ]);
      expect(inbox()).toHaveLength(1);
      expect(inbox()[0]).toMatchObject({
        postId: '1',
        text: 'Two',
        media: [{ kind: 'image' }, { kind: 'video' }],
        extra: { messageIds: [1, 2] },
      });
      expect((await say()).body.result?.message_id).toBe(3);
    });

    it.each<[string, JsonObject[], number]>([
      ['2 items', photos(2), 200],
      ['10 items', photos(10), 200],
      ['1 item', photos(1), 400],
      ['11 items', photos(11), 400],
      ['photo and document', [...photos(1), { type: 'document', media: 'attach://p' }], 400],
      ['two documents', Array.from({ length: 2 }, () => ({ type: 'document', media: 'attach://p' })), 200],
      ['an animation', [...photos(1), { type: 'animation', media: 'attach://p' }], 400],
    ])('answers %s', async (_name, media, status) => {
      const answer = await album(media, { p: rig.small });
      expect(answer.status).toBe(status);
      if (status === 400) expect(answer).toEqual(refused(400, 'Bad Request: MEDIA_GROUPED_INVALID'));
      expect(inbox()).toHaveLength(status === 200 ? 1 : 0);
    });

    it('breaks off in the middle when it is told to', async () => {
      settings({ albumFailure: { item: 3 } });
      expect(await album(photos(4), { p: rig.small })).toEqual(
        refused(
          400,
          'Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 8"',
        ),
      );
      expect(inbox()).toMatchObject([{ postId: '1', media: [{}, {}], extra: { messageIds: [1, 2] } }]);
      expect(rig.sandbox.control.calls()[0]).toMatchObject({ accepted: true, status: 400 });
      expect((await album(photos(2), { p: rig.small })).status).toBe(200);
      settings({ albumFailure: { item: 1, error: 'PHOTO_INVALID' } });
      await album(photos(2), { p: rig.small });
      expect(inbox()).toHaveLength(2);
    });
  });
});
