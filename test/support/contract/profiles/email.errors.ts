import type { FailureKind } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';

type Stage = 'mail' | 'rcpt' | 'data-start' | 'data';

/** A reply as servers write it: `550 5.1.1 user unknown`. */
function reply(row: string, kind: FailureKind, [stage, line]: readonly [Stage, string]): ErrorSample {
  return { row, kind, status: Number(line.slice(0, 3)), body: line.slice(4), operation: `smtp.${stage}` };
}

const limited = (row: string, stage: Stage, line: string): ErrorSample =>
  reply(row, 'rate_limited', [stage, line]);
const refused = (row: string, stage: Stage, line: string): ErrorSample =>
  reply(row, 'content_refused', [stage, line]);
const later = (row: string, stage: Stage, line: string): ErrorSample =>
  reply(row, 'transient', [stage, line]);

/** Every reply that the sheet lists, but those to a login. */
export const errors: readonly ErrorSample[] = [
  limited('sending_limit', 'data', '550 5.4.5 Daily user sending limit exceeded'),
  limited(
    'sending_limit',
    'rcpt',
    '550 5.1.90 Your message cannot be sent because you have exceeded your daily limit',
  ),
  limited('sending_limit', 'data', '554 5.2.122 The recipient has exceeded their limit'),
  limited('sending_limit', 'rcpt', '452 4.5.3 Daily recipient limit reached'),
  limited('throttled', 'mail', '454 4.7.0 Throttling failure: Maximum sending rate exceeded.'),
  limited('throttled', 'mail', '421 4.7.28 Our system has detected an unusual rate of mail'),
  limited('throttled', 'mail', '450 4.7.1 Error: too high rate of messages'),
  limited('too_many_connections', 'mail', '432 4.3.2 Concurrent connections limit exceeded'),
  refused('sender_refused', 'mail', '553 5.1.8 Sender address rejected: Domain not found'),
  refused('recipient_unknown', 'rcpt', '550 5.1.1 User unknown'),
  refused('sender_not_allowed', 'data', '554 5.2.252 SendAsDenied'),
  refused('message_too_large', 'mail', '552 5.3.4 Message size exceeds fixed limit'),
  refused('message_too_large', 'data', '552 Message exceeds storage allocation'),
  refused('content_rejected', 'data', '554 5.6.0 Invalid message content'),
  refused('parameters_refused', 'mail', '555 5.5.4 Unsupported parameter'),
  refused('policy_refused', 'data', '550 5.7.26 Unauthenticated email is not accepted'),
  refused('policy_refused', 'rcpt', '554 5.7.1 Relay access denied'),
  later('server_closing', 'mail', '421 4.3.0 Service not available, closing transmission channel'),
  later('recipient_deferred', 'rcpt', '451 4.7.1 Greylisting in action, please come back later'),
  refused('recipient_refused', 'rcpt', '550 No such user here'),
  later('deferred', 'data', '459 Something new'),
  refused('refused', 'data', '599 Something new'),
];
