import { ManualClock } from '../../common/clock/index.js';
import { AddressGuard, HttpTransportError, sourceOf } from '../../common/http/index.js';
import {
  PublishError,
  type AccountRef,
  type CommitResult,
  type JsonValue,
  type MediaItem,
  type PublishContext,
  type PublishWarning,
  type TargetContent,
} from '../core/index.js';
import type { SmtpServer } from './email.account.js';
import { EmailClient, type Delivery, type OutgoingMail, type ServerFacts } from './email.client.js';
import { EmailConnector } from './email.connector.js';
import { EmailPublisher } from './email.publisher.js';
import { classifyReply, parseReply } from './email.reply.js';

const content: TargetContent = { text: 'Hello\nworld', link: null, media: [], thread: [], settings: {} };
const form = {
  ...{ host: 'smtp.example.org', port: '465', security: 'implicit', user: 'news', password: 'secret' },
  ...{ fromAddress: 'news@example.org', recipients: 'anna@example.net, bob@example.net', listId: '' },
};

/** Takes every mail, unless the recipient has a reply of his own. */
class FakeClient extends EmailClient {
  readonly sent: OutgoingMail[] = [];
  readonly servers: SmtpServer[] = [];
  unreachable: HttpTransportError | null = null;

  constructor(private readonly replies: Record<string, string> = {}) {
    super(new AddressGuard(), new ManualClock());
  }

  override async verify(server: SmtpServer): Promise<ServerFacts> {
    this.servers.push(server);
    if (this.unreachable !== null) throw this.unreachable;
    return { maxMessageBytes: 20_000_000 };
  }

  override async send(server: SmtpServer, mail: OutgoingMail): Promise<Delivery> {
    this.servers.push(server);
    this.sent.push(mail);
    const reply = parseReply(this.replies[mail.to] ?? '');
    if (reply !== null) throw classifyReply(reply, 'rcpt', mail.to);
    return { reply: '250 2.0.0 queued as 1' };
  }
}

/** What the engine keeps between two runs. */
class Ledger {
  readonly steps = new Map<string, JsonValue>();
  readonly commits = new Map<string, CommitResult>();
}

async function accountOf(values: Record<string, string> = form): Promise<AccountRef> {
  const [found] = await new EmailConnector(new FakeClient()).completeForm(values);
  if (found === undefined) throw new Error('nothing to connect');
  return { id: 'a', platform: 'email', ...found };
}

async function setUp(replies: Record<string, string> = {}, ledger = new Ledger()) {
  const account = await accountOf();
  const clock = new ManualClock('2026-01-02T03:04:05Z');
  const client = new FakeClient(replies);
  const publisher = new EmailPublisher(client, clock);
  const warnings: PublishWarning[] = [];
  const values = {
    host: 'smtp.example.org',
    port: '465',
    security: 'implicit',
    user: 'news',
    password: 'secret',
  };
  const ctx: PublishContext = {
    ...{ publicationId: 'p', account, content, contentRevision: 1, signal: new AbortController().signal },
    credentials: async () => ({ values, version: 1 }),
    media: () => sourceOf(Buffer.from('abc')),
    mediaUrl: () => Promise.reject(new Error('bytes are sent')),
    // The fake hands back what the same step stored.
    step: async <T extends JsonValue>(key: string, fn: () => Promise<T>) => {
      const value = (ledger.steps.get(key) as T | undefined) ?? (await fn());
      ledger.steps.set(key, value);
      return value;
    },
    waitFor: () => Promise.reject(new Error('mail waits for nothing')),
    async commit(key, fn) {
      const result = ledger.commits.get(key) ?? (await fn());
      ledger.commits.set(key, result);
      return result;
    },
    committed: (key) => Promise.resolve(ledger.commits.get(key)),
    commitKey: (key) => `p:1:${key}`,
    warn: (warning) => warnings.push(warning),
    mayDrop: () => false,
    isDropped: () => false,
    drop: () => Promise.reject(new Error('nothing may be left out')),
  };
  return { client, publisher, ctx, warnings, ledger, clock };
}

function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => null,
    (error: unknown) => error,
  );
}

