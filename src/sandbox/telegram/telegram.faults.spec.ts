import type { FaultAction } from '../core/fault.rules.js';
import { NEWS, type Answer, TelegramRig } from './telegram.rig.js';

describe('deletions, strictness and faults of the Telegram simulator', () => {
  const rig = new TelegramRig();
  const { post, call, upload, say, album, inbox, unexpected, refused, settings } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterAll(() => rig.stop());

  describe('deleteMessage', () => {
    it('takes a message back, once', async () => {
      await say();
      expect((await call('deleteMessage', { chat_id: NEWS, message_id: 1 })).body).toEqual({
        ok: true,
        result: true,
      });
      expect(inbox()).toEqual([]);
      expect(await call('deleteMessage', { chat_id: NEWS, message_id: 1 })).toEqual(
        refused(400, 'Bad Request: message to delete not found'),
      );
    });

    it('takes one message out of an album', async () => {
      const media = [
        { type: 'photo', media: 'attach://p' },
        { type: 'photo', media: 'attach://p' },
      ];
      await album(media, { p: rig.small });
      await call('deleteMessage', { chat_id: NEWS, message_id: 1 });
      expect(inbox()).toMatchObject([{ media: [{}], extra: { messageIds: [2] } }]);
      await call('deleteMessage', { chat_id: NEWS, message_id: 2 });
      expect(inbox()).toEqual([]);
    });
  });

  describe('deleteMessages', () => {
    it('takes back up to 100 messages, and skips those that are not there', async () => {
      await say();
      await say();
      const answer = await call('deleteMessages', { chat_id: NEWS, message_ids: [1, 2, 77] });
      expect(answer).toMatchObject({ status: 200, body: { result: true } });
      expect(inbox()).toEqual([]);
      const many = Array.from({ length: 101 }, (_, index) => index);
      expect((await call('deleteMessages', { chat_id: NEWS, message_ids: many })).status).toBe(400);
    });

    it('lets a plain member of a group take back what is not older than 48 hours', async () => {
      const hour = 3_600_000;
      const refusal = refused(400, "Bad Request: message can't be deleted");
      await say({ chat_id: rig.group });
      rig.sandbox.control.advanceClock(24 * hour);
      await say({ chat_id: rig.group });
      rig.sandbox.control.advanceClock(24 * hour + 1);
      expect(await call('deleteMessage', { chat_id: rig.group, message_id: 1 })).toEqual(refusal);
      expect(await call('deleteMessages', { chat_id: rig.group, message_ids: [1, 2] })).toEqual(refusal);
      expect((await call('deleteMessage', { chat_id: rig.group, message_id: 2 })).status).toBe(200);
      settings({ chats: { [rig.group]: { standing: 'administrator' } } });
      expect((await call('deleteMessage', { chat_id: rig.group, message_id: 1 })).status).toBe(200);
      expect(inbox()).toEqual([]);
    });
  });

  describe('strictness', () => {
    it.each<[string, () => Promise<Answer>]>([
      ['field disable_web_page_preview', () => say({ disable_web_page_preview: true })],
      ['field link_preview_options.title', () => say({ link_preview_options: { title: 'x' } })],
      [
        'field entities[].bold',
        () =>
          post('sendMessage', {
            body: new URLSearchParams({ chat_id: NEWS, text: 'x', entities: '[{"bold":1}]' }),
          }),
      ],
      ['query force', () => post('sendMessage?force=1&chat_id=1', {})],
      ['file virus', () => upload('sendPhoto', { chat_id: NEWS }, { photo: rig.small, virus: rig.small })],
      ['file photo', () => upload('sendMessage', { chat_id: NEWS, text: 'x' }, { photo: rig.small })],
    ])('refuses and logs %s', async (finding, send) => {
      const answer = await send();
      expect(answer).toEqual(refused(400, `Bad Request: the sandbox does not expect ${finding}`));
      expect(unexpected()).toEqual([finding]);
      expect(inbox()).toEqual([]);
    });

    it('refuses JSON text that is none', async () => {
      const body = new URLSearchParams({ chat_id: NEWS, text: 'x', entities: '[' });
      expect(await post('sendMessage', { body })).toEqual(
        refused(400, "Bad Request: can't parse entities JSON object"),
      );
    });
  });

  describe('faults and barriers', () => {
    const fault = (action: FaultAction): void =>
      void rig.sandbox.control.addFault({ platform: 'telegram', visible: true, action });

    it.each<[number, object]>([
      [401, refused(401, 'Unauthorized')],
      [429, refused(429, 'Too Many Requests: retry after 3', { parameters: { retry_after: 3 } })],
      [500, refused(500, 'Internal Server Error')],
    ])('answers a fault with %i in its own shape', async (status, expected) => {
      fault({ kind: 'status', status });
      expect(await say()).toEqual(expected);
      expect(inbox()).toEqual([]);
    });

    it.each<[FaultAction['kind'], number]>([
      ['reset-before', 0],
      ['reset-after', 1],
      ['truncate-after', 1],
    ])('%s loses the answer', async (kind, created) => {
      fault({ kind });
      await expect(say()).rejects.toThrow();
      expect(inbox()).toHaveLength(created);
    });

    it.each<['before' | 'after', number]>([
      ['before', 0],
      ['after', 1],
    ])('holds a message %s it is sent', async (position, created) => {
      const { id } = rig.sandbox.control.addBarrier({ platform: 'telegram', visible: true, position });
      const sending = say();
      await rig.sandbox.control.waitForBarrier(id, 5000);
      expect(inbox()).toHaveLength(created);
      rig.sandbox.control.releaseBarrier(id);
      expect((await sending).status).toBe(200);
    });

    it('sends and says that the message was deleted at once', async () => {
      settings({ immediatelyDeleted: 1 });
      expect(await say()).toEqual(
        refused(500, "Internal Server Error: sent message was immediately deleted and can't be returned"),
      );
      expect(inbox()).toMatchObject([{ postId: '1', extra: { immediatelyDeleted: true } }]);
      expect(rig.sandbox.control.calls()[0]).toMatchObject({ accepted: true });
      expect((await say()).status).toBe(200);
    });

    it('shows a message that was sent twice as two', async () => {
      await say();
      await say();
      expect(inbox().map(({ text }) => text)).toEqual(['Hello', 'Hello']);
    });
  });
});
