import type { FailureKind, JsonObject, JsonValue } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { image, video } from '../samples.js';

const problems = 'https://api.x.com/2/problems';

function problem(detail: string, type = 'about:blank', title = detail): JsonObject {
  return { title, detail, type };
}

function refused(row: string, detail: string, kind: FailureKind = 'content_refused'): ErrorSample {
  return { row, kind, status: 403, body: { detail, status: 403, title: 'Forbidden', type: 'about:blank' } };
}

/** As the older API says it. */
function older(row: string, code: number, kind: FailureKind = 'content_refused', status = 403): ErrorSample {
  return { row, kind, status, body: { errors: [{ code, message: 'As the older API says it.' }] } };
}

function invalid(row: string, message: string, kind: FailureKind = 'content_refused'): ErrorSample {
  const type = `${problems}/invalid-request`;
  const detail = 'One or more parameters to your request was invalid.';
  const body = { ...problem(detail, type, 'Invalid Request'), errors: [{ message, parameters: {} }] };
  return { row, kind, status: 400, body };
}

const withVideo = { text: 'A clip', media: [video()] };
const processing = (error: JsonValue): JsonObject => ({
  data: { id: '1', media_key: '7_1', processing_info: { state: 'failed', error } },
});
const unusable = {
  kind: 'content_refused',
  status: 200,
  operation: 'media.finalize',
  draft: withVideo,
} as const;

/** Every answer that the sheet lists. */
export const errors: readonly ErrorSample[] = [
  invalid('media_ids_invalid', 'Your media IDs are invalid.', 'transient'),
  invalid('invalid_request', 'The `poll.options` field exceeds maximum length.'),
  ...['invalid_request', 'invalid_grant'].map((error): ErrorSample => ({
    row: 'login_ended',
    kind: 'auth_expired',
    status: 400,
    body: { error, error_description: 'Value passed for the token was invalid.' },
  })),
  {
    row: 'app_credentials_refused',
    kind: 'content_refused',
    status: 401,
    body: { error: 'unauthorized_client', error_description: 'Missing valid authorization header' },
  },
  {
    row: 'text_missing',
    kind: 'content_refused',
    status: 400,
    body: problem('Please include either text or media in your Tweet.'),
  },
  {
    row: 'invalid_request',
    kind: 'content_refused',
    status: 400,
    body: { errors: [{ message: '$.poll.duration_minutes: is missing but it is required' }] },
  },
  {
    row: 'token_ended',
    kind: 'auth_expired',
    status: 401,
    body: { ...problem('Unauthorized'), status: 401 },
  },
  ...[32, 89, 215].map((code) => older('token_ended', code, 'auth_expired', 403)),
  {
    row: 'credits_depleted',
    kind: 'rate_limited',
    status: 402,
    body: { title: 'CreditsDepleted', type: `${problems}/credits`, account_id: 1, detail: 'Out of credits.' },
  },
  {
    row: 'credits_depleted',
    kind: 'rate_limited',
    status: 402,
    body: problem('credits depleted', `${problems}/credits-depleted`, 'Payment Required'),
  },
  refused('duplicate', 'You are not allowed to create a Tweet with duplicate content.'),
  older('duplicate', 187),
  { ...refused('not_permitted', ''), body: { detail: 'You are not permitted to perform this action.' } },
  refused('too_many_cashtags', 'Posts are limited to a maximum of one cashtag'),
  refused('crypto_address', 'Crypto addresses are prohibited for the first 7 days after authentication.'),
  refused('mentions_not_allowed', 'Creating posts with @mentions is not allowed for your access package.'),
  refused(
    'reply_not_allowed',
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author.',
  ),
  refused('reply_not_allowed', 'You attempted to reply to a Tweet that is deleted or not visible to you.'),
  ...[385, 433].map((code) => older('reply_not_allowed', code)),
  refused('video_too_long', 'You are not permitted to post a video longer than 2 minutes.'),
  refused('link_refused', 'The Tweet contains an invalid URL.'),
  refused('account_locked', 'Your account is temporarily locked. Please log in to unlock it.'),
  older('account_locked', 326),
  {
    row: 'account_suspended',
    kind: 'content_refused',
    status: 403,
    body: problem('The user used for authentication is suspended', `${problems}/user-suspended`),
  },
  older('account_suspended', 64),
  older('taken_for_automated', 226),
  older('app_write_disabled', 261),
  {
    row: 'media_scope_missing',
    kind: 'content_refused',
    status: 403,
    body: problem('Forbidden'),
    operation: 'media.upload',
    draft: { text: 'A picture', media: [image()] },
  },
  {
    row: 'token_of_app',
    kind: 'auth_expired',
    status: 403,
    body: problem('Unsupported Authentication', `${problems}/unsupported-authentication`),
  },
  ...['client-forbidden', 'oauth1-permissions'].map((end): ErrorSample => ({
    row: 'app_not_enrolled',
    kind: 'content_refused',
    status: 403,
    body: { ...problem('Client Forbidden', `${problems}/${end}`), reason: 'client-not-enrolled' },
  })),
  {
    row: 'not_found',
    kind: 'content_refused',
    status: 404,
    body: problem('Could not find the post.', `${problems}/resource-not-found`, 'Not Found Error'),
  },
  {
    row: 'rate_limited',
    kind: 'rate_limited',
    status: 429,
    body: { ...problem('Too Many Requests'), status: 429 },
  },
  older('rate_limited', 88, 'rate_limited', 403),
  {
    row: 'usage_capped',
    kind: 'rate_limited',
    status: 429,
    body: {
      ...problem('Usage cap exceeded: Monthly product cap', `${problems}/usage-capped`, 'UsageCapExceeded'),
      period: 'Monthly',
      scope: 'Product',
    },
  },
  older('daily_limit', 185, 'rate_limited'),
  { row: 'unavailable', kind: 'transient', status: 503 },
  older('unavailable', 130, 'transient', 503),
  older('unavailable', 131, 'transient', 403),
  older('text_too_long', 186),
  ...[324, 325].map((code) => older('media_ids_invalid', code, 'transient', 400)),
  {
    row: 'media_refused',
    kind: 'content_refused',
    status: 400,
    body: { request: '/2/media/upload', error: 'media type unrecognized.' },
    operation: 'media.upload',
    draft: { text: 'A picture', media: [image()] },
  },
  { row: 'media_unusable', ...unusable, body: processing({ code: 1, name: 'InvalidMedia' }) },
  { row: 'media_unusable', ...unusable, body: processing({ code: 3, name: 'UnsupportedMedia' }) },
  { row: 'media_failed', ...unusable, body: processing({ code: 2, message: 'Something else' }) },
];
