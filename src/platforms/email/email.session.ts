import { isIP, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { type ByteSource, wholly } from '../../common/http/index.js';
import type { SmtpSecurity, SmtpServer } from './email.account.js';
import { SmtpTranscript } from './email.transcript.js';

export interface Envelope {
  readonly from: string;
  readonly to: string;
}

/** The session was given up from this side. */
export class SessionAborted extends Error {
  constructor(reason: unknown) {
    super('the conversation with the mail server was given up', { cause: reason });
    this.name = 'SessionAborted';
  }
}

const SETUP_TIMEOUT_MS = 30_000;
/** Above every deadline: what ends a silent server is the deadline of the call. */
const SOCKET_TIMEOUT_MS = 11 * 60_000;
const QUIT_TIMEOUT_MS = 2_000;
/** The name of the machine is nobody's business. */
const CLIENT_NAME = '[127.0.0.1]';

const encryption = {
  implicit: { secure: true },
  starttls: { secure: false, requireTLS: true },
  none: { secure: false, ignoreTLS: true },
} as const satisfies Record<SmtpSecurity, object>;

type Done<T> = (error?: Error | null, value?: T) => void;

/** One connection to a mail server, as promises that an AbortSignal ends. */
export class SmtpSession {
  readonly transcript = new SmtpTranscript();
  private readonly connection: SMTPConnection;

  /** @param socket open, and nothing said on it yet */
  constructor(
    private readonly server: SmtpServer,
    socket: Socket,
  ) {
    this.connection = new SMTPConnection({
      connection: socket,
      host: server.host,
      port: server.port,
      ...(isIP(server.host) === 0 ? { servername: server.host } : {}),
      ...encryption[server.security],
      name: CLIENT_NAME,
      connectionTimeout: SETUP_TIMEOUT_MS,
      greetingTimeout: SETUP_TIMEOUT_MS,
      socketTimeout: SOCKET_TIMEOUT_MS,
      socketCloseTimeout: 0,
      transactionLog: true,
      logger: { debug: (entry: unknown, line: unknown) => this.record(entry, line) },
    });
    // An error between two commands has no other listener; the next command tells of it.
    this.connection.on('error', () => undefined);
  }

  /** Greeting, EHLO, encryption and login: nothing of it can be seen by anyone. */
  async open(signal: AbortSignal): Promise<void> {
    await this.run(signal, (done) => this.connection.connect(done));
    const { login } = this.server;
    if (login === null) return;
    const credentials = { user: login.user, pass: login.password };
    await this.run(signal, (done) => this.connection.login({ credentials }, done));
  }

  /** MAIL FROM to the final reply; gives that reply. */
  async send(envelope: Envelope, message: ByteSource, signal: AbortSignal): Promise<string> {
    this.transcript.begin();
    const command = { from: envelope.from, to: [envelope.to], size: message.bytes };
    const body = Readable.from(wholly(message));
    const info = await this.run<{ response: string }>(signal, (done) => {
      // Without its end a message is none: closing is how a server is told so.
      body.once('error', (error) => {
        this.connection.close();
        done(error);
      });
      this.connection.send(command, body, done);
    }).finally(() => body.destroy());
    if (info === undefined) throw new Error('the mail server gave no final reply');
    return info.response;
  }

  /** Takes leave and does not wait for the answer. */
  quit(): void {
    this.connection.quit();
    setTimeout(() => this.connection.close(), QUIT_TIMEOUT_MS).unref();
  }

  close(): void {
    this.connection.close();
  }

  private record(entry: unknown, line: unknown): void {
    const speaker = typeof entry === 'object' && entry !== null && 'tnx' in entry ? entry.tnx : null;
    if (speaker === 'server' && typeof line === 'string') this.transcript.add(line);
  }

  /** Runs one command; ends with its answer, with an error of the connection, or with the signal. */
  private run<T>(signal: AbortSignal, command: (done: Done<T>) => void): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const release = (): void => {
        signal.removeEventListener('abort', onAbort);
        this.connection.removeListener('error', onError).removeListener('end', onEnd);
      };
      const onError = (error: Error): void => {
        release();
        reject(error);
      };
      const onAbort = (): void => {
        onError(new SessionAborted(signal.reason));
        this.connection.close();
      };
      // The command's own error follows the end of the connection and says more.
      const onEnd = (): void =>
        void setImmediate(() => onError(new Error('the mail server closed the connection')));
      if (signal.aborted) return onAbort();
      signal.addEventListener('abort', onAbort, { once: true });
      this.connection.once('error', onError).once('end', onEnd);
      command((error, value) => {
        if (error) return onError(error);
        release();
        resolve(value);
      });
    });
  }
}
