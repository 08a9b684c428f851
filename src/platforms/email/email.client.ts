import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import {
  AddressGuard,
  gateSend,
  HttpTransportError,
  NeverSentError,
  outboundScopes,
  type RequestEvidence,
  type SendGate,
} from '../../common/http/index.js';
import type { PublishError } from '../core/index.js';
import type { SmtpServer } from './email.account.js';
import { dial } from './email.dial.js';
import { textField } from './email.error-fields.js';
import { failureOfOpening, failureOfSending, outcomeUnknown, transportEvidence } from './email.failure.js';
import type { MailBytes } from './email.mime.js';
import { parseReply } from './email.reply.js';
import { SmtpSession, type Envelope } from './email.session.js';

export interface OutgoingMail extends Envelope {
  /** The whole message. */
  readonly message: MailBytes;
  readonly messageId: string;
}

export interface ServerFacts {
  /** Bytes of one message, from EHLO; null when the server does not say. */
  readonly maxMessageBytes: number | null;
}

export interface Delivery {
  /** The final reply, with the id in the server's queue: for support. */
  readonly reply: string;
}

const OPEN_TIMEOUT_MS = 60_000;
const EXCERPT_BYTES = 4096;

/** SMTP: one method is one conversation, and `send` is one message to one recipient. */
@Injectable()
export class EmailClient {
  constructor(
    private readonly guard: AddressGuard,
    private readonly clock: Clock,
  ) {}

  /** Connects, encrypts and logs in; sends no mail. */
  async verify(server: SmtpServer): Promise<ServerFacts> {
    const session = await this.open(server);
    session.quit();
    return { maxMessageBytes: session.transcript.maxMessageBytes };
  }

  /**
   * Visible. Connecting and logging in come before the gate, because they may take long and nobody sees them; from MAIL FROM
   * on the call counts.
   * @throws PublishError; HttpTransportError when no message was begun.
   */
  async send(server: SmtpServer, mail: OutgoingMail): Promise<Delivery> {
    const session = await this.open(server);
    try {
      const gate = await gateSend(evidenceOf(server, mail), this.clock);
      gate.assertOpen();
      const reply = await this.deliver(session, mail, gate);
      session.quit();
      return { reply };
    } catch (error) {
      session.close();
      if (error instanceof NeverSentError) outboundScopes.current()?.onFailure?.(error);
      throw error;
    }
  }

  private async open(server: SmtpServer): Promise<SmtpSession> {
    const scope = outboundScopes.current();
    const signal = anySignal([scope?.signal, AbortSignal.timeout(OPEN_TIMEOUT_MS)]);
    try {
      const socket = await dial(this.guard, { host: server.host, port: server.port, signal });
      return await greet(server, socket, signal);
    } catch (error) {
      if (error instanceof HttpTransportError) scope?.onFailure?.(error);
      throw error;
    }
  }

  private async deliver(session: SmtpSession, mail: OutgoingMail, gate: SendGate): Promise<string> {
    const deadline = gate.deadlineMs === null ? undefined : AbortSignal.timeout(gate.deadlineMs);
    const signal = anySignal([gate.signal, deadline]);
    const reply = await session.send(mail, mail.message, signal).catch((error: unknown) => {
      throw this.lost(session, mail, error);
    });
    this.record(reply);
    // nodemailer looks at the first character only; half a code is no promise.
    if (parseReply(reply) === null) throw outcomeUnknown();
    return reply;
  }

  private lost(session: SmtpSession, { to }: OutgoingMail, error: unknown): PublishError {
    const { wentAhead } = session.transcript;
    const reply = textField(error, 'response');
    if (reply === null) outboundScopes.current()?.onFailure?.(transportEvidence(error, wentAhead));
    else this.record(reply);
    return failureOfSending(error, { wentAhead, recipient: to });
  }

  /** Keeps what the server said as evidence of the call. */
  private record(reply: string): void {
    outboundScopes.current()?.onAnswer?.({
      status: parseReply(reply)?.status ?? 0,
      headers: {},
      bodyExcerpt: reply.slice(0, EXCERPT_BYTES),
      receivedAt: this.clock.now(),
    });
  }
}

async function greet(server: SmtpServer, socket: Socket, signal: AbortSignal): Promise<SmtpSession> {
  const session = new SmtpSession(server, socket);
  try {
    await session.open(signal);
    return session;
  } catch (error) {
    session.close();
    throw failureOfOpening(error);
  }
}

function evidenceOf({ host, port }: SmtpServer, mail: OutgoingMail): RequestEvidence {
  return {
    method: 'SMTP',
    url: `smtp://${host}:${port}`,
    bodySha256: mail.message.sha256,
    bodyBytes: mail.message.bytes,
    headers: { 'message-id': mail.messageId },
    bodyExcerpt: mail.message.head.subarray(0, EXCERPT_BYTES).toString('utf8'),
  };
}

function anySignal(signals: readonly (AbortSignal | undefined)[]): AbortSignal {
  return AbortSignal.any(signals.filter((signal) => signal !== undefined));
}
