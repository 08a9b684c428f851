import type { Socket } from 'node:net';
import type { SMTPServer } from 'smtp-server';
import { SMTPConnection } from 'smtp-server/lib/smtp-connection.js';
import type { SmtpWire } from './smtp.call.js';
import { isRefusal, type SmtpReply } from './smtp.reply.js';

/** What the fact sheet's clients say. Everything else is refused with 500 and logged. */
const KNOWN_COMMANDS: ReadonlySet<string> = new Set([
  'EHLO',
  'HELO',
  'STARTTLS',
  'AUTH',
  'MAIL',
  'RCPT',
  'DATA',
  'RSET',
  'NOOP',
  'QUIT',
]);

/** Commands that smtp-server would answer by itself, and that no client of ours has a use for. */
export const DISABLED_COMMANDS = ['VRFY', 'HELP', 'XCLIENT', 'XFORWARD', 'WIZ', 'SHELL', 'KILL'] as const;

export interface ConnectionHooks {
  /** The DATA command, before the 354. */
  dataStart(connection: SandboxConnection): Promise<SmtpReply | null>;
  unknownCommand(name: string): void;
  closed(connection: SandboxConnection): void;
}

/** A connection of smtp-server that can be reset, cut and held at DATA. */
export class SandboxConnection extends SMTPConnection implements SmtpWire {
  private readonly gone = new AbortController();
  private verbatim = false;
  private truncating = false;

  constructor(
    server: SMTPServer,
    socket: Socket,
    private readonly hooks: ConnectionHooks,
  ) {
    super(server, socket);
  }

  get clientGone(): AbortSignal {
    return this.gone.signal;
  }

  /** Without the 100 ms that smtp-server waits for clients that talk too soon. */
  override init(): void {
    this._setListeners(() => this.connectionReady());
  }

  reset(): void {
    if (this._socket.destroyed) return;
    // A TLS socket has no handle that could send the reset.
    if (this.secure) this._socket.destroy();
    else this._socket.resetAndDestroy();
  }

  destroy(): void {
    this._socket.destroy();
  }

  truncateNextReply(): void {
    this.truncating = true;
  }

  /** The next reply is sent as it is: its enhanced status code, if it has one, is in its text. */
  speakVerbatim(): void {
    this.verbatim = true;
  }

  override send(code: number, data?: string | string[] | null, context?: string | false): void {
    const asItIs = this.verbatim;
    this.verbatim = false;
    if (!this.truncating) return super.send(code, data, asItIs ? false : context);
    this._socket.write(`${code} 2.6`, () => this._socket.destroy());
  }

  override handler_DATA(command: Buffer, callback: () => void): void {
    if (this.session.envelope.rcptTo.length === 0) return super.handler_DATA(command, callback);
    void this.hooks.dataStart(this).then((reply) => {
      if (reply === null) return;
      if (!isRefusal(reply)) return super.handler_DATA(command, callback);
      this.speakVerbatim();
      this.send(reply.code, reply.text);
      callback();
    });
  }

  override _onCommand(command: Buffer, callback?: () => void): void {
    const name = (command.toString().split(' ')[0] ?? '').toUpperCase();
    const answersChallenge = this._nextHandler !== false;
    if (!answersChallenge && !this._upgrading && !KNOWN_COMMANDS.has(name)) this.hooks.unknownCommand(name);
    super._onCommand(command, callback);
  }

  override _onClose(): void {
    super._onClose();
    this.gone.abort();
    this.hooks.closed(this);
  }
}
