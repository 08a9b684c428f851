import type { JsonObject } from '../core/json.js';
import { NEWS, type Answer, TelegramRig } from './telegram.rig.js';

describe('Telegram simulator', () => {
  const rig = new TelegramRig();
  const { post, call, say, inbox, unexpected, refused, settings } = rig;

  beforeAll(() => rig.start());
  beforeEach(() => rig.begin());
  afterAll(() => rig.stop());

  describe('bot and chats', () => {
    it('describes accounts by token and chat', () => {
      expect(rig.sandbox.control.accounts('telegram')).toMatchObject([
        {
          id: '-1002000000001',
          credentials: { botToken: rig.token, chat: NEWS },
          details: { type: 'channel' },
        },
        {
          id: '-1002000000002',
          credentials: { botToken: rig.token, chat: '-1002000000002' },
          details: { type: 'channel' },
        },
        {
          id: '-2000000003',
          credentials: { botToken: rig.token, chat: '-2000000003' },
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
      expect((await member(rig.group)).body.result).toMatchObject({ status: 'member' });
      expect((await call('getChatMemberCount', { chat_id: NEWS })).body.result).toBe(1284);
      expect(await call('getChatMember', { chat_id: NEWS, user_id: 1 })).toEqual(
        refused(400, 'Bad Request: user not found'),
      );
      settings({ chats: { [NEWS]: { standing: 'no_post_right' }, [rig.group]: { standing: 'restricted' } } });
      expect((await member(NEWS)).body.result).toMatchObject({
        status: 'administrator',
        can_post_messages: false,
      });
      expect((await member(rig.group)).body.result).toMatchObject({
        status: 'restricted',
        can_send_messages: false,
      });
    });

    it('answers a revoked token with 401, and what is no token or no method with 404', async () => {
      expect(await call('getMe', {}, 'botnonsense')).toEqual(refused(404, 'Not Found'));
      expect(await call('getMe', {}, 'bot123:wrong')).toEqual(refused(401, 'Unauthorized'));
      expect(await call('getUpdates', {})).toEqual(refused(404, 'Not Found'));
      rig.sandbox.control.endTokens('telegram', rig.privateChannel, 'revoke');
      expect(await say()).toEqual(refused(401, 'Unauthorized'));
      expect(unexpected()[0]).toMatch(/^route POST /);
      expect(JSON.stringify(rig.sandbox.control.calls())).not.toContain(`${rig.token}/getMe`);
    });

    it('gives the bot of a chat a new token, and the old one ends', async () => {
      rig.sandbox.control.endTokens('telegram', rig.privateChannel, 'revoke');
      const renewed = rig.sandbox.control.createAccount('telegram', { chat: rig.privateChannel });
      expect(renewed.credentials['botToken']).not.toBe(rig.token);
      expect(await call('getMe', {})).toEqual(refused(401, 'Unauthorized'));
      expect(await call('getMe', {}, `bot${renewed.credentials['botToken'] ?? ''}`)).toMatchObject({
        status: 200,
      });
    });

    it('makes chats with bots of their own', async () => {
      const made = rig.sandbox.control.createAccount('telegram', {
        type: 'supergroup',
        newBot: true,
        title: 'Own',
      });
      expect(made.credentials['botToken']).not.toBe(rig.token);
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
        expect(() => rig.sandbox.control.createAccount('telegram', input)).toThrow('account:');
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
      await say({ chat_id: Number(rig.privateChannel) });
      await say({ chat_id: rig.group });
      expect(inbox().map(({ postId, permalink, visibility }) => [postId, permalink, visibility])).toEqual([
        ['1', 'https://t.me/fanfare_news/1', 'public'],
        ['2', 'https://t.me/fanfare_news/2', 'public'],
        ['1', 'https://t.me/c/2000000002/1', 'private'],
        ['1', null, 'private'],
      ]);
      expect(rig.sandbox.control.calls('telegram')[0]).toMatchObject({
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
      expect(rig.sandbox.control.calls()[0]).toMatchObject({ accepted: true });
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
      expect(rig.sandbox.control.calls()[0]?.accepted).toBe(false);
    });

    it('moves a group that became a supergroup', async () => {
      settings({ chats: { [rig.group]: { upgrade: true } } });
      const next = -1002000000004;
      expect(await say({ chat_id: rig.group })).toEqual(
        refused(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
          parameters: { migrate_to_chat_id: next },
        }),
      );
      expect((await say({ chat_id: next })).status).toBe(200);
      expect(rig.sandbox.control.accounts('telegram').map(({ id }) => id)).toEqual([
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
      expect((await say({ chat_id: rig.privateChannel })).status).toBe(200);
      rig.sandbox.control.advanceClock(60_000);
      expect((await say()).status).toBe(200);
      settings({ perBotPerSecond: 1 });
      await say({ chat_id: rig.privateChannel });
      expect((await say({ chat_id: rig.group })).body.parameters).toEqual({ retry_after: 1 });
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
});
