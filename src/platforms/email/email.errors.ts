import type { ErrorRow, ErrorTable } from '../core/index.js';

const SHEET = 'fact sheet of 2026-11, section 5 (RFC 5321, RFC 3463, observed replies)';
const WAIT = 'Nothing to do: it is sent again later.';
const RECONNECT = 'Check user name and password of the mail server and connect the account again.';

/** A refused reply proves that nothing was taken, also a transient one: only a 2xx after the content takes a message. */
const refused = { provesNothingCreated: true, evidence: SHEET } as const;

/** Limits come first: some of them are 5xx replies that would else look permanent. */
const limits: readonly ErrorRow[] = [
  {
    code: ['5.1.90', '5.2.121', '5.2.122', '5.4.5'],
    kind: 'rate_limited',
    name: 'sending_limit',
    message: 'The mail server says that this account has sent as many messages as it may for now.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: 454,
    pattern: /^throttling failure\b/i,
    kind: 'rate_limited',
    name: 'throttled',
    message: 'The mail service limits how fast, or how much a day, this account sends.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: 421,
    code: ['4.7.0', '4.7.28'],
    kind: 'rate_limited',
    name: 'throttled',
    message: 'The mail server slows this sender down.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: 450,
    subcode: '4.7',
    pattern: /^.*\brate\b/is,
    kind: 'rate_limited',
    name: 'throttled',
    message: 'The mail server limits the rate of this sender.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: 432,
    kind: 'rate_limited',
    name: 'too_many_connections',
    message: 'The mail server takes no further connection of this account now.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: 452,
    code: '4.5.3',
    pattern: /^.*\bdaily\b/is,
    kind: 'rate_limited',
    name: 'sending_limit',
    message: 'The daily limit of this account is reached.',
    remedy: WAIT,
    ...refused,
  },
];

const login: readonly ErrorRow[] = [
  {
    status: [523, 530],
    pattern: /^must issue a starttls command first/i,
    kind: 'content_refused',
    name: 'starttls_required',
    message: 'The mail server wants an encrypted connection.',
    remedy: 'Connect the account again with security "starttls" (port 587) or "implicit" (port 465).',
    ...refused,
  },
  {
    status: 523,
    kind: 'content_refused',
    name: 'starttls_required',
    message: 'The mail server wants an encrypted connection.',
    remedy: 'Connect the account again with security "starttls" (port 587) or "implicit" (port 465).',
    ...refused,
  },
  {
    status: 535,
    code: '5.7.139',
    pattern: /^.*\bSmtpClientAuthentication is disabled for the Tenant/is,
    kind: 'content_refused',
    name: 'smtp_disabled_for_tenant',
    message: 'The organisation has switched off sending by SMTP; the password may be right.',
    remedy: 'Ask the administrator of the Microsoft 365 tenant to allow authenticated SMTP for this mailbox.',
    ...refused,
  },
  {
    status: 535,
    code: '5.7.139',
    kind: 'auth_expired',
    name: 'password_login_disabled',
    message: 'The mail service no longer takes passwords for this mailbox.',
    remedy: 'Connect a mail server or relay that takes an app password or SMTP password.',
    ...refused,
  },
  {
    status: [534, 535],
    kind: 'auth_expired',
    name: 'login_refused',
    message: 'The mail server refuses the user name or the password.',
    remedy: `${RECONNECT} Many services want an app password.`,
    ...refused,
  },
  {
    status: 530,
    kind: 'auth_expired',
    name: 'login_required',
    message: 'The mail server wants a login.',
    remedy: RECONNECT,
    ...refused,
  },
  {
    status: 538,
    kind: 'auth_expired',
    name: 'login_needs_encryption',
    message: 'The mail server takes this login only over an encrypted connection.',
    remedy: 'Connect the account again with security "starttls" or "implicit".',
    ...refused,
  },
  {
    operation: 'auth',
    status: [500, 599],
    kind: 'auth_expired',
    name: 'login_refused',
    message: 'The mail server refuses the login.',
    remedy: RECONNECT,
    ...refused,
  },
  {
    status: 454,
    code: '4.7.0',
    kind: 'transient',
    name: 'login_deferred',
    message: 'The mail server can not check the login at the moment.',
    remedy: WAIT,
    ...refused,
  },
];