describe('publishing a mail', () => {
  it('is one commit and one message for each recipient', async () => {
    const { client, publisher, ctx, ledger } = await setUp();
    const result = await publisher.publish(ctx);
    expect([...ledger.commits.keys()]).toEqual(['to:0', 'to:1']);
    expect(client.sent.map(({ from, to }) => [from, to])).toEqual([
      ['news@example.org', 'anna@example.net'],
      ['news@example.org', 'bob@example.net'],
    ]);
    expect(`<${result.platformPostId}>`).toBe(client.sent[0]?.messageId);
    expect(result.permalink).toBeNull();
    expect(ledger.commits.get('to:0')?.details).toEqual({ reply: '250 2.0.0 queued as 1' });
    expect(client.sent[0]?.messageId).not.toBe(client.sent[1]?.messageId);
  });

  it('costs as many mails of a limit as it has recipients', async () => {
    const { publisher, ctx } = await setUp();
    expect(publisher.visibleCalls(content, ctx.account)).toBe(2);
  });

  it('sends the same bytes when it is run again later', async () => {
    const first = await setUp();
    await first.publisher.publish(first.ctx);
    const second = await setUp({}, first.ledger);
    first.ledger.commits.clear();
    second.clock.advance(3_600_000);
    await second.publisher.publish(second.ctx);
    expect(second.client.sent.map(({ message }) => message.sha256)).toEqual(
      first.client.sent.map(({ message }) => message.sha256),
    );
  });

  it('keeps to the recipients of its first run', async () => {
    const first = await setUp();
    await first.publisher.publish(first.ctx);
    first.ledger.commits.clear();
    const second = await setUp({}, first.ledger);
    const account = await accountOf({ ...form, recipients: 'eve@example.net' });
    await second.publisher.publish({ ...second.ctx, account });
    expect(second.client.sent.map(({ to }) => to)).toEqual(['anna@example.net', 'bob@example.net']);
  });

  it('warns of a recipient that is refused when another got it', async () => {
    const { publisher, ctx, warnings, client } = await setUp({ 'anna@example.net': '550 5.1.1 unknown' });
    const result = await publisher.publish(ctx);
    expect(`<${result.platformPostId}>`).toBe(client.sent[1]?.messageId);
    expect(warnings).toEqual([
      expect.objectContaining({
        code: 'recipient_refused',
        message: expect.stringContaining('anna@example.net') as string,
      }),
    ]);
  });

  it('goes on behind a recipient of whom nothing can be told, and names him', async () => {
    const { publisher, ctx, warnings, client } = await setUp();
    const unknown = new PublishError({
      kind: 'outcome_unknown',
      code: 'email.outcome_unknown',
      message: 'Lost.',
      remedy: 'Look.',
    });
    const commit: PublishContext['commit'] = (key, fn) =>
      key === 'to:0' ? Promise.reject(unknown) : ctx.commit(key, fn);
    const result = await publisher.publish({ ...ctx, commit });
    expect(client.sent.map(({ to }) => to)).toEqual(['bob@example.net']);
    expect(`<${result.platformPostId}>`).toBe(client.sent[0]?.messageId);
    expect(warnings).toEqual([
      {
        code: 'recipient_unconfirmed',
        message: expect.stringContaining('anna@example.net') as string,
      },
    ]);
    expect(await failure(publisher.publish({ ...ctx, commit: () => Promise.reject(unknown) }))).toBe(unknown);
  });

  it('is refused when every recipient is', async () => {
    const unknown = '550 5.1.1 unknown';
    const { publisher, ctx, warnings } = await setUp({
      'anna@example.net': unknown,
      'bob@example.net': unknown,
    });
    expect(await failure(publisher.publish(ctx))).toMatchObject({
      kind: 'content_refused',
      code: 'email.recipient_unknown',
      item: { recipient: 'anna@example.net' },
    });
    expect(warnings).toEqual([]);
  });

  it('goes on behind a deferred recipient, and has him tried again', async () => {
    const { publisher, ctx, ledger, client } = await setUp({ 'anna@example.net': '451 4.7.1 greylisted' });
    expect(await failure(publisher.publish(ctx))).toMatchObject({ kind: 'transient' });
    expect([...ledger.commits.keys()]).toEqual(['to:1']);
    expect(client.sent).toHaveLength(2);
    const again = await setUp({}, ledger);
    await again.publisher.publish(again.ctx);
    expect(again.client.sent.map(({ to }) => to)).toEqual(['anna@example.net']);
  });

  it.each([
    ['a limit of the account', '450 4.7.1 rate limit', 'rate_limited'],
    ['a policy', '550 5.7.1 blocked', 'content_refused'],
    ['a server that closes', '421 4.3.0 closing', 'transient'],
  ])('stops at %s', async (_, reply, kind) => {
    const { publisher, ctx, client } = await setUp({ 'anna@example.net': reply });
    expect(await failure(publisher.publish(ctx))).toMatchObject({ kind });
    expect(client.sent).toHaveLength(1);
  });

  it('does not catch what is not about one recipient', async () => {
    const { publisher, ctx } = await setUp();
    const suspended = new Error('suspended');
    const commit = () => Promise.reject(suspended);
    expect(await failure(publisher.publish({ ...ctx, commit }))).toBe(suspended);
  });

  it('can never tell what became of a lost reply', async () => {
    expect((await (await setUp()).publisher.reconcile()).verdict).toBe('cannot_tell');
  });
});

