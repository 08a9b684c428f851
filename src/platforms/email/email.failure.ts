import { HttpTransportError, type TransportReason } from '../../common/http/index.js';
import { PublishError } from '../core/index.js';
import { textField } from './email.error-fields.js';
import { classifyReply, isRefusal, parseReply, type SmtpReply, type SmtpStage } from './email.reply.js';
import { SessionAborted } from './email.session.js';

/** What nodemailer says about a failure, of what it may say. */
interface SmtpFailure {
  readonly code: string | null;
  readonly originalCode: string | null;
  readonly command: string | null;
  /** The refusing reply, when there was one. */
  readonly reply: SmtpReply | null;
}

/** A failure before the first command of a message: nothing was sent to anyone. */
export function failureOfOpening(error: unknown): PublishError | HttpTransportError {
  const failure = read(error);
  if (failure.reply !== null && failure.code !== 'ETLS') {
    return classifyReply(failure.reply, failure.code === 'EAUTH' ? 'auth' : 'connect');
  }
  if (failure.code === 'EAUTH') return loginImpossible();
  return new HttpTransportError({
    phase: 'before_send',
    reason: reasonOf(error, failure),
    message: 'the mail server did not get as far as taking a message',
    cause: error,
  });
}

export interface SendingContext {
  /** Whether the server had asked for the content. */
  readonly wentAhead: boolean;
  readonly recipient: string;
}

/** A failure from the first command of a message on. */
export function failureOfSending(error: unknown, { wentAhead, recipient }: SendingContext): PublishError {
  const failure = read(error);
  if (failure.reply !== null) return classifyReply(failure.reply, stageOf(failure, wentAhead), recipient);
  if (wentAhead) return outcomeUnknown(error);
  if (failure.code === 'EMESSAGE') return tooLarge();
  return new PublishError({
    kind: 'transient',
    code: 'email.connection_lost',
    message: 'The connection to the mail server was lost before it asked for the message.',
    remedy: 'Nothing to do: it is sent again later.',
    provesNothingCreated: true,
    // What we broke off ourselves says nothing of the server.
    outage: reasonOf(error, failure) !== 'aborted',
    cause: error,
  });
}

/** The same failure for the ledger's evidence. */
export function transportEvidence(error: unknown, wentAhead: boolean): HttpTransportError {
  return new HttpTransportError({
    phase: wentAhead ? 'after_send' : 'before_send',
    reason: reasonOf(error, read(error)),
    message: wentAhead
      ? 'no final reply after the server had asked for the message'
      : 'the server had not asked for the message yet',
    cause: error,
  });
}

function read(error: unknown): SmtpFailure {
  const reply = parseReply(textField(error, 'response') ?? '');
  return {
    code: textField(error, 'code'),
    originalCode: textField(error, 'originalCode'),
    command: textField(error, 'command'),
    reply: reply !== null && isRefusal(reply) ? reply : null,
  };
}

function stageOf({ command, code }: SmtpFailure, wentAhead: boolean): SmtpStage {
  if (wentAhead || code === 'EMESSAGE') return 'message';
  if (command === 'MAIL FROM') return 'mail';
  return command === 'RCPT TO' ? 'rcpt' : 'data';
}

function reasonOf(error: unknown, { code, originalCode }: SmtpFailure): TransportReason {
  if (error instanceof SessionAborted)
    return textField(error.cause, 'name') === 'TimeoutError' ? 'timeout' : 'aborted';
  if (code === 'ETIMEDOUT') return 'timeout';
  if (code === 'ETLS' || /CERT|TLS|SSL|ALTNAME|SIGNATURE/.test(originalCode ?? '')) return 'tls';
  return 'reset';
}

function loginImpossible(): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code: 'email.login_refused',
    message: 'No login to the mail server is possible with this user name and password.',
    remedy: 'Check user name and password of the mail server and connect the account again.',
  });
}

/** The content was sent, and no reply says what became of it. */
export function outcomeUnknown(cause?: unknown): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'email.no_final_reply',
    message: 'The mail server got the message, but its reply was lost: it may have been delivered.',
    remedy: 'Look at the sent folder or ask the recipient, then resolve the publication.',
    cause,
  });
}

function tooLarge(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'email.message_too_large',
    message: 'The message is larger than the mail server takes.',
    remedy: 'Attach fewer or smaller files, or link to them.',
  });
}