const permanent: readonly ErrorRow[] = [
  {
    operation: 'mail',
    status: [500, 599],
    subcode: '5.1',
    kind: 'content_refused',
    name: 'sender_refused',
    message: 'The mail server does not accept the sender address.',
    remedy: 'Connect the account again with a sender address that this login may use.',
    ...refused,
  },
  {
    status: [550, 553],
    subcode: '5.1',
    kind: 'content_refused',
    name: 'recipient_unknown',
    message: 'The address of the recipient does not exist.',
    remedy: 'Correct the address or take it off the list.',
    ...refused,
  },
  {
    code: '5.2.252',
    kind: 'content_refused',
    name: 'sender_not_allowed',
    message: 'This login may not send with this sender address.',
    remedy:
      'Connect the account again with the address of the mailbox, or grant the login the right to send as it.',
    ...refused,
  },
  {
    code: ['5.3.4', '5.2.3'],
    kind: 'content_refused',
    name: 'message_too_large',
    message: 'The message is larger than the mail server takes.',
    remedy: 'Attach fewer or smaller files, or link to them.',
    ...refused,
  },
  {
    status: 552,
    operation: ['mail', 'data', 'message'],
    kind: 'content_refused',
    name: 'message_too_large',
    message: 'The message is over the size that the mail server takes.',
    remedy: 'Attach fewer or smaller files, or link to them.',
    ...refused,
  },
  {
    code: '5.6.0',
    kind: 'content_refused',
    name: 'content_rejected',
    message: 'The mail server does not accept the content of the message.',
    remedy: 'Change text or files and retry it.',
    ...refused,
  },
  {
    status: 555,
    kind: 'content_refused',
    name: 'parameters_refused',
    message: 'The mail server does not know a parameter of the address.',
    remedy: 'Report it with the attempt, so that it can be mended.',
    source: 'system',
    ...refused,
  },
  {
    code: ['5.7.1', '5.7.25', '5.7.26', '5.7.27'],
    kind: 'content_refused',
    name: 'policy_refused',
    message:
      'The mail server refuses the message by policy: sender checks (SPF, DKIM, DMARC), relaying or a blocklist.',
    remedy: 'Check the DNS records of the sender domain and whether the server relays for this login.',
    ...refused,
  },
];

/** "Trust the first digit": servers use other codes than the standard's, too. */
const byFirstDigit: readonly ErrorRow[] = [
  {
    status: 421,
    kind: 'transient',
    name: 'server_closing',
    message: 'The mail server is not available at the moment.',
    remedy: WAIT,
    outage: true,
    ...refused,
  },
  {
    operation: 'rcpt',
    status: [400, 499],
    kind: 'transient',
    name: 'recipient_deferred',
    message:
      'The mail server does not take mail for this recipient at the moment (greylisting, full mailbox).',
    remedy: WAIT,
    ...refused,
  },
  {
    operation: 'rcpt',
    status: [500, 599],
    kind: 'content_refused',
    name: 'recipient_refused',
    message: 'The mail server refuses this recipient.',
    remedy: 'See the words of the server at the attempt; correct the address or take it off the list.',
    ...refused,
  },
  {
    status: [400, 499],
    kind: 'transient',
    name: 'deferred',
    message: 'The mail server asks to try again later.',
    remedy: WAIT,
    ...refused,
  },
  {
    status: [500, 599],
    kind: 'content_refused',
    name: 'refused',
    message: 'The mail server refuses the message.',
    remedy: 'See the words of the server at the attempt.',
    ...refused,
  },
];

/**
 * What a mail can meet once the login has worked. Matched by reply code, enhanced status (`code`), its first two numbers (`subcode`) and the
 * stage of the conversation.
 */
export const emailErrors: ErrorTable = {
  platform: 'email',
  rows: [...limits, ...permanent, ...byFirstDigit],
};

/** What any command can meet, those of the login as well. */
export const allEmailErrors: ErrorTable = {
  platform: 'email',
  rows: [...limits, ...login, ...permanent, ...byFirstDigit],
};
