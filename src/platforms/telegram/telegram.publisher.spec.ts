import { ManualClock } from '../../common/clock/index.js';
import { parseConfig } from '../../common/config/index.js';
import {
  AddressGuard,
  HttpAnswer,
  HttpClient,
  type OutboundRequest,
  sourceOf,
} from '../../common/http/index.js';
import {
  checkSettings,
  type CommitResult,
  type MediaItem,
  type PublishContext,
  type PublishedPost,
  type TargetContent,
} from '../core/index.js';
import { CAPTION_LIMIT, TEXT_LIMIT } from './telegram.capabilities.js';
import { TelegramClient } from './telegram.client.js';
import { telegramConfigSpec } from './telegram.config.js';
import { TelegramPublisher } from './telegram.publisher.js';
import { telegramSettings } from './telegram.settings.js';

const account = {
  ...{ id: 'a', platform: 'telegram', externalId: '-1001234567890', displayName: 'News', handle: null },
  metadata: {},
};
const photo: MediaItem = {
  ...{ id: 'm', kind: 'image', mimeType: 'image/png', bytes: 3, sha256: 'aa', width: 640, height: 480 },
  ...{ durationMs: null, altText: 'a dog', fileName: 'dog.png' },
};

function content(more: Partial<TargetContent> = {}): TargetContent {
  return { text: 'Hello', link: null, media: [], thread: [], settings: {}, ...more };
}

/** Answers each send with the next message ids. */
class FakeHttp extends HttpClient {
  readonly methods: string[] = [];
  readonly bodies: unknown[] = [];
  /** In place of messages. */
  answer: true | null = null;
  private messageId = 41;

  constructor() {
    super({ guard: new AddressGuard(), clock: new ManualClock() });
  }

  override send(request: OutboundRequest): Promise<HttpAnswer> {
    const method = request.url.split('/').at(-1) ?? '';
    this.methods.push(method);
    if (request.body?.kind === 'json') this.bodies.push(request.body.value);
    const message = () => ({ message_id: ++this.messageId, chat: { id: -1001234567890, type: 'channel' } });
    const sent = method === 'sendMediaGroup' ? [message(), message()] : message();
    const result = this.answer ?? sent;
    const body = Buffer.from(JSON.stringify({ ok: true, result }));
    return Promise.resolve(new HttpAnswer(200, {}, body, request.url));
  }
}

/** Remembers commits as the engine does. */
function contextOf(post: TargetContent, commits = new Map<string, CommitResult>()): PublishContext {
  return {
    ...{
      publicationId: 'p',
      account,
      content: post,
      contentRevision: 1,
      signal: new AbortController().signal,
    },
    credentials: async () => ({ values: { botToken: '1:abc' }, version: 1 }),
    media: () => sourceOf(Buffer.from('abc')),
    mediaUrl: () => Promise.reject(new Error('bytes are sent')),
    step: (_key, fn) => fn(),
    waitFor: () => Promise.reject(new Error('Telegram waits for nothing')),
    async commit(key, fn) {
      const result = commits.get(key) ?? (await fn());
      commits.set(key, result);
      return result;
    },
    committed: (key) => Promise.resolve(commits.get(key)),
    commitKey: (key) => `p:1:${key}`,
    warn: () => undefined,
    mayDrop: () => false,
    isDropped: () => false,
    drop: () => Promise.reject(new Error('nothing may be left out')),
  };
}

function setUp() {
  const http = new FakeHttp();
  const key = Buffer.alloc(32, 1).toString('base64');
  const keys = { FANFARE_ENCRYPTION_KEYS: `test:${key}`, FANFARE_SIGNING_KEY: key };
  const config = parseConfig(keys, [telegramConfigSpec]);
  return { http, publisher: new TelegramPublisher(new TelegramClient(http, config)) };
}

