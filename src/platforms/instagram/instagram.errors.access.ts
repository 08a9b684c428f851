import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §7 (Graph API v26.0, 2026-10)';
const reconnect = 'Connect the account again.';

/** A login that ended, by its subcode. */
const ended: readonly (readonly [subcode: string, name: string, message: string])[] = [
  ['458', 'app_removed', 'The app was removed from the account.'],
  ['460', 'password_changed', 'The password of the account was changed, which ended the login.'],
  ['463', 'token_expired', 'The login has expired.'],
  ['467', 'token_invalidated', 'The login was ended: a logout, or a check of security.'],
];

export const accessRows: readonly ErrorRow[] = [
  ...ended.map(([subcode, name, message]): ErrorRow => ({
    code: '190',
    subcode,
    kind: 'auth_expired',
    name,
    message,
    remedy: reconnect,
    evidence: `${sheet}: 190/${subcode}`,
  })),
  {
    code: ['190', '102'],
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'Instagram does not take the login any more.',
    remedy: reconnect,
    evidence: `${sheet}: 190 and 102`,
  },
  {
    pattern: /^(?:Error validating access token: )?(?:The s|S)ession has been invalidated/,
    kind: 'auth_expired',
    name: 'session_invalidated',
    message: 'Instagram has ended the session of the login.',
    remedy: reconnect,
    evidence: `${sheet}: "Session has been invalidated"`,
  },
  {
    code: '200',
    pattern: /^(?:\(#200\) )?API access blocked/,
    kind: 'content_refused',
    source: 'system',
    name: 'api_blocked',
    message: 'Meta has blocked the app, or this account, from the API.',
    remedy: 'See the alerts in the app dashboard of Meta, and switch Instagram off until it is solved.',
    evidence: `${sheet}: 200 "API access blocked."`,
  },
  {
    code: '100',
    pattern: /^Unsupported request - method type/,
    kind: 'content_refused',
    source: 'system',
    name: 'app_not_approved',
    message: 'The account has no tester role in the app, or the app is not approved.',
    remedy: `Add the account as an Instagram tester of the app and accept the invitation, or let the app be reviewed. ${reconnect}`,
    evidence: `${sheet}: 100 IGApiException on every call of the Instagram Login`,
  },
  {
    code: '10',
    pattern: /^(?:\(#10\) )?Not enough viewers/,
    kind: 'content_refused',
    name: 'not_enough_viewers',
    message: 'Instagram gives no figures of a story that fewer than five people have seen.',
    remedy: 'Nothing: read them again later.',
    evidence: `${sheet} and §4: 10 "Not enough viewers…"`,
  },
  {
    subcode: '2207051',
    kind: 'content_refused',
    name: 'action_blocked',
    message: 'Instagram has blocked this action as spam.',
    remedy:
      'Wait a day, open the Instagram app and do what it asks for; then publish again with other words.',
    evidence: `${sheet}: 4/2207051, no rate limit although it says so, with HTTP 400 or 403`,
  },
  {
    subcode: '2207050',
    kind: 'content_refused',
    name: 'account_restricted',
    message: 'The account is restricted or inactive.',
    remedy: 'Open the Instagram app and do what it asks for; then publish again.',
    evidence: `${sheet}: 25/2207050`,
  },
  {
    code: '368',
    kind: 'content_refused',
    name: 'blocked_for_a_time',
    message: 'The account is blocked from this for some time.',
    remedy: 'Open the Instagram app to see why and for how long.',
    evidence: `${sheet}: 368`,
  },
  {
    code: '100',
    subcode: '33',
    operation: 'container',
    kind: 'transient',
    name: 'container_not_readable',
    message: 'Instagram does not show the container at the moment.',
    remedy: 'Nothing: it is looked at again.',
    evidence: `${sheet}: 100/33 on a container read is often temporary (live, 2026-09)`,
  },
  {
    code: '100',
    subcode: '33',
    kind: 'content_refused',
    name: 'not_found',
    message: 'There is no such thing on Instagram (any more), or the account may not see it.',
    remedy: 'If the account is still there, connect it again.',
    evidence: `${sheet}: 100/33`,
  },
];

/** Behind the rows that share these codes. */
export const permissionRows: readonly ErrorRow[] = [
  {
    code: ['10', '200'],
    kind: 'auth_expired',
    name: 'permission_missing',
    message: 'A permission that this needs was not given, or was taken back.',
    remedy: `${reconnect} Leave every permission ticked; only professional accounts can publish.`,
    evidence: `${sheet}: 10 and 200`,
  },
];
