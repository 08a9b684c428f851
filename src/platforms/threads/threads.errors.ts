import type { ErrorRow, ErrorTable } from '../core/index.js';

const sheet = 'Meta documentation, April to July 2026';
const bodies = `${sheet}; bodies seen in production`;
const reconnect = 'Connect the account again.';
const nothingToDo = 'Nothing: it is tried again.';
const publish = 'publish';

const ambiguous: readonly ErrorRow[] = [
  {
    operation: publish,
    status: [500, 599],
    code: '10',
    kind: 'outcome_unknown',
    name: 'publish_answer_lies',
    message: 'Threads says that a permission is missing, which it also says of posts that it has made.',
    remedy: 'Nothing: Fanfare looks whether the post is there.',
    evidence: 'Live reports of 2026: HTTP 500 with code 10 although the post was made',
    outage: false,
  },
];

const login: readonly ErrorRow[] = [
  {
    code: '190',
    subcode: '463',
    kind: 'auth_expired',
    name: 'token_expired',
    message: 'The login has expired.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    code: '190',
    subcode: '460',
    kind: 'auth_expired',
    name: 'password_changed',
    message: 'The password of the account was changed, which ended the login.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    code: '190',
    subcode: '458',
    kind: 'auth_expired',
    name: 'app_removed',
    message: 'The app was removed from the account.',
    remedy: reconnect,
    evidence: sheet,
  },
  {
    code: ['190', '102'],
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'Threads does not take the login any more.',
    remedy: reconnect,
    evidence: `${sheet}: also "Cannot parse access token"`,
  },
];

const permission: readonly ErrorRow[] = [
  {
    code: '100',
    subcode: '10',
    kind: 'auth_expired',
    name: 'basic_permission_missing',
    message: 'The app lacks threads_basic: the account is no tester of it, or the review is missing.',
    remedy: `Add the account as a tester of the app, or let the app be reviewed. ${reconnect}`,
    evidence: bodies,
  },
  {
    code: '10',
    subcode: '4279067',
    kind: 'content_refused',
    source: 'system',
    name: 'access_tier',
    message: 'The app has not the access that this needs.',
    remedy: 'Ask for advanced access in the app dashboard of Meta.',
    evidence: bodies,
  },
  {
    code: '200',
    pattern: /^API access blocked/,
    kind: 'content_refused',
    source: 'system',
    name: 'api_blocked',
    message: 'Meta has blocked the app, or this account, from the API.',
    remedy: 'See the alerts in the app dashboard of Meta, and switch Threads off until it is solved.',
    evidence: 'Live reports of June to September 2026: even /me fails',
  },
  {
    code: ['10', '200'],
    kind: 'auth_expired',
    name: 'permission_missing',
    message: 'The account was connected without a permission that this needs.',
    remedy: `${reconnect} Leave every permission ticked.`,
    evidence: `${sheet}; code 10 often with HTTP 500`,
  },
  {
    code: '100',
    subcode: '33',
    kind: 'content_refused',
    name: 'not_found',
    message: 'Threads has no such post, or does not show it to this account.',
    remedy: 'Check the id of the post that this one quotes or answers.',
    evidence: sheet,
  },
  {
    pattern: /profile .*not enabled/i,
    kind: 'content_refused',
    name: 'profile_not_enabled',
    message: 'This Threads profile is not enabled for the API.',
    remedy: 'Finish setting the profile up in the Threads app, and connect it again.',
    evidence: `${sheet}: "profile not enabled for API", without a code`,
  },
];

const limits: readonly ErrorRow[] = [
  {
    code: ['4', '17', '32', '613'],
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Threads asks to wait: too many calls, or the cap on posts of the last 24 hours is reached.',
    remedy: 'Nothing: it goes out later.',
    evidence: `${sheet}: 250 posts and 1,000 replies in 24 hours; 4,800 calls for each impression`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'too_many_requests',
    message: 'Threads asks to wait.',
    remedy: 'Nothing: it goes out later.',
    evidence: 'HTTP',
  },
];

