import { createHash } from 'node:crypto';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { SystemClock } from '../../common/clock/index.js';
import {
  AddressGuard,
  HttpTransportError,
  NeverSentError,
  outboundScopes,
  sourceOf,
  type AnswerEvidence,
  type OutboundScope,
  type RequestEvidence,
} from '../../common/http/index.js';
import { PublishError } from '../core/index.js';
import type { SmtpServer } from './email.account.js';
import { EmailClient, type OutgoingMail } from './email.client.js';

/** The server closes the connection, after what stands before the sign. */
const CLOSE = '<closes>';
/** The server says nothing. */
const HANG = '<hangs>';

interface Script {
  greeting: string;
  ehlo: string;
  auth: string;
  mail: string;
  rcpt: string;
  data: string;
  /** After the final dot. */
  final: string;
}

const polite: Script = {
  greeting: '220 mail.example.org',
  ehlo: '250-mail.example.org\r\n250-SIZE 10000\r\n250 AUTH PLAIN',
  auth: '235 2.7.0 ok',
  mail: '250 2.1.0 ok',
  rcpt: '250 2.1.5 ok',
  data: '354 go ahead',
  final: '250 2.0.0 queued as 4F7',
};
const pipelining = '250-mail.example.org\r\n250-PIPELINING\r\n250 AUTH PLAIN';

/** A mail server that says what it is told to, and remembers what it heard. */
class ScriptedServer {
  readonly commands: string[] = [];
  readonly messages: string[] = [];
  readonly done: Promise<void>;
  private readonly sockets = new Set<Socket>();
  private readonly server: Server;
  private ended: () => void = () => undefined;

  constructor(private readonly script: Script) {
    this.done = new Promise((resolve) => (this.ended = resolve));
    this.server = createServer((socket) => this.serve(socket));
  }

  async listen(): Promise<number> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.ended());
    let buffer = '';
    let inMessage = false;
    socket.on('data', (chunk) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        const border = inMessage ? '\r\n.\r\n' : '\r\n';
        const end = buffer.indexOf(border);
        if (end < 0) return;
        const piece = buffer.slice(0, end);
        buffer = buffer.slice(end + border.length);
        inMessage = inMessage ? this.take(socket, piece) : this.hear(socket, piece);
        if (inMessage) buffer = `\r\n${buffer}`;
      }
    });
    answer(socket, this.script.greeting);
  }

  private take(socket: Socket, message: string): boolean {
    this.messages.push(message.replace(/^\r\n/, ''));
    answer(socket, this.script.final);
    return false;
  }

  private hear(socket: Socket, command: string): boolean {
    const verb = command.split(/[ :]/)[0]?.toLowerCase() ?? '';
    this.commands.push(verb);
    if (verb === 'quit') answer(socket, '221 bye');
    const key = keyOf(verb);
    if (key !== null) answer(socket, this.script[key]);
    if (key === null && verb !== 'quit') answer(socket, '502 5.5.1 not here');
    return key === 'data' && /^[23]/.test(this.script.data);
  }
}

function keyOf(verb: string): keyof Script | null {
  const keys: Partial<Record<string, keyof Script>> = {
    ...{ ehlo: 'ehlo', auth: 'auth', mail: 'mail', rcpt: 'rcpt', data: 'data' },
  };
  return keys[verb] ?? null;
}

function answer(socket: Socket, reply: string): void {
  if (reply.endsWith(CLOSE)) socket.end(reply.slice(0, -CLOSE.length));
  else if (reply !== HANG) socket.write(`${reply}\r\n`);
}

const raw = Buffer.from('Subject: Hi\r\n\r\nHello\r\n.dot\r\nend\r\n');
const mail: OutgoingMail = {
  from: 'news@example.org',
  to: 'anna@example.net',
  messageId: '<1@example.org>',
  message: { ...sourceOf(raw), sha256: createHash('sha256').update(raw).digest('hex'), head: raw },
};

/** What the engine would see of one send. */
class Watch implements OutboundScope {
  readonly kind = 'commit';
  readonly signal = new AbortController().signal;
  readonly asked: { evidence: RequestEvidence; commands: string[] }[] = [];
  readonly answers: AnswerEvidence[] = [];
  readonly failures: HttpTransportError[] = [];

  constructor(
    private readonly server: ScriptedServer,
    private readonly permit: { sendBefore?: number; deadlineMs?: number } = {},
  ) {}

  async beforeSend(evidence: RequestEvidence) {
    this.asked.push({ evidence, commands: [...this.server.commands] });
    return { sendBefore: Infinity, deadlineMs: 5000, signal: this.signal, ...this.permit };
  }

  onAnswer(evidence: AnswerEvidence): void {
    this.answers.push(evidence);
  }