describe('publishing to Telegram', () => {
  it('sends a text in one commit', async () => {
    const { http, publisher } = setUp();
    const commits = new Map<string, CommitResult>();
    const result = await publisher.publish(contextOf(content(), commits));
    expect(result).toMatchObject({ platformPostId: '42', permalink: 'https://t.me/c/1234567890/42' });
    expect([...commits.keys()]).toEqual(['post']);
    expect(http.methods).toEqual(['sendMessage']);
  });

  it('sends a photo with its caption in one commit', async () => {
    const { http, publisher } = setUp();
    await publisher.publish(contextOf(content({ media: [photo] })));
    expect(http.methods).toEqual(['sendPhoto']);
  });

  it('names all messages of an album, the first one as the post', async () => {
    const { publisher } = setUp();
    const commits = new Map<string, CommitResult>();
    const result = await publisher.publish(contextOf(content({ media: [photo, photo] }), commits));
    expect(result.platformPostId).toBe('42');
    expect(commits.get('post')?.details).toMatchObject({ messageIds: [42, 43], chatId: -1001234567890 });
  });

  it('sends a text too long for a caption after the media, as a commit of its own', async () => {
    const { http, publisher } = setUp();
    const commits = new Map<string, CommitResult>();
    const long = content({ media: [photo], text: 'x'.repeat(CAPTION_LIMIT + 1) });
    const result = await publisher.publish(contextOf(long, commits));
    expect([...commits.keys()]).toEqual(['post', 'text']);
    expect(http.methods).toEqual(['sendPhoto', 'sendMessage']);
    expect(result.platformPostId).toBe('42');
  });

  it('goes on behind what is done', async () => {
    const { http, publisher } = setUp();
    const commits = new Map([['post', { platformPostId: '9', permalink: null }]]);
    const long = content({ media: [photo], text: 'x'.repeat(CAPTION_LIMIT + 1) });
    expect((await publisher.publish(contextOf(long, commits))).platformPostId).toBe('9');
    expect(http.methods).toEqual(['sendMessage']);
  });

  it('sends a poll after the text, as a commit of its own', async () => {
    const { http, publisher } = setUp();
    const poll = { question: 'Which?', options: ['a', 'b'], durationMinutes: 5 };
    const commits = new Map<string, CommitResult>();
    const post = content({ settings: { poll, silent: true } });
    const result = await publisher.publish(contextOf(post, commits));
    expect(result).toMatchObject({ platformPostId: '42' });
    expect([...commits.keys()]).toEqual(['post', 'poll']);
    expect(http.methods).toEqual(['sendMessage', 'sendPoll']);
    expect(http.bodies.at(-1)).toEqual({
      chat_id: -1001234567890,
      disable_notification: true,
      question: 'Which?',
      options: [{ text: 'a' }, { text: 'b' }],
      open_period: 300,
    });
    expect(publisher.commitCount(post)).toBe(2);
    await publisher.publish(contextOf(post, commits));
    expect(http.methods).toHaveLength(2);
  });

  it('asks what the text asks where the poll has no question', async () => {
    const { http, publisher } = setUp();
    const poll = { options: ['a', 'b'], type: 'quiz', correctOptions: [1], multiple: true, anonymous: false };
    const post = content({ text: ' <b>Which</b> &amp; why? ', settings: { poll, parseMode: 'HTML' } });
    const commits = new Map<string, CommitResult>();
    await publisher.publish(contextOf(post, commits));
    expect([...commits.keys()]).toEqual(['post']);
    expect(http.bodies).toEqual([
      {
        chat_id: -1001234567890,
        question: 'Which & why?',
        options: [{ text: 'a' }, { text: 'b' }],
        type: 'quiz',
        correct_option_ids: [1],
        is_anonymous: false,
        allows_multiple_answers: true,
      },
    ]);
  });

  it('sends media, a long text and a poll in this order', async () => {
    const { http, publisher } = setUp();
    const poll = { question: 'Which?', options: ['a'] };
    const post = content({ text: 'x'.repeat(CAPTION_LIMIT + 1), media: [photo], settings: { poll } });
    await publisher.publish(contextOf(post));
    expect(http.methods).toEqual(['sendPhoto', 'sendMessage', 'sendPoll']);
    expect(publisher.commitCount(post)).toBe(3);
  });

  it('answers with what goes out first, and has its buttons under the text', async () => {
    const { http, publisher } = setUp();
    const buttons = [{ text: 'Read', url: 'https://example.org/' }];
    const poll = { question: 'Which?', options: ['a'] };
    const settings = { replyTo: 9, buttons, poll };
    const reply_markup = { inline_keyboard: [[{ text: 'Read', url: 'https://example.org/' }]] };
    await publisher.publish(contextOf(content({ settings })));
    const [first, second] = http.bodies;
    expect(first).toMatchObject({ text: 'Hello', reply_parameters: { message_id: 9 }, reply_markup });
    expect(second).not.toHaveProperty('reply_parameters');
    expect(second).not.toHaveProperty('reply_markup');
    await publisher.publish(contextOf(content({ text: '', settings })));
    expect(http.bodies.at(-1)).toMatchObject({ question: 'Which?', reply_parameters: {}, reply_markup });
  });

  it('costs as many messages of a limit as it sends', () => {
    const { publisher } = setUp();
    const long = content({ media: [photo], text: 'x'.repeat(CAPTION_LIMIT + 1) });
    expect([publisher.visibleCalls(content()), publisher.visibleCalls(long)]).toEqual([1, 2]);
  });

  describe('taking a post back', () => {
    const manage = { publicationId: 'p', account, content: content() };
    const credentials = { values: { botToken: '1:abc' }, version: 1 };
    const remove = (http: FakeHttp, publisher: TelegramPublisher, post: Partial<PublishedPost>) => {
      http.answer = true;
      const about = { key: 'post', platformPostId: '42', permalink: null, details: {}, ...post };
      return publisher.deletePost({ ...manage, credentials }, about);
    };

    it.each([
      ['of one message', { details: { messageIds: [42] } }, 'deleteMessage', { message_id: 42 }],
      ['that a person has found', {}, 'deleteMessage', { message_id: 42 }],
      ['of an album', { details: { messageIds: [42, 43] } }, 'deleteMessages', { message_ids: [42, 43] }],
    ])('%s is one call', async (_what, post, method, parameters) => {
      const { http, publisher } = setUp();
      await remove(http, publisher, post);
      expect(http.methods).toEqual([method]);
      expect(http.bodies).toEqual([{ chat_id: -1001234567890, ...parameters }]);
    });

    it('whose id Telegram has not told is left to a person', async () => {
      const { http, publisher } = setUp();
      const pending = { platformPostId: 'pending:p:1:post', details: { messageIds: [0] } };
      await expect(remove(http, publisher, pending)).rejects.toMatchObject({
        code: 'telegram.message_id_unknown',
        remedy: 'Delete the message in Telegram.',
      });
      expect(http.methods).toEqual([]);
    });
  });

  it('can never tell what became of a lost answer', async () => {
    expect((await setUp().publisher.reconcile()).verdict).toBe('cannot_tell');
  });
});

