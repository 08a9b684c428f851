import type { Socket } from 'node:net';
import {
  SMTPServer,
  type SMTPServerDataStream,
  type SMTPServerOptions,
  type SMTPServerSession,
} from 'smtp-server';
import { listenOnLoopback } from '../core/loopback.js';
import type { OwnServer } from '../core/simulator.js';
import type { EmailSettings } from './email.settings.js';
import { DISABLED_COMMANDS, SandboxConnection, type ConnectionHooks } from './smtp.connection.js';
import { isRefusal, SmtpRefusal, type SmtpReply } from './smtp.reply.js';
import type { ReceivedBytes, SmtpSteps } from './smtp.steps.js';

const AUTH_METHODS = ['PLAIN', 'LOGIN', 'XOAUTH2'];

/** smtp-server with connections of our own. */
class Listener extends SMTPServer {
  constructor(
    options: SMTPServerOptions,
    private readonly accept: (socket: Socket) => SandboxConnection,
  ) {
    super(options);
  }

  override connect(socket: Socket): void {
    const connection = this.accept(socket);
    this.connections.add(connection);
    connection.on('error', () => connection.destroy());
    connection.init();
  }
}

/** The mail server of the sandbox. */
export class SmtpListener implements OwnServer {
  readonly protocol = 'smtp';
  private readonly open = new Map<string, SandboxConnection>();
  private readonly server: Listener;

  constructor(
    private readonly steps: SmtpSteps,
    settings: EmailSettings,
  ) {
    this.server = new Listener(this.options(), (socket) => this.accept(socket));
    // A port that is taken is reported by start().
    this.server.on('error', () => undefined);
    this.apply(settings);
  }

  start(port: number): Promise<number> {
    return listenOnLoopback(this.server.server, port);
  }

  stop(): Promise<void> {
    for (const connection of this.open.values()) connection.destroy();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  apply(settings: EmailSettings): void {
    const { options } = this.server;
    options.size = settings.maxBytes;
    options.maxRecipients = settings.maxRecipients;
    options.allowInsecureAuth = settings.tls !== 'required';
    options.disabledCommands = [...DISABLED_COMMANDS, ...(settings.tls === 'none' ? ['STARTTLS'] : [])];
  }

  /** Without a logger smtp-server keeps quiet about its built-in certificate, which is for tests like these. */
  private options(): SMTPServerOptions {
    return {
      logger: false,
      name: 'mail.sandbox',
      authMethods: AUTH_METHODS,
      authRequiredMessage: 'Authentication Required',
      hideENHANCEDSTATUSCODES: false,
      disableReverseLookup: true,
      closeTimeout: 1000,
      onConnect: (session, done) => this.settle(session, (wire) => this.steps.connect(wire), done),
      onAuth: (auth, session, done) =>
        this.settle(
          session,
          (wire) => this.steps.auth(wire, auth),
          (error) => (error ? done(error) : done(null, { user: (auth.username ?? '').toLowerCase() })),
        ),
      onMailFrom: (sender, session, done) =>
        this.settle(session, (wire) => this.steps.mail(wire, session, sender), done),
      onRcptTo: (recipient, session, done) =>
        this.settle(session, (wire) => this.steps.rcpt(wire, session, recipient), done),
      onData: (stream, session, done) =>
        this.collect(stream, (message) =>
          this.settle(session, (wire) => this.steps.data(wire, session, message), done),
        ),
    };
  }

  private accept(socket: Socket): SandboxConnection {
    const hooks: ConnectionHooks = {
      dataStart: (connection) => this.steps.dataStart(connection, connection.session),
      unknownCommand: (name) => this.steps.unknownCommand(connection, name),
      closed: ({ id }) => void this.open.delete(id),
    };
    const connection = new SandboxConnection(this.server, socket, hooks);
    this.open.set(connection.id, connection);
    return connection;
  }

  /** Hands the reply of a step to smtp-server; a lost one is never handed over. */
  private settle(
    session: SMTPServerSession,
    step: (connection: SandboxConnection) => Promise<SmtpReply | null>,
    done: (error: Error | null, message?: string) => void,
  ): void {
    const connection = this.open.get(session.id);
    if (!connection) return;
    void step(connection).then((reply) => {
      if (reply === null) return;
      if (!isRefusal(reply)) return done(null, reply.text);
      connection.speakVerbatim();
      done(new SmtpRefusal(reply));
    });
  }

  /** Calls back after the final dot; a message that breaks off before it is nothing. */
  private collect(stream: SMTPServerDataStream, received: (message: ReceivedBytes) => void): void {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      if (stream.sizeExceeded) chunks.length = 0;
      else chunks.push(chunk);
    });
    stream.on('error', () => (chunks.length = 0));
    stream.on('end', () => received(stream.sizeExceeded ? null : Buffer.concat(chunks)));
  }
}
