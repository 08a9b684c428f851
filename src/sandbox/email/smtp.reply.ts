import type { FaultAction } from '../core/fault.rules.js';

/** One reply of the server. Where a reply carries an enhanced status code, it is the first word of the text. */
export interface SmtpReply {
  readonly code: number;
  readonly text: string;
  /** A mail was stored. */
  readonly accepted?: boolean;
}

/** What smtp-server takes for a refusal. */
export class SmtpRefusal extends Error {
  readonly responseCode: number;

  constructor(reply: SmtpReply) {
    super(reply.text);
    this.responseCode = reply.code;
  }
}

export const OK: SmtpReply = { code: 250, text: 'OK' };

export function isRefusal(reply: SmtpReply): boolean {
  return reply.code >= 400;
}

export function refusal(code: number, text: string): SmtpReply {
  return { code, text };
}

/** Codes that faults are likely to ask for, with the text that servers usually send. */
const USUAL_TEXTS: ReadonlyMap<number, string> = new Map([
  [421, '4.3.2 Service not available, closing transmission channel'],
  [432, '4.3.2 Concurrent connections limit exceeded'],
  [450, '4.2.1 Mailbox busy'],
  [451, '4.3.0 Local error in processing'],
  [452, '4.3.1 Insufficient system storage'],
  [454, '4.7.0 Temporary authentication failure'],
  [523, '5.7.0 Must issue a STARTTLS command first'],
  [530, '5.7.0 Authentication Required'],
  [534, '5.7.9 Application-specific password required'],
  [535, '5.7.8 Username and Password not accepted'],
  [550, '5.1.1 User unknown'],
  [551, '5.1.6 User has moved'],
  [552, '5.3.4 Message too big for system'],
  [553, '5.1.3 Mailbox name not allowed'],
  [554, '5.6.0 Message content rejected'],
  [555, '5.5.4 Parameters not recognized'],
]);

/** The reply of a status fault: the body is the text after the code, with its enhanced status code if it is to have one. */
export function faultReply(action: FaultAction): SmtpReply {
  const code = action.status ?? 421;
  if (typeof action.body === 'string') return { code, text: action.body };
  return { code, text: USUAL_TEXTS.get(code) ?? (code < 400 ? 'OK' : 'injected fault') };
}
