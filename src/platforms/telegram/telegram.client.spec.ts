import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { ManualClock, SystemClock } from '../../common/clock/index.js';
import { parseConfig } from '../../common/config/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  outboundScopes,
  sourceOf,
  type OutboundRequest,
  type OutboundScope,
} from '../../common/http/index.js';
import type { MediaItem, MediaKind } from '../core/index.js';
import { TelegramClient } from './telegram.client.js';
import { telegramConfigSpec } from './telegram.config.js';
import type { OutgoingFile, Target } from './telegram.requests.js';
import { readTelegramSettings } from './telegram.settings.js';
import { redactToken } from './telegram.token.js';

const TOKEN = '123456:ABC-def_ghi';

class FakeHttp extends HttpClient {
  readonly requests: OutboundRequest[] = [];

  constructor(private readonly result: unknown) {
    super({ guard: new AddressGuard(), clock: new ManualClock() });
  }

  override send(request: OutboundRequest): Promise<HttpAnswer> {
    this.requests.push(request);
    const body = Buffer.from(JSON.stringify({ ok: true, result: this.result }));
    return Promise.resolve(new HttpAnswer(200, {}, body, request.url));
  }

  get only(): OutboundRequest {
    const [request, ...others] = this.requests;
    if (request === undefined || others.length > 0) throw new Error('exactly one request was expected');
    return request;
  }
}

const message = { message_id: 7, chat: { id: -1001, type: 'channel', username: 'fanfare' } };
const key = Buffer.alloc(32, 1).toString('base64');
const keys = { FANFARE_ENCRYPTION_KEYS: `test:${key}`, FANFARE_SIGNING_KEY: key };
const config = parseConfig({ ...keys, PLATFORM_TELEGRAM_API_URL: 'https://bots.example.org/api' }, [
  telegramConfigSpec,
]);

function setUp(result: unknown) {
  const http = new FakeHttp(result);
  return { http, client: new TelegramClient(http, config) };
}

function target(given: Parameters<typeof readTelegramSettings>[0] = {}): Target {
  const settings = readTelegramSettings(given);
  return { chatId: -1001, settings, replyTo: settings.replyTo, buttons: settings.buttons };
}

function file(kind: MediaKind, mimeType: string): OutgoingFile {
  const item: MediaItem = {
    ...{ id: 'm', kind, mimeType, bytes: 3, sha256: 'aa', width: 640, height: 480 },
    ...{ durationMs: 1600, altText: null, fileName: `one.${kind}` },
  };
  return { item, kind, cover: null, source: sourceOf(Buffer.from('abc')), coverSource: null };
}

function fieldsOf({ body }: OutboundRequest): Record<string, unknown> {
  if (body?.kind === 'json' && typeof body.value === 'object') return { ...body.value };
  if (body?.kind !== 'multipart') throw new Error('a form was expected');
  return Object.fromEntries(
    body.parts.map((part) => [part.name, 'value' in part ? part.value : part.filename]),
  );
}