const account: readonly ErrorRow[] = [
  {
    code: '25',
    subcode: '4279013',
    kind: 'content_refused',
    name: 'account_restricted',
    message: 'The account is restricted.',
    remedy: 'Open the Threads app and do what it asks for; then publish again.',
    evidence: bodies,
  },
  {
    code: '1',
    subcode: '2207051',
    kind: 'content_refused',
    name: 'action_blocked',
    message: 'Threads has blocked this action, mostly as spam.',
    remedy: 'Wait a day, then publish again with other words.',
    evidence: `${bodies}; the code is 1 here, 4 on Instagram`,
  },
  {
    code: '368',
    kind: 'content_refused',
    name: 'blocked_for_a_time',
    message: 'The account is blocked from posting for some time.',
    remedy: 'Open the Threads app to see why and for how long.',
    evidence: sheet,
  },
];

const content: readonly ErrorRow[] = [
  {
    code: '100',
    subcode: '4279071',
    kind: 'content_refused',
    name: 'topic_tag_refused',
    message: 'Threads does not allow this topic.',
    remedy: 'Publish it without the topic, or with another one.',
    evidence: bodies,
  },
  {
    code: '-1',
    subcode: '4279047',
    kind: 'transient',
    name: 'link_card_refused',
    message: 'Threads cannot make a card of the link; mostly the page is too new.',
    remedy: 'It is tried again. If it stays so, set `"linkCard": false`.',
    provesNothingCreated: true,
    evidence: 'Live in October 2026: at creation and at publishing, for pages that are minutes old',
  },
  {
    code: '100',
    pattern: /LINK_LIMIT_EXCEEDED/,
    kind: 'content_refused',
    name: 'too_many_links',
    message: 'Threads finds too many links in the post.',
    remedy: 'Leave some of them out.',
    evidence: 'THREADS_API__LINK_LIMIT_EXCEEDED, since 2025-12-22; reports from four links on',
  },
  {
    code: '100',
    operation: 'container',
    pattern: /nonexisting field \(status\)/,
    kind: 'transient',
    name: 'container_consumed',
    message: 'Threads gives no state of the container, as it does once it is published.',
    remedy: 'Nothing: Fanfare looks among the posts of the account.',
    provesNothingCreated: false,
    evidence: bodies,
  },
  {
    code: '100',
    kind: 'content_refused',
    name: 'validation_failed',
    message: 'Threads does not take the post as it is.',
    remedy: "Read Threads' words in the attempt; change the post and publish it again.",
    evidence: `${sheet}: text over 500 characters, number of children, alternative text; often with HTTP 500`,
  },
];

const mayPass: readonly ErrorRow[] = [
  {
    code: '24',
    subcode: '4279009',
    kind: 'transient',
    name: 'media_not_found_yet',
    message: 'Threads does not find the container or the post yet, although it is there.',
    remedy: nothingToDo,
    provesNothingCreated: true,
    evidence: `${bodies}: nothing is published then`,
  },
  {
    code: '1',
    subcode: '2207052',
    kind: 'transient',
    name: 'media_unreachable',
    message: 'Threads could not fetch a file from here.',
    remedy:
      'It is tried again. Check POST /api/v1/media/{id}/check-url, and that no robots.txt keeps Meta out.',
    provesNothingCreated: true,
    evidence: bodies,
  },
  {
    code: '1',
    subcode: '2207003',
    kind: 'transient',
    name: 'media_download_timeout',
    message: 'Threads took too long to fetch a file from here.',
    remedy: 'It is tried again. A faster connection, or media in S3, helps.',
    provesNothingCreated: true,
    evidence: bodies,
  },
  {
    code: '1',
    subcode: '2207032',
    kind: 'transient',
    name: 'container_failed',
    message: 'Threads could not make the container.',
    remedy: nothingToDo,
    provesNothingCreated: true,
    evidence: bodies,
  },
  {
    code: ['1', '2', 'is_transient'],
    kind: 'transient',
    name: 'unavailable',
    message: 'Threads is out of order for a moment.',
    remedy: nothingToDo,
    evidence: `${sheet}; on publishing it proves nothing`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'server_error',
    message: 'Threads, or a server on the way to it, is out of order.',
    remedy: nothingToDo,
    evidence: `${sheet}; on publishing it proves nothing`,
  },
];

/** Every answer that the documents list. What is not in it is unknown, and looked for. */
export const threadsErrors: ErrorTable = {
  platform: 'threads',
  rows: [...ambiguous, ...login, ...permission, ...limits, ...account, ...content, ...mayPass],
};
