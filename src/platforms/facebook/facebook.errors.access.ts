import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §8 (Graph API v26.0, 2026-10)';
const reconnect = 'Connect the page again.';
const operator = 'The operator of this installation has to look at the app on developers.facebook.com.';
const permissions = ['10', '3', ...Array.from({ length: 100 }, (_, index) => String(200 + index))];

/** A login that ended, by its subcode. */
const ended: readonly (readonly [subcode: string, name: string, message: string, remedy: string])[] = [
  ['458', 'app_removed', 'The person has removed the app from their account.', reconnect],
  [
    '459',
    'checkpoint',
    'Facebook wants the person to confirm who they are.',
    `Log in on facebook.com and do what it asks for. ${reconnect}`,
  ],
  ['460', 'password_changed', 'The password of the person was changed, which ends every login.', reconnect],
  ['463', 'token_expired', 'The login has expired.', reconnect],
  [
    '464',
    'user_unconfirmed',
    'The account of the person is not confirmed.',
    `Confirm it on facebook.com. ${reconnect}`,
  ],
  ['467', 'token_invalidated', 'Facebook has ended the login: a logout, or a check of security.', reconnect],
  ['490', 'login_blocked', 'Facebook does not take the login until the person logs in again.', reconnect],
  [
    '492',
    'role_lost',
    'The person has no role on the page any more.',
    `Give the person their role back. ${reconnect}`,
  ],
];

export const accessRows: readonly ErrorRow[] = [
  {
    code: '190',
    subcode: '2069032',
    kind: 'content_refused',
    source: 'system',
    name: 'page_token_needed',
    message: 'The call was made with the token of a person where the token of the page is needed.',
    remedy: 'Connect the page again; if it stays so, report it.',
    evidence: `${sheet}: 190/2069032, a fault of the setup and not an end of the login`,
  },
  ...ended.map(([subcode, name, message, remedy]): ErrorRow => ({
    subcode,
    kind: 'auth_expired',
    name,
    message,
    remedy,
    evidence: `${sheet}: subcode ${subcode}`,
  })),
  {
    code: '190',
    pattern: /permission\(s\) must be granted before impersonating a user's page/,
    kind: 'auth_expired',
    name: 'page_grant_replaced',
    message: 'A later login of the same person has left out this page or a permission.',
    remedy: 'Connect again and tick every page and every permission.',
    evidence: `${sheet}: 190 without a subcode, in words (2026-07)`,
  },
  {
    code: '190',
    pattern: /belongs to a Page that is not accessible/,
    kind: 'auth_expired',
    name: 'page_not_accessible',
    message: 'The login does not reach this page any more.',
    remedy: 'Connect again and tick every page.',
    evidence: `${sheet}: 190 without a subcode, in words (2026-07)`,
  },
  {
    code: ['190', '102'],
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'Facebook does not take the login any more.',
    remedy: reconnect,
    evidence: `${sheet}: 190 and 102`,
  },
  {
    code: '200',
    pattern: /^(?:\(#200\) )?API access blocked/,
    kind: 'content_refused',
    source: 'system',
    name: 'app_blocked',
    message: 'Meta has blocked the app, or the account behind it: nothing goes out to any page.',
    remedy: `Switch the platform off until it is settled. ${operator}`,
    evidence: `${sheet}: live reports 2026-06 to 09; even /me fails`,
  },
  ...['2069030', '2069031', '2069033'].map((subcode): ErrorRow => ({
    code: '200',
    subcode,
    kind: 'content_refused',
    source: 'system',
    name: 'new_pages_unsupported',
    message: 'This call is not made for pages of the new kind.',
    remedy: 'Report it: Fanfare should not make it.',
    evidence: `${sheet}: 200/${subcode}`,
  })),
  {
    code: '1',
    pattern: /^Error validating client secret/,
    kind: 'content_refused',
    source: 'system',
    name: 'app_secret_wrong',
    message: 'Facebook does not take the secret of the app.',
    remedy: `Check PLATFORM_FACEBOOK_CLIENT_ID and _CLIENT_SECRET. ${operator}`,
    provesNothingCreated: true,
    evidence: `${sheet}: code 1 that does not pass`,
  },
];

/** Behind the rows of policy, which come with some of these codes as well. */
export const permissionRows: readonly ErrorRow[] = [
  {
    code: permissions,
    kind: 'content_refused',
    name: 'permission_missing',
    message: 'A permission that this needs was not given, or was taken back.',
    remedy:
      'Connect the page again with every permission ticked, and see that the person may create content.',
    evidence: `${sheet}: 10, 3, 200 to 299`,
  },
  {
    code: '100',
    subcode: '33',
    kind: 'content_refused',
    name: 'object_missing',
    message: 'There is no such thing on Facebook (any more), or the page may not see it.',
    remedy: 'If the page is still there, connect it again.',
    evidence: `${sheet}: 100/33`,
  },
];
