import { classifyAnswer, type FailureKind, type PublishError } from '../core/index.js';
import { allEmailErrors } from './email.errors.js';

/** Where in the conversation a reply came. */
export type SmtpStage = 'connect' | 'auth' | 'mail' | 'rcpt' | 'data' | 'message';

export interface SmtpReply {
  /** 250. */
  readonly status: number;
  /** Enhanced status (RFC 3463): `5.7.8`. */
  readonly enhanced: string | null;
  /** What follows the codes. */
  readonly text: string;
}

const MINUTE_MS = 60_000;
/** Replies name no time; these are what senders commonly keep to. */
const pauses: Readonly<Partial<Record<FailureKind, number>>> = {
  transient: 5 * MINUTE_MS,
  rate_limited: 30 * MINUTE_MS,
};

/** Reads a whole reply, one line or several; null when it has no reply code. */
export function parseReply(source: string): SmtpReply | null {
  const lines = source.split(/\r?\n/);
  const parsed = lines.map((line) => /^(\d{3})(?:[ -](\d\.\d{1,3}\.\d{1,3})(?=\s|$))?[ -]?(.*)$/.exec(line));
  const [, status, enhanced] = parsed[0] ?? [];
  if (status === undefined) return null;
  const words = parsed.map((match, index) => match?.[3] ?? lines[index] ?? '');
  return { status: Number(status), enhanced: enhanced ?? null, text: words.join(' ').trim() };
}

/** Whether the reply refuses what was asked. */
export function isRefusal(reply: SmtpReply): boolean {
  return reply.status >= 400 && reply.status <= 599;
}

/** The failure that a refusing reply is. What concerns one recipient only names it in its item. */
export function classifyReply(reply: SmtpReply, stage: SmtpStage, recipient?: string): PublishError {
  const answer = {
    status: reply.status,
    code: reply.enhanced ?? undefined,
    subcode: reply.enhanced?.split('.').slice(0, 2).join('.'),
    message: reply.text,
    operation: stage,
    recognised: true,
  };
  const { kind } = classifyAnswer(allEmailErrors, answer);
  const error = classifyAnswer(allEmailErrors, { ...answer, retryAfterMs: pauses[kind] });
  const ofRecipient = recipient !== undefined && error.code.startsWith('email.recipient_');
  return ofRecipient ? error.about({ recipient }) : error;
}