describe('TelegramClient', () => {
  it('sends a text as JSON to the configured host only', async () => {
    const { http, client } = setUp(message);
    const sent = await client.sendMessage(TOKEN, target(), { text: 'Hello', link: null });
    expect(http.only).toMatchObject({
      method: 'POST',
      url: `https://bots.example.org/api/bot${TOKEN}/sendMessage`,
      hosts: ['https://bots.example.org/api'],
    });
    expect(fieldsOf(http.only)).toEqual({ chat_id: -1001, text: 'Hello' });
    expect(sent).toMatchObject({ messageId: 7, chatUsername: 'fanfare' });
  });

  it('sends every setting under the name that Telegram knows', async () => {
    const { http, client } = setUp(message);
    const settings = {
      parseMode: 'HTML',
      silent: true,
      protectContent: true,
      messageThreadId: 9,
      linkPreview: { url: 'https://example.org/', size: 'large', aboveText: true },
    };
    await client.sendMessage(TOKEN, target(settings), { text: '<b>Hi</b>', link: 'https://example.com/' });
    expect(fieldsOf(http.only)).toEqual({
      chat_id: -1001,
      message_thread_id: 9,
      disable_notification: true,
      protect_content: true,
      text: '<b>Hi</b>',
      parse_mode: 'HTML',
      link_preview_options: { url: 'https://example.org/', prefer_large_media: true, show_above_text: true },
    });
  });

  it("shows the card of the post's link, or none", async () => {
    const { http, client } = setUp(message);
    await client.sendMessage(TOKEN, target(), { text: 'x', link: 'https://example.com/' });
    expect(fieldsOf(http.only)['link_preview_options']).toEqual({ url: 'https://example.com/' });
    const without = setUp(message);
    const off = target({ linkPreview: { disabled: true, size: 'small' } });
    await without.client.sendMessage(TOKEN, off, { text: 'x', link: null });
    expect(fieldsOf(without.http.only)['link_preview_options']).toEqual({ is_disabled: true });
  });

  it.each([
    ['image', 'image/png', 'sendPhoto', 'photo', {}],
    ['gif', 'image/gif', 'sendAnimation', 'animation', {}],
    [
      'video',
      'video/mp4',
      'sendVideo',
      'video',
      { width: '640', height: '480', duration: '2', supports_streaming: 'true' },
    ],
    ['audio', 'audio/mpeg', 'sendAudio', 'audio', {}],
    ['document', 'application/pdf', 'sendDocument', 'document', {}],
  ] as const)('uploads a single %s', async (kind, mimeType, method, field, facts) => {
    const { http, client } = setUp(message);
    await client.sendFile(TOKEN, target(), file(kind, mimeType), 'Look');
    expect(http.only.url.endsWith(`/${method}`)).toBe(true);
    expect(fieldsOf(http.only)).toEqual({
      chat_id: '-1001',
      caption: 'Look',
      ...facts,
      [field]: `one.${kind}`,
    });
  });

  it('sends an album whose first item carries the caption', async () => {
    const { http, client } = setUp([message, { ...message, message_id: 8 }]);
    const files = [file('image', 'image/png'), file('video', 'video/mp4')];
    const sent = await client.sendMediaGroup(TOKEN, target({ captionAboveMedia: true }), files, 'Both');
    const fields = fieldsOf(http.only);
    expect(JSON.parse(String(fields['media']))).toEqual([
      { type: 'photo', media: 'attach://file0', caption: 'Both', show_caption_above_media: true },
      {
        type: 'video',
        media: 'attach://file1',
        width: 640,
        height: 480,
        duration: 2,
        supports_streaming: true,
      },
    ]);
    expect(fields).toMatchObject({ chat_id: '-1001', file0: 'one.image', file1: 'one.video' });
    expect(sent.map(({ messageId }) => messageId)).toEqual([7, 8]);
  });

  it('sends a blurred video with its cover, as an answer with buttons', async () => {
    const { http, client } = setUp(message);
    const cover = file('image', 'image/png');
    const clip = { ...file('video', 'video/mp4'), cover: cover.item, coverSource: cover.source };
    const buttons = [
      { text: 'Read', url: 'https://example.org/' },
      { text: 'Buy', url: 'https://example.com/' },
    ];
    await client.sendFile(TOKEN, target({ spoilerMedia: true, replyTo: 5, buttons }), clip, '');
    expect(fieldsOf(http.only)).toMatchObject({
      has_spoiler: 'true',
      reply_parameters: '{"message_id":5}',
      reply_markup:
        '{"inline_keyboard":[[{"text":"Read","url":"https://example.org/"}],[{"text":"Buy","url":"https://example.com/"}]]}',
      cover: 'attach://cover_file',
      cover_file: 'one.image',
      video: 'one.video',
    });
  });

  it('blurs what is on the screen only', async () => {
    const { http, client } = setUp([message, message]);
    const paper = { ...file('image', 'image/png'), kind: 'document' } as const;
    const settings = target({ spoilerMedia: true });
    await client.sendMediaGroup(
      TOKEN,
      settings,
      [file('image', 'image/png'), file('image', 'image/png')],
      '',
    );
    await client.sendMediaGroup(TOKEN, settings, [paper, paper], '');
    const media = http.requests.map((request): unknown => JSON.parse(String(fieldsOf(request)['media'])));
    expect(media).toEqual([
      [0, 1].map((index) => ({ type: 'photo', media: `attach://file${index}`, has_spoiler: true })),
      [0, 1].map((index) => ({ type: 'document', media: `attach://file${index}` })),
    ]);
  });

  it('builds the same request twice', async () => {
    const { http, client } = setUp([message]);
    const files = [file('image', 'image/png'), file('image', 'image/png')];
    await client.sendMediaGroup(TOKEN, target(), files, 'x');
    await client.sendMediaGroup(TOKEN, target(), files, 'x');
    const [first, second] = http.requests;
    expect(JSON.stringify(first?.body)).toBe(JSON.stringify(second?.body));
  });

  it('takes the token out of everything that is recorded', async () => {
    const { http, client } = setUp(message);
    await client.sendMessage(TOKEN, target(), { text: 'x', link: null });
    const { redact, url } = http.only;
    expect(redact?.(url)).toBe('https://bots.example.org/api/bot[token]/sendMessage');
    expect(redactToken('see bot99:abc and 123456:ABC-def_ghi', TOKEN)).toBe('see bot[token] and [token]');
  });
});

describe('what is recorded of a call', () => {
  it('never holds the token', async () => {
    const server = createServer((request, response) => {
      const words = `Bad Request: odd things at ${request.url ?? ''}`;
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error_code: 400, description: words }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const env = { ...keys, PLATFORM_TELEGRAM_API_URL: `http://127.0.0.1:${port}` };
    const http = new HttpClient({ guard: new AddressGuard(['127.0.0.0/8']), clock: new SystemClock() });
    const real = new TelegramClient(http, parseConfig(env, [telegramConfigSpec]));
    const recorded: unknown[] = [];
    const { signal } = new AbortController();
    const scope: OutboundScope = {
      ...{ kind: 'commit', signal },
      beforeSend: async (evidence) => {
        recorded.push(evidence);
        return { sendBefore: Infinity, deadlineMs: 5000, signal };
      },
      onAnswer: (evidence) => recorded.push(evidence),
    };
    const call = () => real.sendMessage(TOKEN, target(), { text: 'x', link: null });
    const error: unknown = await outboundScopes.run(scope, call).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'telegram.bad_request' });
    expect(inspect(error)).not.toMatch(/abc-def/i);
    expect(recorded).toHaveLength(2);
    expect(JSON.stringify(recorded)).toContain('/bot[token]/sendMessage');
    expect(JSON.stringify(recorded)).not.toContain('ABC-def');
    http.onModuleDestroy();
    await new Promise((resolve) => server.close(resolve));
  });
});
