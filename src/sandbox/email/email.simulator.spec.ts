import { connect, type Socket } from 'node:net';
import { createTransport } from 'nodemailer';
import type { FaultAction } from '../core/fault.rules.js';
import type { InboxEntry } from '../core/inbox.js';
import { startSandbox, type Sandbox } from '../sandbox.js';
import { createEmailSimulator } from './email.simulator.js';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const NEWS = 'news@fanfare.example';
const ADA = 'ada@readers.example';

interface SendError extends Error {
  readonly responseCode?: number;
  readonly response?: string;
  readonly rejected?: readonly string[];
}

/** A client that shows each reply, line by line. */
class RawClient {
  private buffer = '';
  private waiting: (() => void)[] = [];
  ended = false;

  constructor(readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.buffer += chunk.toString();
      this.wake();
    });
    socket.on('error', () => this.wake());
    socket.on('close', () => {
      this.ended = true;
      this.wake();
    });
  }

  say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** The next whole reply, its last line only; what is left when the connection ended. */
  async reply(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3}-[^\r]*\r\n)*(\d{3} [^\r]*)\r\n/.exec(this.buffer);
      if (found) {
        this.buffer = this.buffer.slice(found[0].length);
        return found[1] ?? '';
      }
      if (this.ended) return `closed ${this.buffer}`;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async login(user = NEWS, password = 'app-password-news'): Promise<string> {
    await this.reply();
    await this.say('EHLO test');
    return this.say(`AUTH PLAIN ${Buffer.from(`\0${user}\0${password}`).toString('base64')}`);
  }

  async upToData(recipient = ADA): Promise<string> {
    await this.login();
    await this.say(`MAIL FROM:<${NEWS}>`);
    await this.say(`RCPT TO:<${recipient}>`);
    return this.say('DATA');
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

function mailSource(headers: readonly string[] = [], body = 'Hello'): string {
  const base = [`From: ${NEWS}`, `To: ${ADA}`, 'Date: Sat, 21 Nov 2026 10:00:00 +0000', 'Message-ID: <1@x>'];
  return [...base, ...headers, '', body, '.'].join('\r\n');
}

describe('e-mail simulator', () => {
  let sandbox: Sandbox;
  let port: number;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, simulators: [{ key: 'email', create: createEmailSimulator }] });
    port = sandbox.info().platforms['email']?.port ?? 0;
  });
  beforeEach(() => sandbox.control.reset());
  afterEach(() => {
    for (const socket of sockets.splice(0)) socket.destroy();
  });
  afterAll(() => sandbox.close());

  const raw = (): RawClient => {
    const socket = connect(port, '127.0.0.1');
    sockets.push(socket);
    return new RawClient(socket);
  };

  const transport = (auth: object = { user: NEWS, pass: 'app-password-news' }, more: object = {}) =>
    createTransport({ host: '127.0.0.1', port, secure: false, auth, ...more });

  const send = (mail: object = {}, via = transport()) =>
    via.sendMail({ from: `News <${NEWS}>`, to: ADA, subject: 'Hi', text: 'Hello', ...mail });

  const failure = async (sending: Promise<unknown>): Promise<SendError> =>
    sending.then(
      () => new Error('it was sent'),
      (error: unknown) => error as SendError,
    );

  const inbox = (): readonly InboxEntry[] => sandbox.control.inbox('email');
  const fault = (operation: string, action: FaultAction): void =>
    void sandbox.control.addFault({ platform: 'email', operation, action });
  const unexpected = (): string[] =>
    sandbox.control.unexpected('email').map(({ what, detail }) => `${what} ${detail}`);
  const lastCall = (operation: string) =>
    sandbox.control.calls('email').findLast((call) => call.operation === operation);

  describe('delivery', () => {
    it('describes an account as a form wants it', () => {
      expect(sandbox.control.accounts('email')[0]).toMatchObject({
        id: NEWS,
        credentials: {
          host: '127.0.0.1',
          port: String(port),
          security: 'none',
          user: NEWS,
          password: 'app-password-news',
          fromAddress: NEWS,
          recipients: 'ada@readers.example, grace@readers.example',
        },
      });
    });

    it('stores one entry for each recipient, with headers and envelope', async () => {
      await send({
        to: [ADA, 'grace@readers.example'],
        messageId: '<pub_1@fanfare.example>',
        inReplyTo: '<pub_0@fanfare.example>',
        headers: { 'List-Unsubscribe': '<https://x.example/u>' },
      });
      expect(inbox()).toHaveLength(2);
      expect(inbox().map(({ extra }) => extra['to'])).toEqual([ADA, 'grace@readers.example']);
      expect(inbox()[0]).toMatchObject({
        account: NEWS,
        postId: '<pub_1@fanfare.example>',
        replyTo: '<pub_0@fanfare.example>',
        text: 'Hello',
        extra: {
          subject: 'Hi',
          from: NEWS,
          author: 'News',
          listHeaders: { 'list-unsubscribe': '<https://x.example/u>' },
        },
        raw: { envelope: { from: NEWS, to: [ADA, 'grace@readers.example'] } },
      });
      expect(unexpected()).toEqual([]);
    });

    it('shows HTML in a frame, inline images by their content id, and attachments', async () => {
      await send({
        html: '<p>Look: <img src="cid:pic1" alt="A &amp; B"></p>',
        attachments: [
          { filename: 'a.png', content: PNG, cid: 'pic1' },
          { filename: 'terms.pdf', content: Buffer.from('%PDF-1.4'), contentType: 'application/pdf' },
        ],
      });
      const [entry] = inbox();
      expect(entry?.media).toMatchObject([
        { kind: 'image', alt: 'A & B', width: 1, height: 1, mimeType: 'image/png' },
        { kind: 'file', alt: null, filename: 'terms.pdf', mimeType: 'application/pdf' },
      ]);
      expect(entry?.display?.isolated).toBe(true);
      expect(entry?.display?.html).toContain(`src="/_sandbox/media/${entry?.media[0]?.sha256 ?? ''}"`);
      expect(entry?.display?.html).toContain('Content-Security-Policy');
      expect(sandbox.control.media(entry?.media[0]?.sha256 ?? '')?.bytes).toEqual(PNG);
    });

    it('shows the same Message-ID twice when it was sent twice', async () => {
      await send({ messageId: '<same@fanfare.example>' });
      await send({ messageId: '<same@fanfare.example>' });
      expect(inbox().map(({ postId }) => postId)).toEqual([
        '<same@fanfare.example>',
        '<same@fanfare.example>',
      ]);
      const page = await (await fetch(sandbox.url)).text();
      expect(page.match(/<article/g)).toHaveLength(2);
    });

    it('logs every step, and the message as the visible one', async () => {
      await send();
      const calls = sandbox.control.calls('email');
      expect(
        calls.map(({ operation, visible, accepted, status }) => [operation, visible, accepted, status]),
      ).toEqual([
        ['smtp.connect', false, false, 250],
        ['smtp.auth', false, false, 250],
        ['smtp.mail', false, false, 250],
        ['smtp.rcpt', false, false, 250],
        ['smtp.data-start', false, false, 250],
        ['smtp.data', true, true, 250],
      ]);
      expect(calls.at(-1)).toMatchObject({ account: NEWS, path: `/data/${ADA}`, state: 'answered' });
      expect(JSON.stringify(calls)).not.toContain('app-password');
    });

    it('forgets all on reset', async () => {
      await send();
      sandbox.control.createAccount('email', {});
      sandbox.control.reset();
      expect(inbox()).toEqual([]);
      expect(sandbox.control.accounts('email')).toHaveLength(2);
    });
  });

  describe('logging in', () => {
    it.each<[string, object, object]>([
      ['PLAIN', { user: NEWS, pass: 'app-password-news' }, { authMethod: 'PLAIN' }],
      ['LOGIN', { user: NEWS, pass: 'app-password-news' }, { authMethod: 'LOGIN' }],
      ['XOAUTH2', { type: 'OAuth2', user: NEWS, accessToken: 'ya29.news' }, {}],
    ])('takes %s', async (_method, auth, more) => {
      await expect(transport(auth, more).verify()).resolves.toBe(true);
    });

    it('refuses a wrong password, and everything after a revocation', async () => {
      const wrong = await failure(send({}, transport({ user: NEWS, pass: 'wrong' })));
      expect(wrong).toMatchObject({ code: 'EAUTH', responseCode: 535 });
      expect(wrong.response).toMatch(/^535 5\.7\.8 /);
      sandbox.control.endTokens('email', NEWS, 'revoke');
      expect(await failure(send())).toMatchObject({ responseCode: 535 });
      expect(() => sandbox.control.endTokens('email', 'nobody', 'revoke')).toThrow('no account nobody');
    });

    it('gives an account whose password was revoked a new one', async () => {
      sandbox.control.endTokens('email', NEWS, 'revoke');
      const { credentials } = sandbox.control.createAccount('email', { user: NEWS });
      expect(credentials['password']).not.toBe('app-password-news');
      await expect(transport({ user: NEWS, pass: credentials['password'] }).verify()).resolves.toBe(true);
    });

    it('refuses a mail without a login', async () => {
      const client = raw();
      await client.reply();
      await client.say('EHLO test');
      expect(await client.say(`MAIL FROM:<${NEWS}>`)).toBe('530 5.7.0 Authentication Required');
    });

    it('refuses AUTH before STARTTLS where it is required', async () => {
      sandbox.control.configure('email', { tls: 'required' });
      expect(await raw().login()).toMatch(/^538 5\.7\.0 .*STARTTLS/);
      const secure = transport(undefined, { requireTLS: true, tls: { rejectUnauthorized: false } });
      await send({}, secure);
      expect(inbox()).toHaveLength(1);
    });

    it('makes accounts, and knows their settings', async () => {
      const made = sandbox.control.createAccount('email', { from: 'me@new.example' });
      const auth = { user: made.credentials['user'], pass: made.credentials['password'] };
      await send({ from: 'me@new.example' }, transport(auth));
      expect(inbox()[0]?.account).toBe(made.id);
      expect(() => sandbox.control.createAccount('email', { colour: 'red' })).toThrow('unknown colour');
      expect(() => sandbox.control.createAccount('email', { user: NEWS })).toThrow('there already');
      expect(() => sandbox.control.createAccount('email', { user: 'x' })).toThrow('must be an address');
    });
  });

  describe('refusals', () => {
    it('refuses one recipient and takes the other', async () => {
      const info = await send({ to: [ADA, 'nobody@readers.example'] });
      expect(info.rejected).toEqual(['nobody@readers.example']);
      expect(inbox().map(({ extra }) => extra['to'])).toEqual([ADA]);
      const error = await failure(send({ to: 'nobody@readers.example' }));
      expect(error).toMatchObject({ code: 'EENVELOPE', responseCode: 550 });
      expect(error.response).toMatch(/^550 5\.1\.1 /);
    });

    it('greylists the first time only', async () => {
      const error = await failure(send({ to: 'greylisted@readers.example' }));
      expect(error.response).toBe('451 4.7.1 Greylisted, try again later');
      await send({ to: 'greylisted@readers.example' });
      expect(inbox()).toHaveLength(1);
    });

    it('takes a message of the announced size and refuses one byte more', async () => {
      const message = mailSource().replace(/\r\n\.$/, '\r\n');
      sandbox.control.configure('email', { maxBytes: message.length });
      const client = raw();
      await client.upToData();
      expect(await client.say(mailSource())).toMatch(/^250 2\.6\.0 OK: queued as /);
      sandbox.control.configure('email', { maxBytes: message.length - 1 });
      const other = raw();
      await other.upToData();
      expect(await other.say(mailSource())).toBe('552 5.3.4 Message too big for system');
      expect(await other.say(`MAIL FROM:<${NEWS}> SIZE=${message.length}`)).toMatch(/^552 5\.3\.4 /);
      expect(inbox()).toHaveLength(1);
      expect(lastCall('smtp.data')).toMatchObject({ accepted: false, status: 552 });
    });

    it('refuses more recipients than it allows', async () => {
      sandbox.control.configure('email', { maxRecipients: 1 });
      const info = await send({ to: [ADA, 'grace@readers.example'] });
      expect(info.rejectedErrors?.[0]?.response).toMatch(/^452 4\.5\.3 /);
    });

    it('refuses a sender of another domain', async () => {
      const error = await failure(send({ from: 'someone@else.example' }));
      expect(error).toMatchObject({ code: 'EMESSAGE', responseCode: 554 });
      expect(error.response).toContain('5.2.252 SendAsDenied');
      expect(inbox()).toEqual([]);
    });

    it('refuses settings that make no sense', () => {
      for (const settings of [{ tls: 'maybe' }, { maxBytes: 0 }, { maxRecipients: 'x' }, { lag: 1 }]) {
        expect(() => sandbox.control.configure('email', settings)).toThrow('settings:');
      }
    });
  });

  describe('strictness', () => {
    it.each<[string, string, string]>([
      ['header x-mailer', mailSource(['X-Mailer: nodemailer']), '554 5.6.0'],
      ['header bcc', mailSource(['Bcc: secret@readers.example']), '554 5.6.0'],
      ['header message-id missing', mailSource().replace(/Message-ID.*\r\n/, ''), '554 5.6.0'],
      ['header subject twice', mailSource(['Subject: a', 'Subject: b']), '554 5.6.0'],
      ['header line 5 of 999 bytes', mailSource([`Subject: ${'x'.repeat(990)}`]), '554 5.6.0'],
      ['body line 6 of 999 bytes', mailSource([], 'x'.repeat(999)), '554 5.6.0'],
      ['header bytes beyond ASCII', mailSource(['Subject: é']), '554 5.6.0'],
    ])('refuses and logs %s', async (finding, source, code) => {
      const client = raw();
      await client.upToData();
      expect(await client.say(source)).toBe(`${code} the sandbox does not expect ${finding}`);
      expect(unexpected()).toEqual([finding]);
      expect(inbox()).toEqual([]);
    });

    it('takes lines of 998 bytes', async () => {
      const client = raw();
      await client.upToData();
      const source = mailSource([`Subject: ${'x'.repeat(989)}`], 'x'.repeat(998));
      expect(await client.say(source)).toMatch(/^250 /);
      expect(unexpected()).toEqual([]);
    });

    it('refuses and logs commands and parameters that no sheet lists', async () => {
      const client = raw();
      await client.login();
      expect(await client.say('VRFY ada')).toMatch(/^500 /);
      expect(await client.say(`MAIL FROM:<${NEWS}> AUTH=<>`)).toMatch(/^555 5\.5\.4 /);
      await client.say(`MAIL FROM:<${NEWS}> BODY=8BITMIME`);
      expect(await client.say(`RCPT TO:<${ADA}> NOTIFY=NEVER`)).toMatch(/^555 5\.5\.4 /);
      expect(unexpected()).toEqual(['route VRFY', 'query AUTH', 'query NOTIFY']);
      expect(sandbox.control.calls('email').find(({ operation }) => operation === 'unknown')).toMatchObject({
        method: 'VRFY',
        status: 500,
      });
    });
  });

  describe('faults', () => {
    it.each<[string, number, string, string]>([
      ['smtp.auth', 454, '4.7.0 Temporary authentication failure', 'EAUTH'],
      ['smtp.mail', 452, '4.3.1 Insufficient system storage', 'EENVELOPE'],
      ['smtp.rcpt', 450, '4.2.1 Mailbox busy', 'EENVELOPE'],
      ['smtp.data-start', 451, '4.3.0 Local error in processing', 'EENVELOPE'],
      ['smtp.data', 554, '5.6.0 Message content rejected', 'EMESSAGE'],
    ])('answers %s with a status, in the usual words', async (operation, status, text, code) => {
      fault(operation, { kind: 'status', status });
      const error = await failure(send());
      expect(error).toMatchObject({ response: `${status} ${text}`, responseCode: status, code });
      expect(inbox()).toEqual([]);
    });

    it('refuses the connection itself', async () => {
      fault('smtp.connect', { kind: 'status', status: 421 });
      expect(await raw().reply()).toBe('421 4.3.2 Service not available, closing transmission channel');
    });

    it('sends the words of the fault as they are', async () => {
      fault('smtp.mail', {
        kind: 'status',
        status: 454,
        body: 'Throttling failure: Daily message quota exceeded.',
      });
      const error = await failure(send());
      expect(error.response).toBe('454 Throttling failure: Daily message quota exceeded.');
    });

    it.each<[FaultAction['kind'], number]>([
      ['reset-before', 0],
      ['reset-after', 1],
    ])('%s after the final dot ends the connection', async (kind, stored) => {
      fault('smtp.data', { kind });
      const client = raw();
      expect(await client.upToData()).toMatch(/^354 /);
      expect(await client.say(mailSource())).toBe('closed ');
      expect(inbox()).toHaveLength(stored);
      expect(lastCall('smtp.data')).toMatchObject({ accepted: stored === 1, status: null, state: 'lost' });
    });

    it('ends the connection at DATA, before the 354', async () => {
      fault('smtp.data-start', { kind: 'reset-before' });
      expect(await raw().upToData()).toBe('closed ');
      expect(lastCall('smtp.data')).toBeUndefined();
      expect(inbox()).toEqual([]);
    });

    it.each<[string, FaultAction['kind']]>([
      ['smtp.connect', 'reset-before'],
      ['smtp.auth', 'reset-after'],
      ['smtp.rcpt', 'reset-before'],
    ])('resets at %s too', async (operation, kind) => {
      fault(operation, { kind });
      await expect(send()).rejects.toThrow();
      expect(inbox()).toEqual([]);
    });

    it('says 4xx although it stored the mail', async () => {
      fault('smtp.data', { kind: 'status-after', status: 451 });
      expect(await failure(send())).toMatchObject({ responseCode: 451 });
      expect(inbox()).toHaveLength(1);
      expect(lastCall('smtp.data')).toMatchObject({ accepted: true, handlerStatus: 250, status: 451 });
    });

    it('cuts the final reply', async () => {
      fault('smtp.data', { kind: 'truncate-after' });
      const client = raw();
      await client.upToData();
      expect(await client.say(mailSource())).toMatch(/^closed 250 /);
      expect(inbox()).toHaveLength(1);
    });

    it.each<[FaultAction['kind'], number]>([
      ['hang-before', 0],
      ['hang-after', 1],
    ])('%s keeps the client waiting until it gives up', async (kind, stored) => {
      fault('smtp.data', { kind });
      const error = await failure(send({}, transport(undefined, { socketTimeout: 300 })));
      expect(error).toMatchObject({ code: 'ETIMEDOUT' });
      expect(inbox()).toHaveLength(stored);
    });

    it('lets go of what hangs on reset', async () => {
      fault('smtp.data', { kind: 'hang-before' });
      const client = raw();
      await client.upToData();
      const reply = client.say(mailSource());
      while (lastCall('smtp.data')?.state !== 'lost') await new Promise(setImmediate);
      sandbox.control.reset();
      expect(await reply).toBe('closed ');
    });

    it('slow acts and answers late', async () => {
      fault('smtp.data', { kind: 'slow', ms: 60 });
      await send();
      expect(lastCall('smtp.data')).toMatchObject({ fault: 'slow', accepted: true });
    });
  });

  describe('barriers', () => {
    it.each<['before' | 'after', number]>([
      ['before', 0],
      ['after', 1],
    ])('holds a message %s it is stored', async (position, stored) => {
      const { id } = sandbox.control.addBarrier({ platform: 'email', visible: true, position });
      const sending = send();
      const barrier = await sandbox.control.waitForBarrier(id, 5000);
      expect(barrier).toMatchObject({
        state: 'held',
        calls: [{ operation: 'smtp.data', path: `/data/${ADA}` }],
      });
      expect(inbox()).toHaveLength(stored);
      sandbox.control.releaseBarrier(id);
      await sending;
      expect(inbox()).toHaveLength(1);
    });

    it.each<['proceed' | 'drop', number]>([
      ['proceed', 1],
      ['drop', 0],
    ])('decides about a client that died while it was held: %s', async (mode, stored) => {
      const { id } = sandbox.control.addBarrier({ platform: 'email', visible: true, position: 'before' });
      const client = raw();
      await client.upToData();
      client.socket.write(`${mailSource()}\r\n`);
      await sandbox.control.waitForBarrier(id, 5000);
      client.socket.resetAndDestroy();
      sandbox.control.releaseBarrier(id, mode);
      while (lastCall('smtp.data')?.state !== 'lost') await new Promise(setImmediate);
      expect(inbox()).toHaveLength(stored);
    });

    it('holds at DATA, before the 354', async () => {
      const { id } = sandbox.control.addBarrier({
        platform: 'email',
        operation: 'smtp.data-start',
        position: 'before',
      });
      const sending = send();
      await sandbox.control.waitForBarrier(id, 5000);
      expect(lastCall('smtp.data')).toBeUndefined();
      sandbox.control.releaseBarrier(id);
      await sending;
    });

    it('stores nothing of a message that breaks off before its final dot', async () => {
      const client = raw();
      expect(await client.upToData()).toMatch(/^354 /);
      client.socket.write(`From: ${NEWS}\r\n`);
      client.socket.destroy();
      await send();
      expect(inbox()).toHaveLength(1);
      expect(sandbox.control.calls('email').filter(({ visible }) => visible)).toHaveLength(1);
    });
  });
});
