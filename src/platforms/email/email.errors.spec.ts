import type { FailureKind } from '../core/index.js';
import { classifyReply, parseReply, type SmtpStage } from './email.reply.js';

function classify(source: string, stage: SmtpStage = 'message') {
  const reply = parseReply(source);
  if (reply === null) throw new Error(`no reply: ${source}`);
  return classifyReply(reply, stage, 'anna@example.org');
}

/** Stage, reply, kind, code. */
const rows: [SmtpStage, string, FailureKind, string][] = [
  ['auth', '535 5.7.8 Authentication credentials invalid', 'auth_expired', 'login_refused'],
  ['auth', '534 5.7.9 Application-specific password required', 'auth_expired', 'login_refused'],
  ['mail', '530 5.7.0 Authentication Required', 'auth_expired', 'login_required'],
  [
    'auth',
    '538 5.7.11 Encryption required for requested authentication mechanism',
    'auth_expired',
    'login_needs_encryption',
  ],
  [
    'auth',
    '535 5.7.139 Authentication unsuccessful, basic authentication is disabled.',
    'auth_expired',
    'password_login_disabled',
  ],
  [
    'auth',
    '535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/x',
    'content_refused',
    'smtp_disabled_for_tenant',
  ],
  ['auth', '454 4.7.0 Temporary authentication failure', 'transient', 'login_deferred'],
  ['auth', '502 5.5.1 Unrecognized', 'auth_expired', 'login_refused'],
  ['message', '421 4.3.0 try again', 'transient', 'server_closing'],
  ['connect', '421 service not available', 'transient', 'server_closing'],
  ['message', '450 mailbox busy', 'transient', 'deferred'],
  ['rcpt', '451 4.7.1 Greylisting in action', 'transient', 'recipient_deferred'],
  ['message', '451 4.7.1 Greylisting in action', 'transient', 'deferred'],
  ['rcpt', '452 4.2.2 mailbox full', 'transient', 'recipient_deferred'],
  ['mail', '452 4.3.1 insufficient storage', 'transient', 'deferred'],
  ['rcpt', '452 4.5.3 too many recipients', 'transient', 'recipient_deferred'],
  ['mail', '421 4.7.0 Try again later', 'rate_limited', 'throttled'],
  ['message', '421 4.7.28 unusual rate', 'rate_limited', 'throttled'],
  ['rcpt', '450 4.7.1 Error: too much mail, rate limit', 'rate_limited', 'throttled'],
  ['connect', '432 4.3.2 Concurrent connections limit exceeded', 'rate_limited', 'too_many_connections'],
  ['message', '454 Throttling failure: Maximum sending rate exceeded.', 'rate_limited', 'throttled'],
  ['message', '454 Throttling failure: Daily message quota exceeded.', 'rate_limited', 'throttled'],
  ['message', '550 5.4.5 Daily user sending limit exceeded', 'rate_limited', 'sending_limit'],
  ['rcpt', '452 4.5.3 Your daily limit is reached', 'rate_limited', 'sending_limit'],
  [
    'rcpt',
    "550 5.1.90 Your message can't be sent because you've reached your daily limit",
    'rate_limited',
    'sending_limit',
  ],
  ['message', '554 5.2.121 RecipientLimitExceeded', 'rate_limited', 'sending_limit'],
  ['message', '554 5.2.122 hourly', 'rate_limited', 'sending_limit'],
  ['rcpt', '550 5.1.1 user unknown', 'content_refused', 'recipient_unknown'],
  ['rcpt', '551 5.1.6 user moved', 'content_refused', 'recipient_unknown'],
  ['rcpt', '553 5.1.3 bad address syntax', 'content_refused', 'recipient_unknown'],
  ['message', '550 5.1.1 user unknown', 'content_refused', 'recipient_unknown'],
  ['rcpt', '550 no such user', 'content_refused', 'recipient_refused'],
  ['rcpt', '524 5.2.4 mailing list expansion problem', 'content_refused', 'recipient_refused'],
  ['mail', '553 5.1.8 sender domain does not exist', 'content_refused', 'sender_refused'],
  ['message', '554 5.2.252 SendAsDenied', 'content_refused', 'sender_not_allowed'],
  ['mail', '552 5.3.4 Message size exceeds fixed limit', 'content_refused', 'message_too_large'],
  ['message', '552 5.2.3 too big', 'content_refused', 'message_too_large'],
  ['message', '552 message too large', 'content_refused', 'message_too_large'],
  ['message', '554 5.6.0 bad content', 'content_refused', 'content_rejected'],
  ['mail', '555 unsupported parameter', 'content_refused', 'parameters_refused'],
  ['message', '550 5.7.1 rejected by policy', 'content_refused', 'policy_refused'],
  ['message', '554 5.7.1 listed on a blocklist', 'content_refused', 'policy_refused'],
  ['message', '550 5.7.25 no PTR record', 'content_refused', 'policy_refused'],
  ['message', '550 5.7.26 unauthenticated: SPF and DKIM', 'content_refused', 'policy_refused'],
  ['message', '550 5.7.27 SPF', 'content_refused', 'policy_refused'],
  ['mail', '530 5.7.0 Must issue a STARTTLS command first', 'content_refused', 'starttls_required'],
  ['auth', '523 encryption needed', 'content_refused', 'starttls_required'],
  ['message', '459 something new', 'transient', 'deferred'],
  ['message', '599 something new', 'content_refused', 'refused'],
];

describe('the reply table of mail', () => {
  it.each(rows)('reads at %s "%s" as %s (%s), proven', (stage, reply, kind, name) => {
    expect(classify(reply, stage)).toMatchObject({ kind, code: `email.${name}`, provesNothingCreated: true });
  });

  it('is an outage for everybody only where the server itself is closing', () => {
    expect(classify('421 4.3.0 closing', 'connect').outage).toBe(true);
    for (const reply of ['421 4.7.0 slow down', '451 4.3.0 later', '550 5.7.1 policy'])
      expect(classify(reply).outage).toBe(false);
  });

  it('names the recipient only where the reply is about it', () => {
    expect(classify('550 5.1.1 user unknown', 'rcpt').item).toEqual({ recipient: 'anna@example.org' });
    expect(classify('451 4.7.1 Greylisting', 'rcpt').item).toEqual({ recipient: 'anna@example.org' });
    expect(classify('550 5.7.1 policy', 'rcpt').item).toBeNull();
    expect(classify('552 5.3.4 too big', 'mail').item).toBeNull();
  });

  it('waits longer for limits than for hiccups', () => {
    expect(classify('421 4.3.0 busy').retryAfterMs).toBe(5 * 60_000);
    expect(classify('550 5.4.5 limit').retryAfterMs).toBe(30 * 60_000);
    expect(classify('550 5.7.1 policy').retryAfterMs).toBeNull();
  });

  it('reads replies of several lines', () => {
    expect(parseReply('550-5.7.26 one\n550 5.7.26 two')).toEqual({
      status: 550,
      enhanced: '5.7.26',
      text: 'one two',
    });
    expect(parseReply('250 2.0.0 Ok: queued as 4F')?.text).toBe('Ok: queued as 4F');
    expect(parseReply('hello')).toBeNull();
  });

  it('leaves the outcome open when the final reply is no reply of the standard', () => {
    expect(classify('354 go on')).toMatchObject({ kind: 'outcome_unknown', provesNothingCreated: false });
  });
});
