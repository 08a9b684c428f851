import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { uprightVideo, video } from '../samples.js';

interface Graph {
  readonly code?: number;
  readonly error_subcode?: number;
  readonly message?: string;
  readonly is_transient?: boolean;
}

function sample(row: string, kind: FailureKind, error: Graph, more: Partial<ErrorSample> = {}): ErrorSample {
  const body: JsonObject = {
    error: { message: 'Something is wrong.', type: 'OAuthException', fbtrace_id: 'AbCdEf', ...error },
  };
  return { row, kind, status: 400, body, ...more };
}

const ended = (row: string, error_subcode: number): ErrorSample =>
  sample(row, 'auth_expired', { code: 190, error_subcode });
const refused = (row: string, error: Graph): ErrorSample => sample(row, 'content_refused', error);
/** Numbers that Facebook writes now as the code, now as the subcode. */
const both = (row: string, kind: FailureKind, number: number, code: number): ErrorSample[] => [
  sample(row, kind, { code, error_subcode: number }),
  sample(row, kind, { code: number }),
];
const transfer = { operation: 'videos.transfer', draft: { text: 'In pieces', media: [video(9)] } };
const bytes = {
  operation: 'videos.bytes',
  draft: { text: 'To the other host', media: [uprightVideo(9)], settings: { format: 'reel' } },
};
const debug = (row: string, kind: FailureKind, type: string, retriable: boolean): ErrorSample => ({
  ...bytes,
  row,
  kind,
  status: 400,
  body: { debug_info: { retriable, type, message: 'Something is wrong.' } },
});

/** Every row of the sheet's table (section 8), as it writes the numbers. */
export const facebookErrorSamples: readonly ErrorSample[] = [
  refused('page_token_needed', { code: 190, error_subcode: 2069032 }),
  ended('app_removed', 458),
  ended('checkpoint', 459),
  ended('password_changed', 460),
  ended('token_expired', 463),
  ended('user_unconfirmed', 464),
  ended('token_invalidated', 467),
  ended('login_blocked', 490),
  ended('role_lost', 492),
  sample('page_grant_replaced', 'auth_expired', {
    code: 190,
    message:
      "(#190) Any of the pages_read_engagement permission(s) must be granted before impersonating a user's page.",
  }),
  sample('page_not_accessible', 'auth_expired', {
    code: 190,
    message: 'The access token belongs to a Page that is not accessible.',
  }),
  sample('token_ended', 'auth_expired', { code: 190 }),
  sample('token_ended', 'auth_expired', { code: 102 }),
  refused('app_blocked', { code: 200, message: 'API access blocked.' }),
  refused('new_pages_unsupported', { code: 200, error_subcode: 2069030 }),
  refused('new_pages_unsupported', { code: 200, error_subcode: 2069031 }),
  refused('new_pages_unsupported', { code: 200, error_subcode: 2069033 }),
  refused('app_secret_wrong', { code: 1, message: 'Error validating client secret.' }),
  ...[3, 10, 200, 283, 299].map((code) => refused('permission_missing', { code })),
  refused('object_missing', { code: 100, error_subcode: 33 }),
  ...[4, 17, 32, 341, 613, 80001, 80004].map((code) => sample('rate_limited', 'rate_limited', { code })),
  sample('rate_limited', 'rate_limited', { message: '(#341) Feed action request limit reached' }),
  { row: 'too_many_requests', kind: 'rate_limited', status: 429, body: 'Too Many Requests' },
  refused('blocked_for_policy', { code: 368 }),
  ...both('abusive_content', 'content_refused', 1346003, 368),
  ...both('community_standards', 'content_refused', 1404102, 368),
  ...both('security_check', 'content_refused', 1404006, 368),
  ...both('identity_check', 'content_refused', 1404112, 368),
  ...both('account_check', 'content_refused', 4854002, 368),
  ...both('page_authorization', 'content_refused', 1404078, 368),
  ...both('shared_content_blocked', 'content_refused', 1404132, 368),
  ...both('posting_too_fast', 'rate_limited', 1390008, 368),
  ...both('facebook_link', 'content_refused', 1609008, 368),
  sample('duplicate', 'content_refused', { code: 506, message: '(#506) Duplicate status message' }),
  ...both('photos_posted_already', 'content_refused', 1366051, 100),
  ...both('link_unreachable', 'content_refused', 1609005, 100),
  ...both('url_invalid', 'content_refused', 2061006, 100),
  ...both('content_invalid', 'content_refused', 1349125, 100),
  ...both('photo_invalid', 'content_refused', 1366046, 324),
  ...both('file_invalid', 'content_refused', 2069019, 100),
  refused('name_too_long', { code: 100, message: 'Name parameter too long' }),
  refused('metric_removed', {
    code: 100,
    message: '(#100) The value must be a valid insights metric',
  }),
  refused('video_not_permitted', { code: 100, message: '(#100) No permission to publish the video' }),
  refused('parameter_invalid', { code: 100, message: '(#100) Invalid parameter' }),
  sample('image_not_fetched', 'transient', { code: 324, error_subcode: 2069019, is_transient: true }),
  refused('video_format', { code: 352 }),
  refused('video_too_small', { code: 382 }),
  refused('video_not_fetched', { code: 389, error_subcode: 1363057 }),
  refused('video_refused', { code: 390 }),
  refused('video_unusable', { code: 6000 }),
  sample(
    'transfer_failed',
    'transient',
    { code: 6000, error_subcode: 1363019 },
    { ...transfer, status: 500 },
  ),
  sample('transfer_offset', 'transient', { code: 6001, error_subcode: 1363037 }, transfer),
  sample('upload_incomplete', 'transient', { code: 6000, error_subcode: 1363048 }, transfer),
  sample('upload_incomplete', 'transient', { code: 2, error_subcode: 1363047 }, transfer),
  debug('upload_interrupted', 'transient', 'OffsetInvalidError', true),
  debug('upload_interrupted', 'transient', 'PartialRequestError', true),
  debug('upload_refused', 'content_refused', 'ProcessingFailedError', false),
  sample('maybe_posted', 'outcome_unknown', { code: 1, error_subcode: 99 }),
  sample('unavailable', 'transient', { code: 1 }, { status: 500 }),
  sample('unavailable', 'transient', { code: 2, is_transient: true }, { status: 500 }),
  sample('service_unavailable', 'transient', { code: 1363047 }),
  sample('service_unavailable', 'transient', { code: 100, error_subcode: 1609010 }),
  sample('passing', 'transient', { code: 987654, is_transient: true }),
  { row: 'server_error', kind: 'transient', status: 503 },
];
