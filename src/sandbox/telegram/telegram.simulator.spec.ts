import { createServer } from 'node:http';
import sharp from 'sharp';
import { closeServer, listenOnLoopback } from '../core/loopback.js';
import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject, JsonValue } from '../core/json.js';
import type { FaultAction } from '../core/fault.rules.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createTelegramSimulator } from './telegram.simulator.js';

const MB = 1024 * 1024;
const NEWS = '@fanfare_news';

interface Answer {
  readonly status: number;
  readonly body: {
    readonly ok: boolean;
    readonly result?: JsonObject & { message_id: number };
    readonly error_code?: number;
    readonly description?: string;
    readonly parameters?: JsonObject;
  };
}

const picture = (width: number, height: number): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: '#369' }, limitInputPixels: false })
    .png({ compressionLevel: 9 })
    .toBuffer();

describe('Telegram simulator', () => {
  let sandbox: Sandbox;
  let api: string;
  let token: string;
  let privateChannel: string;
  let group: string;
  let small: Buffer;

  beforeAll(async () => {
    sandbox = await startSandbox({
      port: 0,
      simulators: [{ key: 'telegram', create: createTelegramSimulator }],
    });
    api = sandbox.info().platforms['telegram']?.hosts['API'] ?? '';
    small = await picture(40, 30);
  });
  beforeEach(() => {
    sandbox.control.reset();
    const accounts = sandbox.control.accounts('telegram');
    token = accounts[0]?.credentials['botToken'] ?? '';
    privateChannel = accounts[1]?.id ?? '';
    group = accounts[2]?.id ?? '';
  });
  afterAll(() => sandbox.close());

  const post = async (method: string, init: RequestInit, path = `bot${token}`): Promise<Answer> => {
    const answer = await fetch(`${api}/${path}/${method}`, { method: 'POST', ...init });
    return { status: answer.status, body: (await answer.json()) as Answer['body'] };
  };
  const call = (method: string, fields: JsonObject, path?: string): Promise<Answer> =>
    post(method, { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } }, path);
  const upload = (
    method: string,
    fields: Record<string, string>,
    files: Record<string, Buffer>,
  ): Promise<Answer> => {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    for (const [name, bytes] of Object.entries(files)) {
      form.set(name, new Blob([new Uint8Array(bytes)], { type: 'image/png' }), `${name}.png`);
    }
    return post(method, { body: form });
  };
  const say = (fields: JsonObject = {}): Promise<Answer> =>
    call('sendMessage', { chat_id: NEWS, text: 'Hello', ...fields });
  const album = (media: JsonValue, files: Record<string, Buffer> = {}): Promise<Answer> =>
    upload('sendMediaGroup', { chat_id: NEWS, media: JSON.stringify(media) }, files);
  const inbox = (): readonly InboxEntry[] => sandbox.control.inbox('telegram');
  const unexpected = (): string[] =>
    sandbox.control.unexpected('telegram').map(({ what, detail }) => `${what} ${detail}`);
  const refused = (code: number, description: string, more: object = {}): object => ({
    status: code,
    body: { ok: false, error_code: code, description, ...more },
  });
  const settings = (input: JsonObject): JsonObject => sandbox.control.configure('telegram', input);

  describe('bot and chats', () => {
    it('describes accounts by token and chat', () => {
      expect(sandbox.control.accounts('telegram')).toMatchObject([
        { id: '-1002000000001', credentials: { botToken: token, chat: NEWS }, details: { type: 'channel' } },
        {
          id: '-1002000000002',
          credentials: { botToken: token, chat: '-1002000000002' },
          details: { type: 'channel' },
        },
        {
          id: '-2000000003',
          credentials: { botToken: token, chat: '-2000000003' },
          details: { type: 'group' },
        },
      ]);
    });

    it('knows its bot, its chats and its place in them', async () => {
      const me = await call('getMe', {});
      expect(me.body.result).toMatchObject({ is_bot: true, username: 'fanfare_bot' });
      const userId = Number(me.body.result?.['id']);
      expect((await call('getChat', { chat_id: NEWS })).body.result).toEqual({
        id: -1002000000001,
        type: 'channel',
        title: 'Fanfare News',
        username: 'fanfare_news',
      });
      const member = (chat: string): Promise<Answer> =>
        call('getChatMember', { chat_id: chat, user_id: userId });
      expect((await member(NEWS)).body.result).toMatchObject({
        status: 'administrator',
        can_post_messages: true,
      });
      expect((await member(group)).body.result).toMatchObject({ status: 'member' });
      expect((await call('getChatMemberCount', { chat_id: NEWS })).body.result).toBe(1284);
      expect(await call('getChatMember', { chat_id: NEWS, user_id: 1 })).toEqual(
        refused(400, 'Bad Request: user not found'),
      );
      settings({ chats: { [NEWS]: { standing: 'no_post_right' }, [group]: { standing: 'restricted' } } });
      expect((await member(NEWS)).body.result).toMatchObject({
        status: 'administrator',
        can_post_messages: false,
      });
      expect((await member(group)).body.result).toMatchObject({
        status: 'restricted',
        can_send_messages: false,
      });
    });

    it('answers a revoked token with 401, and what is no token or no method with 404', async () => {
      expect(await call('getMe', {}, 'botnonsense')).toEqual(refused(404, 'Not Found'));
      expect(await call('getMe', {}, 'bot123:wrong')).toEqual(refused(401, 'Unauthorized'));
      expect(await call('getUpdates', {})).toEqual(refused(404, 'Not Found'));
      sandbox.control.endTokens('telegram', privateChannel, 'revoke');
      expect(await say()).toEqual(refused(401, 'Unauthorized'));
      expect(unexpected()[0]).toMatch(/^route POST /);
      expect(JSON.stringify(sandbox.control.calls())).not.toContain(`${token}/getMe`);
    });

    it('gives the bot of a chat a new token, and the old one ends', async () => {
      sandbox.control.endTokens('telegram', privateChannel, 'revoke');
      const renewed = sandbox.control.createAccount('telegram', { chat: privateChannel });
      expect(renewed.credentials['botToken']).not.toBe(token);
      expect(await call('getMe', {})).toEqual(refused(401, 'Unauthorized'));
      expect(await call('getMe', {}, `bot${renewed.credentials['botToken'] ?? ''}`)).toMatchObject({
        status: 200,
      });
    });

    it('makes chats with bots of their own', async () => {
      const made = sandbox.control.createAccount('telegram', {
        type: 'supergroup',
        newBot: true,
        title: 'Own',
      });
      expect(made.credentials['botToken']).not.toBe(token);
      const sent = await call(
        'sendMessage',
        { chat_id: made.id, text: 'x' },
        `bot${made.credentials['botToken'] ?? ''}`,
      );
      expect(sent.status).toBe(200);
      expect(inbox()[0]?.permalink).toBe(`https://t.me/c/${made.id.slice(4)}/1`);
      expect(await call('sendMessage', { chat_id: made.id, text: 'x' })).toEqual(
        refused(400, 'Bad Request: chat not found'),
      );
      for (const input of [{ type: 'private' }, { username: 'fanfare_news' }, { colour: 'red' }]) {
        expect(() => sandbox.control.createAccount('telegram', input)).toThrow('account:');
      }
    });
  });

  describe('sendMessage', () => {
    it('sends, with sequential ids and the permalink of the chat', async () => {
      expect((await say()).body.result).toMatchObject({
        message_id: 1,
        text: 'Hello',
        chat: { username: 'fanfare_news' },
      });
      expect((await say({ text: 'Again' })).body.result?.message_id).toBe(2);
      await say({ chat_id: Number(privateChannel) });
      await say({ chat_id: group });
      expect(inbox().map(({ postId, permalink, visibility }) => [postId, permalink, visibility])).toEqual([
        ['1', 'https://t.me/fanfare_news/1', 'public'],
        ['2', 'https://t.me/fanfare_news/2', 'public'],
        ['1', 'https://t.me/c/2000000002/1', 'private'],
        ['1', null, 'private'],
      ]);
      expect(sandbox.control.calls('telegram')[0]).toMatchObject({
        operation: 'sendMessage',
        visible: true,
        accepted: true,
        account: '-1002000000001',
        path: '/api/bot***/sendMessage',
      });
    });

    it.each<[string, () => RequestInit, string]>([
      ['a query', () => ({ method: 'GET' }), '?chat_id=@fanfare_news&text=Hi&disable_notification=true'],
      ['a query by POST', () => ({}), '?chat_id=@fanfare_news&text=Hi&disable_notification=true'],
      [
        'a form',
        () => ({ body: new URLSearchParams({ chat_id: NEWS, text: 'Hi', disable_notification: 'True' }) }),
        '',
      ],
    ])('takes its parameters from %s', async (_name, init, query) => {
      expect((await post(`sendMessage${query}`, init())).status).toBe(200);
      expect(inbox()[0]).toMatchObject({ text: 'Hi', extra: { silent: true } });
      expect(sandbox.control.calls()[0]).toMatchObject({ accepted: true });
      expect(unexpected()).toEqual([]);
    });

    it('keeps formatting, link preview, buttons and reply', async () => {
      await say();
      const sent = await say({
        text: 'Read this',
        entities: [{ type: 'text_link', offset: 5, length: 4, url: 'https://x.example/a' }],
        link_preview_options: { prefer_large_media: true },
        reply_parameters: { message_id: 1 },
        reply_markup: { inline_keyboard: [[{ text: 'Open', url: 'https://x.example' }]] },
        protect_content: true,
      });
      expect(sent.body.result).toMatchObject({
        reply_to_message: { message_id: 1 },
        has_protected_content: true,
        entities: [{ type: 'text_link' }],
      });
      expect(inbox()[1]).toMatchObject({
        replyTo: '1',
        linkCard: { url: 'https://x.example/a' },
        display: { html: 'Read <a href="https://x.example/a" rel="noreferrer">this</a>', isolated: false },
      });
    });

    it.each<[JsonObject, string | undefined]>([
      [{}, 'https://one.example/'],
      [{ link_preview_options: { is_disabled: true } }, undefined],
      [{ link_preview_options: { url: 'https://other.example' } }, 'https://other.example'],
    ])('shows a card for %j', async (more, url) => {
      await say({ text: 'See https://one.example/ and https://two.example', ...more });
      expect(inbox()[0]?.linkCard?.url).toBe(url);
    });

    it('parses HTML and MarkdownV2, and names the place of an error', async () => {
      await say({ text: '<b>x</b>', parse_mode: 'HTML' });
      await say({ text: '*x*', parse_mode: 'MarkdownV2' });
      expect(inbox().map(({ text, extra }) => [text, extra['entities']])).toEqual([
        ['x', [{ type: 'bold', offset: 0, length: 1 }]],
        ['x', [{ type: 'bold', offset: 0, length: 1 }]],
      ]);
      expect(await say({ text: 'ä<p>', parse_mode: 'HTML' })).toEqual(
        refused(400, `Bad Request: can't parse entities: Unsupported start tag "p" at byte offset 2`),
      );
    });

    it('takes 4096 units and refuses one more, and none', async () => {
      expect((await say({ text: 'x'.repeat(4096) })).status).toBe(200);
      expect(await say({ text: 'x'.repeat(4097) })).toEqual(refused(400, 'Bad Request: message is too long'));
      expect(await call('sendMessage', { chat_id: NEWS })).toEqual(
        refused(400, 'Bad Request: message text is empty'),
      );
      expect(inbox()).toHaveLength(1);
    });

    it.each<[string, JsonObject, string]>([
      ['no chat', { chat_id: '' }, 'chat_id is empty'],
      ['an unknown chat', { chat_id: '@nobody_here' }, 'chat not found'],
      ['an unknown message', { reply_parameters: { message_id: 9 } }, 'message to be replied not found'],
      ['an unknown topic', { message_thread_id: 5 }, 'message thread not found'],
    ])('refuses %s', async (_name, fields, reason) => {
      expect(await say(fields)).toEqual(refused(400, `Bad Request: ${reason}`));
    });

    it('sends without the reply where that is allowed', async () => {
      const reply = { message_id: 9, allow_sending_without_reply: true };
      expect((await say({ reply_parameters: reply })).status).toBe(200);
      expect(inbox()[0]?.replyTo).toBeNull();
    });
  });

  describe('what a bot may do', () => {
    it.each<[string, JsonObject, object]>([
      [NEWS, { standing: 'kicked' }, refused(403, 'Forbidden: bot was kicked from the channel chat')],
      [NEWS, { standing: 'left' }, refused(403, 'Forbidden: bot is not a member of the channel chat')],
      [
        NEWS,
        { standing: 'member' },
        refused(400, 'Bad Request: need administrator rights in the channel chat'),
      ],
      [
        NEWS,
        { standing: 'no_post_right' },
        refused(400, 'Bad Request: not enough rights to send text messages to the chat'),
      ],
      [
        '-2000000003',
        { standing: 'restricted' },
        refused(400, 'Bad Request: have no rights to send a message'),
      ],
      ['-2000000003', { deleted: true }, refused(403, 'Forbidden: the group chat was deleted')],
      ['-2000000003', { standing: 'kicked' }, refused(403, 'Forbidden: bot was kicked from the group chat')],
    ])('%s with %j', async (chat, change, expected) => {
      settings({ chats: { [chat]: change } });
      expect(await say({ chat_id: chat })).toEqual(expected);
      expect(inbox()).toEqual([]);
      expect(sandbox.control.calls()[0]?.accepted).toBe(false);
    });

    it('moves a group that became a supergroup', async () => {
      settings({ chats: { [group]: { upgrade: true } } });
      const next = -1002000000004;
      expect(await say({ chat_id: group })).toEqual(
        refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          parameters: { migrate_to_chat_id: next },
        }),
      );
      expect((await say({ chat_id: next })).status).toBe(200);
      expect(sandbox.control.accounts('telegram').map(({ id }) => id)).toEqual([
        '-1002000000001',
        '-1002000000002',
        String(next),
      ]);
    });

    it('refuses what comes too fast, and says how long to wait', async () => {
      settings({ perChatPerMinute: 2 });
      await say();
      await say();
      expect(await say()).toEqual(
        refused(429, 'Too Many Requests: retry after 60', { parameters: { retry_after: 60 } }),
      );
      expect((await say({ chat_id: privateChannel })).status).toBe(200);
      sandbox.control.advanceClock(60_000);
      expect((await say()).status).toBe(200);
      settings({ perBotPerSecond: 1 });
      await say({ chat_id: privateChannel });
      expect((await say({ chat_id: group })).body.parameters).toEqual({ retry_after: 1 });
      expect(inbox()).toHaveLength(5);
    });

    it.each<JsonObject>([
      { lag: 1 },
      { perChatPerMinute: -1 },
      { albumFailure: {} },
      { chats: [] },
      { chats: { '@nobody': {} } },
      { chats: { '@fanfare_news': { standing: 'king' } } },
      { chats: { '@fanfare_news': { upgrade: true } } },
    ])('refuses the settings %j', (input) => {
      expect(() => settings(input)).toThrow('settings:');
    });
  });

  describe('files', () => {
    it('sends a photo as a file part, by attach, by file id and by address', async () => {
      const direct = await upload('sendPhoto', { chat_id: NEWS, caption: 'One' }, { photo: small });
      const sizes = direct.body.result?.['photo'] as { file_id: string }[];
      expect(sizes).toMatchObject([{ width: 40, height: 30, file_size: small.length }]);
      await upload('sendPhoto', { chat_id: NEWS, photo: 'attach://pic' }, { pic: small });
      await call('sendPhoto', { chat_id: NEWS, photo: sizes[0]?.file_id ?? '' });
      const server = createServer((request, response) => {
        response.writeHead(200, { 'content-type': request.url === '/a.png' ? 'image/png' : 'text/html' });
        response.end(request.url === '/a.png' ? small : '<html>');
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
      const sent = await upload('sendPhoto', { chat_id: NEWS }, { photo: small });
      const [size] = sent.body.result?.['photo'] as { file_id: string }[];
      const fileId = size?.file_id ?? '';
      const wrong = refused(400, 'Bad Request: wrong file identifier/HTTP URL specified');
      expect(await call('sendVideo', { chat_id: NEWS, video: fileId })).toEqual(wrong);
      const other = sandbox.control.createAccount('telegram', { newBot: true });
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
      const sent = await upload(method, { chat_id: NEWS, ...sides }, { [field]: small });
      expect(sent.body.result?.[field]).toMatchObject({ file_id: expect.any(String) as string });
      expect(inbox()[0]?.media).toMatchObject([media]);
      expect(sandbox.control.calls()[0]).toMatchObject({ operation: method, visible: true, accepted: true });
    });

    it('takes a photo of 10 MB and refuses one byte more', async () => {
      const padded = (size: number): Buffer => Buffer.concat([small], size);
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

    it('refuses what is no picture, and a caption over 1024', async () => {
      expect(await upload('sendPhoto', { chat_id: NEWS }, { photo: Buffer.from('no') })).toEqual(
        refused(400, 'Bad Request: IMAGE_PROCESS_FAILED'),
      );
      const captioned = (length: number): Promise<Answer> =>
        upload('sendPhoto', { chat_id: NEWS, caption: 'x'.repeat(length) }, { photo: small });
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
        { a: small, b: Buffer.from('movie') },
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
      const answer = await album(media, { p: small });
      expect(answer.status).toBe(status);
      if (status === 400) expect(answer).toEqual(refused(400, 'Bad Request: MEDIA_GROUPED_INVALID'));
      expect(inbox()).toHaveLength(status === 200 ? 1 : 0);
    });

    it('breaks off in the middle when it is told to', async () => {
      settings({ albumFailure: { item: 3 } });
      expect(await album(photos(4), { p: small })).toEqual(
        refused(
          400,
          'Bad Request: failed to send message #3 with the error message "Too Many Requests: retry after 8"',
        ),
      );
      expect(inbox()).toMatchObject([{ postId: '1', media: [{}, {}], extra: { messageIds: [1, 2] } }]);
      expect(sandbox.control.calls()[0]).toMatchObject({ accepted: true, status: 400 });
      expect((await album(photos(2), { p: small })).status).toBe(200);
      settings({ albumFailure: { item: 1, error: 'PHOTO_INVALID' } });
      await album(photos(2), { p: small });
      expect(inbox()).toHaveLength(2);
    });
  });

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
      await album(media, { p: small });
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
      await say({ chat_id: group });
      sandbox.control.advanceClock(24 * hour);
      await say({ chat_id: group });
      sandbox.control.advanceClock(24 * hour + 1);
      expect(await call('deleteMessage', { chat_id: group, message_id: 1 })).toEqual(refusal);
      expect(await call('deleteMessages', { chat_id: group, message_ids: [1, 2] })).toEqual(refusal);
      expect((await call('deleteMessage', { chat_id: group, message_id: 2 })).status).toBe(200);
      settings({ chats: { [group]: { standing: 'administrator' } } });
      expect((await call('deleteMessage', { chat_id: group, message_id: 1 })).status).toBe(200);
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
      ['file virus', () => upload('sendPhoto', { chat_id: NEWS }, { photo: small, virus: small })],
      ['file photo', () => upload('sendMessage', { chat_id: NEWS, text: 'x' }, { photo: small })],
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
      void sandbox.control.addFault({ platform: 'telegram', visible: true, action });

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
      const { id } = sandbox.control.addBarrier({ platform: 'telegram', visible: true, position });
      const sending = say();
      await sandbox.control.waitForBarrier(id, 5000);
      expect(inbox()).toHaveLength(created);
      sandbox.control.releaseBarrier(id);
      expect((await sending).status).toBe(200);
    });

    it('sends and says that the message was deleted at once', async () => {
      settings({ immediatelyDeleted: 1 });
      expect(await say()).toEqual(
        refused(500, "Internal Server Error: sent message was immediately deleted and can't be returned"),
      );
      expect(inbox()).toMatchObject([{ postId: '1', extra: { immediatelyDeleted: true } }]);
      expect(sandbox.control.calls()[0]).toMatchObject({ accepted: true });
      expect((await say()).status).toBe(200);
    });

    it('shows a message that was sent twice as two', async () => {
      await say();
      await say();
      expect(inbox().map(({ text }) => text)).toEqual(['Hello', 'Hello']);
    });
  });
});