describe('preflight for mail', () => {
  const picture: MediaItem = {
    ...{ id: 'm', kind: 'image', mimeType: 'image/png', bytes: 100, sha256: 'aa', width: 1, height: 1 },
    ...{ durationMs: null, altText: null, fileName: 'a.png' },
  };
  const rules = async (post: Partial<TargetContent>, metadata?: AccountRef['metadata']) => {
    const { publisher, ctx } = await setUp();
    const account = metadata === undefined ? ctx.account : { ...ctx.account, metadata };
    return publisher.preflight({ ...content, ...post }, account).map(({ rule }) => rule);
  };

  it('passes what can be sent', async () => {
    expect(await rules({})).toEqual([]);
    expect(await rules({ text: '', media: [picture], settings: { subject: 'Look' } })).toEqual([]);
  });

  it('wants a subject, recipients and a message that the server takes', async () => {
    expect(await rules({ text: '', media: [picture] })).toEqual(['subject_required']);
    expect(await rules({}, {})).toEqual(['recipients_required']);
    const { ctx } = await setUp();
    const small = { ...ctx.account.metadata, maxMessageBytes: 1_000_000 };
    expect(await rules({ media: [{ ...picture, bytes: 800_000 }] }, small)).toEqual(['message_too_large']);
  });
});

describe('connecting a mailbox', () => {
  it('checks the server and keeps the password apart', async () => {
    const client = new FakeClient();
    const [account] = await new EmailConnector(client).completeForm({ ...form, fromName: 'News' });
    expect(client.servers).toEqual([
      {
        ...{ host: 'smtp.example.org', port: 465, security: 'implicit' },
        login: { user: 'news', password: 'secret' },
      },
    ]);
    expect(account).toMatchObject({
      externalId: 'news@example.org',
      displayName: 'News (2 recipients)',
      handle: 'news@example.org',
      credentials: {
        host: 'smtp.example.org',
        port: '465',
        security: 'implicit',
        user: 'news',
        password: 'secret',
      },
    });
    expect(account?.metadata).toMatchObject({ maxMessageBytes: 20_000_000, server: 'smtp.example.org:465' });
    expect(JSON.stringify(account?.metadata)).not.toContain('secret');
  });

  it('tells two lists of one sender apart', async () => {
    const { externalId } = await accountOf({ ...form, listId: '<News.example.org>' });
    expect(externalId).toBe('news@example.org news.example.org');
  });

  it.each<[string, Record<string, string>]>([
    ['host', { host: '' }],
    ['host', { host: 'smtp.example.org/x' }],
    ['port', { port: '70000' }],
    ['security', { security: 'tls' }],
    ['user', { user: '' }],
    ['password', { password: '' }],
    ['fromAddress', { fromAddress: 'news' }],
    ['recipients', { recipients: '' }],
    ['recipients', { recipients: 'anna@example.net\nnobody' }],
    ['recipients', { recipients: Array.from({ length: 101 }, (_, index) => `r${index}@example.net`).join() }],
    ['replyTo', { replyTo: 'x' }],
    ['unsubscribeUrl', { unsubscribeUrl: 'javascript:alert(1)' }],
    ['unsubscribeUrl', { unsubscribeUrl: 'https://example.org/>,<x' }],
    ['listId', { listId: 'my list' }],
  ])('names the wrong field %s', async (field, wrong) => {
    const client = new FakeClient();
    const error = await failure(new EmailConnector(client).completeForm({ ...form, ...wrong }));
    expect(error).toMatchObject({ code: 'email.form_invalid', platformCode: field });
    expect(client.servers).toEqual([]);
  });

  it.each([
    ['dns', 'email.host_unknown'],
    ['address_refused', 'email.host_private'],
    ['tls', 'email.tls_failed'],
    ['timeout', 'email.server_unreachable'],
  ] as const)('explains %s', async (reason, code) => {
    const client = new FakeClient();
    client.unreachable = new HttpTransportError({ phase: 'before_send', reason, message: 'x' });
    const error = await failure(new EmailConnector(client).completeForm(form));
    expect(error).toBeInstanceOf(PublishError);
    expect(error).toMatchObject({ code });
  });
});