  onFailure(error: HttpTransportError): void {
    this.failures.push(error);
  }
}

const servers: ScriptedServer[] = [];
const client = new EmailClient(new AddressGuard(['127.0.0.0/8']), new SystemClock());

async function start(script: Partial<Script>, more: Partial<SmtpServer> = {}) {
  const server = new ScriptedServer({ ...polite, ...script });
  servers.push(server);
  const port = await server.listen();
  const login = { user: 'news', password: 'secret-word' };
  const target: SmtpServer = { host: '127.0.0.1', port, security: 'none', login, ...more };
  return { server, target };
}

async function send(script: Partial<Script>, permit: { sendBefore?: number; deadlineMs?: number } = {}) {
  const { server, target } = await start(script);
  const watch = new Watch(server, permit);
  const outcome: unknown = await outboundScopes.run(watch, () =>
    client.send(target, mail).catch((error: unknown) => error),
  );
  return { server, watch, outcome };
}

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

describe('sending a mail', () => {
  it.each([
    ['one command after the other', polite.ehlo],
    ['in one go', pipelining],
  ])('delivers the very bytes, %s', async (_, ehlo) => {
    const { server, watch, outcome } = await send({ ehlo });
    expect(outcome).toEqual({ reply: '250 2.0.0 queued as 4F7' });
    expect(server.messages).toEqual([
      raw.toString('latin1').replace('\r\n.dot', '\r\n..dot').replace(/\r\n$/, ''),
    ]);
    expect(watch.answers).toMatchObject([{ status: 250, bodyExcerpt: '250 2.0.0 queued as 4F7' }]);
  });

  it('never ends a message whose bytes are not those that were recorded, and cannot tell what became of it', async () => {
    const { server, target } = await start({});
    const watch = new Watch(server);
    const other = sourceOf(Buffer.from(raw.toString().replace('Hello', 'Hallo')));
    const message = { ...mail.message, open: other.open };
    const outcome: unknown = await outboundScopes.run(watch, () =>
      client.send(target, { ...mail, message }).catch((error: unknown) => error),
    );
    await server.done;
    expect(server.messages).toEqual([]);
    expect(outcome).toBeInstanceOf(PublishError);
    expect(outcome).toMatchObject({ kind: 'outcome_unknown' });
  });

  it('asks for leave once, logged in and before the first command of the message', async () => {
    const { watch } = await send({});
    expect(watch.asked).toHaveLength(1);
    expect(watch.asked[0]?.commands).toEqual(['ehlo', 'auth']);
    expect(watch.asked[0]?.evidence).toMatchObject({
      method: 'SMTP',
      bodyBytes: raw.length,
      headers: { 'message-id': '<1@example.org>' },
    });
    expect(JSON.stringify(watch)).not.toContain('secret-word');
  });

  it('has the same evidence for the same message', async () => {
    const [first, second] = [await send({}), await send({})];
    expect(first.watch.asked[0]?.evidence.bodySha256).toBe(second.watch.asked[0]?.evidence.bodySha256);
  });

  it('says nothing of the message when the window is over', async () => {
    const { server, watch, outcome } = await send({}, { sendBefore: -1 });
    expect(outcome).toBeInstanceOf(NeverSentError);
    expect(watch.failures).toEqual([outcome]);
    await server.done;
    expect(server.commands).toEqual(['ehlo', 'auth']);
  });
});

/** What the server does, and what has become of the mail. Each runs with and without PIPELINING. */
const losses: [string, Partial<Script>, 'proven' | 'unknown'][] = [
  ['closes at MAIL FROM', { mail: CLOSE }, 'proven'],
  ['closes at RCPT TO', { rcpt: CLOSE }, 'proven'],
  ['closes at DATA', { data: CLOSE }, 'proven'],
  ['hangs at MAIL FROM', { mail: HANG }, 'proven'],
  ['hangs at DATA', { data: HANG }, 'proven'],
  ['closes after the dot', { final: CLOSE }, 'unknown'],
  ['hangs after the dot', { final: HANG }, 'unknown'],
  ['answers the dot with half a code and closes', { final: `25${CLOSE}` }, 'unknown'],
  ['answers the dot with half a success and closes', { final: `250 2.0${CLOSE}` }, 'unknown'],
  ['answers the dot with half a code', { final: '25' }, 'unknown'],
  ['answers the dot with nonsense', { final: 'hello' }, 'unknown'],
  ['takes DATA with 250 and closes after the dot', { data: '250 ok', final: CLOSE }, 'unknown'],
];