describe('preflight for Telegram', () => {
  const rules = (post: TargetContent) =>
    setUp()
      .publisher.preflight(post, account)
      .map(({ rule }) => rule);

  it('counts UTF-16 units after parsing', () => {
    const bold = (length: number) =>
      content({ text: `<b>${'x'.repeat(length)}</b>`, settings: { parseMode: 'HTML' } });
    expect(rules(bold(TEXT_LIMIT))).toEqual([]);
    expect(rules(bold(TEXT_LIMIT + 1))).toEqual(['text_too_long']);
    expect(rules(content({ text: '👍'.repeat(TEXT_LIMIT / 2) }))).toEqual([]);
    expect(rules(content({ text: `${'👍'.repeat(TEXT_LIMIT / 2)}x` }))).toEqual(['text_too_long']);
  });

  it('counts the link that is put at the end', () => {
    const link = 'https://example.org/';
    const text = 'x'.repeat(TEXT_LIMIT - link.length - 2);
    expect(rules(content({ text, link }))).toEqual([]);
    expect(rules(content({ text: `${text}x`, link }))).toEqual(['text_too_long']);
  });

  it('reports a mistake in the markup', () => {
    expect(rules(content({ text: '<b>x', settings: { parseMode: 'HTML' } }))).toEqual(['markup_invalid']);
  });

  it('takes albums of photos and videos, and nothing else mixed', () => {
    const video: MediaItem = { ...photo, kind: 'video', mimeType: 'video/mp4' };
    const pdf: MediaItem = { ...photo, kind: 'document', mimeType: 'application/pdf' };
    expect(rules(content({ media: [photo, video] }))).toEqual([]);
    expect(rules(content({ media: [photo, pdf] }))).toEqual(['media_mix']);
    expect(rules(content({ media: Array.from({ length: 11 }, () => photo) }))).toEqual(['too_many_media']);
    const gif: MediaItem = { ...photo, kind: 'gif', mimeType: 'image/gif' };
    expect(rules(content({ media: [gif, gif] }))).toEqual(['too_many_media']);
  });

  it('knows the limits of photos', () => {
    expect(rules(content({ media: [{ ...photo, width: 9000, height: 1001 }] }))).toEqual([
      'media_sides_too_long',
    ]);
    expect(rules(content({ media: [{ ...photo, width: 2100, height: 100 }] }))).toEqual(['media_ratio']);
    expect(rules(content({ media: [{ ...photo, bytes: 10 * 1024 * 1024 + 1 }] }))).toEqual([
      'media_too_large',
    ]);
  });

  it('has no threads', () => {
    expect(rules(content({ thread: [{ text: 'two', media: [] }] }))).toEqual(['thread_unsupported']);
  });
});

describe('the text for Telegram', () => {
  const compose = (post: TargetContent) => setUp().publisher.composeText(post, 0);
  const link = 'https://example.org/a_b?x=1&y=2';

  it('ends with the link, escaped for the markup', () => {
    expect(compose(content({ link }))).toBe(`Hello\n\n${link}`);
    expect(compose(content({ link, settings: { parseMode: 'HTML' } }))).toBe(
      'Hello\n\nhttps://example.org/a_b?x=1&amp;y=2',
    );
    expect(compose(content({ link, text: '' }))).toBe(link);
  });

  it('does not repeat a link that is in the text', () => {
    expect(compose(content({ link, text: `See ${link}` }))).toBe(`See ${link}`);
    const html = '<a href="https://example.org/a_b?x=1&amp;y=2">here</a>';
    expect(compose(content({ link, text: html, settings: { parseMode: 'HTML' } }))).toBe(html);
  });
});

describe('the settings of Telegram', () => {
  it('have defaults and refuse what they do not know', () => {
    expect(checkSettings(telegramSettings, { linkPreview: {} })).toMatchObject({
      ok: true,
      settings: { parseMode: 'none', silent: false, linkPreview: { disabled: false, size: 'auto' } },
    });
    for (const wrong of [
      { parseMode: 'Markdown' },
      { linkPreview: { url: 'ftp://x' } },
      { messageThreadId: 0 },
      { x: 1 },
    ]) {
      expect(checkSettings(telegramSettings, wrong).ok).toBe(false);
    }
  });
});
