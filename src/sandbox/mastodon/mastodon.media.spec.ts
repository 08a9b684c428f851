import { stringAt } from '../core/json.js';
import { idOf, MastodonRig, picture, SLOW_MS, type Answer } from './mastodon.rig.js';

describe('Mastodon simulator', () => {
  const rig = new MastodonRig();
  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterEach(() => rig.end());
  afterAll(() => rig.stop());

  describe('media', () => {
    it('takes an image at once and shows it with its alt text', async () => {
      const media = await rig.upload(await picture(), 'image/png', {
        description: 'a purple box',
        focus: '0.5,-0.5',
      });
      expect(media.status).toBe(200);
      expect(media.json).toMatchObject({
        type: 'image',
        description: 'a purple box',
        meta: { original: { width: 30, height: 20 } },
      });
      expect((await fetch(String(media.json['url']))).headers.get('content-type')).toBe('image/png');
      const published = await rig.post({ media_ids: [idOf(media)] });
      expect(published.json).toMatchObject({ media_attachments: [{ id: idOf(media) }] });
      expect(rig.control.inbox()[0]?.media).toMatchObject([
        { kind: 'image', alt: 'a purple box', width: 30 },
      ]);
      expect((await rig.call('GET', `/api/v1/media/${idOf(media)}`)).status).toBe(404);
      expect((await rig.post({ media_ids: [idOf(media)] })).status).toBe(422);
    });

    it('processes a video for some looks', async () => {
      const media = await rig.upload(Buffer.from('a film'), 'video/mp4');
      expect([media.status, media.json['url']]).toEqual([202, null]);
      const early = await rig.post({ media_ids: [idOf(media)] });
      expect([early.status, early.json['error']]).toEqual([
        422,
        'Validation failed: Cannot attach files that have not finished processing. Try again in a moment!',
      ]);
      const path = `/api/v1/media/${idOf(media)}`;
      expect([(await rig.call('GET', path)).status, (await rig.call('GET', path)).status]).toEqual([
        206, 200,
      ]);
      expect((await rig.post({ media_ids: [idOf(media)] })).status).toBe(200);
    });

    it('can fail while it processes', async () => {
      rig.control.configure('mastodon', { mediaFailure: true, slowImages: true, mediaPolls: 1 });
      const media = await rig.upload(await picture(), 'image/png');
      expect(media.status).toBe(202);
      expect((await rig.call('GET', `/api/v1/media/${idOf(media)}`)).status).toBe(422);
    });

    it('takes four images or one video', async () => {
      rig.control.configure('mastodon', { mediaPolls: 0 });
      const images: string[] = [];
      for (let count = 0; count < 5; count += 1)
        images.push(idOf(await rig.upload(await picture(), 'image/png')));
      const video = idOf(await rig.upload(Buffer.from('a film'), 'video/mp4'));
      expect((await rig.post({ media_ids: images })).status).toBe(422);
      expect((await rig.post({ media_ids: [...images.slice(0, 3), video] })).status).toBe(422);
      expect(
        (await rig.post({ media_ids: [images[0] ?? ''], poll: { options: ['a', 'b'], expires_in: 300 } }))
          .status,
      ).toBe(422);
      expect((await rig.post({ media_ids: images.slice(0, 4) })).status).toBe(200);
      expect((await rig.post({ media_ids: [video] })).status).toBe(200);
    });

    it(
      'checks type, size, dimensions and description',
      async () => {
        expect((await rig.upload(Buffer.from('x'), 'application/pdf')).status).toBe(422);
        expect((await rig.upload(Buffer.from('no picture'), 'image/png')).status).toBe(500);
        const big = Buffer.alloc(16_777_217, 1);
        expect((await rig.upload(big, 'image/png')).json['error']).toContain('must be less than 16 MB');
        expect((await rig.upload(await picture(8192, 4050), 'image/png')).status).toBe(200);
        expect((await rig.upload(await picture(8192, 4051), 'image/png')).status).toBe(422);
        expect(
          (await rig.upload(await picture(), 'image/png', { description: 'x'.repeat(1500) })).status,
        ).toBe(200);
        expect(
          (await rig.upload(await picture(), 'image/png', { description: 'x'.repeat(1501) })).status,
        ).toBe(422);
      },
      SLOW_MS,
    );

    it('shows a video by the thumbnail that came with it', async () => {
      rig.control.configure('mastodon', { mediaPolls: 0 });
      const cover = await picture(16, 9);
      const send = (thumbnail: Buffer, type: string): Promise<Answer> => {
        const body = new FormData();
        body.set('file', new Blob([new Uint8Array(64)], { type: 'video/mp4' }), 'clip.mp4');
        body.set('thumbnail', new Blob([new Uint8Array(thumbnail)], { type }), 'cover');
        return rig.call('POST', '/api/v2/media', { body });
      };
      const { json } = await send(cover, 'image/png');
      const shown = await fetch(stringAt(json, 'preview_url') ?? '');
      expect(Buffer.from(await shown.arrayBuffer()).equals(cover)).toBe(true);
      expect((await send(cover, 'video/mp4')).status).toBe(422);
      expect((await send(Buffer.from('no picture'), 'image/png')).status).toBe(500);
    });

    it('changes and deletes what is not attached, and keeps it from others', async () => {
      const path = `/api/v1/media/${idOf(await rig.upload(await picture(), 'image/png'))}`;
      const change = await rig.call('PUT', path, { body: new URLSearchParams({ description: 'new' }) });
      expect(change.json['description']).toBe('new');
      expect((await rig.call('GET', path, { token: 'sandbox-token-bob' })).status).toBe(404);
      expect((await rig.call('DELETE', path)).status).toBe(200);
      expect((await rig.call('GET', path)).status).toBe(404);
    });
  });
});
