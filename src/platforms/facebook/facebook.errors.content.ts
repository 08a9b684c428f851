import type { ErrorRow } from '../core/index.js';
import { permissionRows } from './facebook.errors.access.js';

const sheet = 'Fact sheet §8 (Graph API v26.0, 2026-10)';
const byPerson = 'Log in on facebook.com as somebody who runs the page and do what it asks for.';
const change = "Read Facebook's words in the attempt; change the post and publish it again.";

type Row = Omit<ErrorRow, 'code' | 'subcode' | 'pattern'>;

/** Facebook writes these numbers now as the code, now as the subcode. */
export function numbered(number: string, row: Row): ErrorRow[] {
  return [
    { ...row, subcode: number },
    { ...row, code: number },
  ];
}

const policy: readonly (readonly [number: string, name: string, message: string, remedy: string])[] = [
  ['1346003', 'abusive_content', 'Facebook takes the content for abusive.', change],
  ['1404102', 'community_standards', 'The content goes against the community standards.', change],
  ['1404006', 'security_check', 'Facebook wants the person to pass a security check.', byPerson],
  [
    '1404112',
    'identity_check',
    'Facebook wants to see who the person is; that lasts days.',
    `${byPerson} Trying again does not help.`,
  ],
  ['4854002', 'account_check', 'Facebook wants the person to confirm their account.', byPerson],
  [
    '1404078',
    'page_authorization',
    'The page lacks its publishing authorization, or is blocked for a while.',
    `${byPerson} Connecting again does not help.`,
  ],
  ['1404132', 'shared_content_blocked', 'Facebook has blocked the page for what it has shared.', byPerson],
  [
    '1609008',
    'facebook_link',
    'The link leads to facebook.com, which may not be posted by an app.',
    'Take the link out.',
  ],
];

const refusals: readonly ErrorRow[] = [
  ...policy.flatMap(([number, name, message, remedy]) =>
    numbered(number, {
      kind: 'content_refused',
      name,
      message,
      remedy,
      evidence: `${sheet}: ${number}`,
    }),
  ),
  ...numbered('1390008', {
    kind: 'rate_limited',
    name: 'posting_too_fast',
    message: 'Facebook finds that the page posts too fast.',
    remedy: 'Nothing: Fanfare waits half an hour. Post less often.',
    evidence: `${sheet} and §7: 1390008`,
  }),
  {
    code: '368',
    kind: 'content_refused',
    name: 'blocked_for_policy',
    message: 'Facebook has blocked the page, the person or the content; for hours or for days.',
    remedy: byPerson,
    evidence: `${sheet}: 368`,
  },
  {
    code: '506',
    kind: 'content_refused',
    name: 'duplicate',
    saysDuplicate: true,
    message: 'The newest post of the page says the same already; Facebook takes no words twice in a row.',
    remedy: 'Change the text, or leave it.',
    evidence: `${sheet} and §9: 506, HTTP 400; only for the same text twice in a row`,
  },
  ...numbered('1366051', {
    kind: 'content_refused',
    name: 'photos_posted_already',
    message: 'These photos were posted already.',
    remedy: 'Choose other pictures, or leave it.',
    evidence: `${sheet}: 1366051`,
  }),
  ...numbered('1609005', {
    kind: 'content_refused',
    name: 'link_unreachable',
    message: 'Facebook cannot reach the page that the link leads to.',
    remedy: 'See that it opens for everybody, or take the link out.',
    evidence: `${sheet}: 1609005`,
  }),
  ...numbered('2061006', {
    kind: 'content_refused',
    name: 'url_invalid',
    message: 'Facebook does not take the address of the link.',
    remedy: 'Correct the link.',
    evidence: `${sheet}: 2061006`,
  }),
  ...numbered('1349125', {
    kind: 'content_refused',
    name: 'content_invalid',
    message: 'Facebook does not take the content as it is.',
    remedy: change,
    evidence: `${sheet}: 1349125`,
  }),
  {
    pattern: /Name parameter too long/,
    kind: 'content_refused',
    name: 'name_too_long',
    message: 'A title or text is too long for Facebook.',
    remedy: 'Shorten it.',
    evidence: `${sheet}: in words`,
  },
  {
    code: '100',
    pattern: /valid insights metric/,
    kind: 'content_refused',
    source: 'system',
    name: 'metric_removed',
    message: 'Facebook does not give one of the figures any more.',
    remedy: 'Nothing: the others are read without it.',
    evidence: 'Fact sheet §5: removed on 2025-11-15 and in June 2026',
  },
  {
    code: '100',
    pattern: /No permission to publish the video/,
    kind: 'content_refused',
    name: 'video_not_permitted',
    message: 'The page may not publish this video.',
    remedy: 'See that the person may create content on the page, and connect it again.',
    evidence: `${sheet}: (#100) in words`,
  },
];

export const contentRows: readonly ErrorRow[] = [...refusals, ...permissionRows];