describe.each([
  ['without PIPELINING', polite.ehlo],
  ['with PIPELINING', pipelining],
])('a lost connection %s', (_, ehlo) => {
  it.each(losses)('is told apart when the server %s', async (_name, script, verdict) => {
    const { watch, outcome } = await send({ ehlo, ...script }, { deadlineMs: 300 });
    expect(outcome).toBeInstanceOf(PublishError);
    expect(outcome).toMatchObject(
      verdict === 'proven'
        ? { kind: 'transient', code: 'email.connection_lost', provesNothingCreated: true, outage: true }
        : { kind: 'outcome_unknown', provesNothingCreated: false },
    );
    expect(watch.asked).toHaveLength(1);
    expect(watch.failures.length + watch.answers.length).toBe(1);
  });

  it.each<[string, Partial<Script>, object]>([
    ['MAIL FROM', { mail: '550 5.7.1 no' }, { code: 'email.policy_refused', item: null }],
    [
      'RCPT TO',
      { rcpt: '550 5.1.1 unknown' },
      { code: 'email.recipient_unknown', item: { recipient: mail.to } },
    ],
    [
      'RCPT TO for now',
      { rcpt: '451 4.7.1 greylisted' },
      { code: 'email.recipient_deferred', kind: 'transient' },
    ],
    ['DATA', { data: '451 4.3.0 later' }, { code: 'email.deferred', kind: 'transient' }],
    ['the content', { final: '554 5.6.0 bad' }, { code: 'email.content_rejected' }],
    ['the content for now', { final: '451 4.3.0 later' }, { code: 'email.deferred' }],
    ['everything with 421', { rcpt: '421 4.3.0 closing' }, { code: 'email.server_closing' }],
    ['the content with 421', { final: '421 4.3.0 closing' }, { code: 'email.server_closing' }],
  ])('is no matter when the server refuses %s', async (_name, script, expected) => {
    const { server, watch, outcome } = await send({ ehlo, ...script });
    expect(outcome).toMatchObject({ ...expected, provesNothingCreated: true });
    expect(watch.answers).toHaveLength(1);
    expect(server.messages.join('')).toBe(script.final === undefined ? '' : server.messages[0]);
  });
});

describe('before the gate', () => {
  it.each<[string, Partial<Script>, object]>([
    ['the greeting is a refusal', { greeting: '554 5.7.1 blocked' }, { code: 'email.policy_refused' }],
    [
      'the server is busy',
      { greeting: '421 4.3.0 busy' },
      { code: 'email.server_closing', kind: 'transient' },
    ],
    [
      'the password is wrong',
      { auth: '535 5.7.8 no' },
      { code: 'email.login_refused', kind: 'auth_expired' },
    ],
    ['the server closes at once', { greeting: CLOSE }, { phase: 'before_send', reason: 'reset' }],
    ['the server closes at AUTH', { auth: CLOSE }, { phase: 'before_send', reason: 'reset' }],
  ])('fails without asking for leave when %s', async (_, script, expected) => {
    const { watch, outcome } = await send(script);
    expect(outcome).toMatchObject(expected);
    expect(watch.asked).toEqual([]);
  });

  it('refuses a message that the server said is too large', async () => {
    const { server, outcome } = await send({ ehlo: '250-x\r\n250-SIZE 10\r\n250 AUTH PLAIN' });
    expect(outcome).toMatchObject({ code: 'email.message_too_large', provesNothingCreated: true });
    expect(server.messages).toEqual([]);
  });

  it('insists on STARTTLS', async () => {
    const { target, server } = await start({}, { security: 'starttls' });
    await expect(client.verify(target)).rejects.toMatchObject({ phase: 'before_send', reason: 'tls' });
    expect(server.commands).not.toContain('auth');
  });

  it('does not go to private addresses', async () => {
    const { target, server } = await start({});
    const guarded = new EmailClient(new AddressGuard(), new SystemClock());
    await expect(guarded.verify(target)).rejects.toMatchObject({ reason: 'address_refused' });
    expect(server.commands).toEqual([]);
  });

  it('tells when nobody listens', async () => {
    const { target, server } = await start({});
    await server.stop();
    servers.pop();
    await expect(client.verify(target)).rejects.toMatchObject({ phase: 'before_send', reason: 'refused' });
  });
});

describe('checking a server', () => {
  it('logs in, reads the size limit and sends no mail', async () => {
    const { target, server } = await start({});
    expect(await client.verify(target)).toEqual({ maxMessageBytes: 10_000 });
    await server.done;
    expect(server.commands).toEqual(['ehlo', 'auth', 'quit']);
  });

  it('needs no login where there is none', async () => {
    const { target, server } = await start({ ehlo: '250 x' }, { login: null });
    expect(await client.verify(target)).toEqual({ maxMessageBytes: null });
    await server.done;
    expect(server.commands).toEqual(['ehlo', 'quit']);
  });
});
