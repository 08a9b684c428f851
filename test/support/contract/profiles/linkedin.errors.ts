import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { Draft, ErrorSample } from '../profile.js';
import { image } from '../samples.js';

const withPicture: Draft = { text: 'With a picture', media: [image(9)] };
const withComment: Draft = { text: 'With a comment', settings: { firstComment: 'First' } };
const upload = { operation: 'upload', draft: withPicture };
const comment = { operation: 'comments.create', draft: withComment };

type More = Omit<ErrorSample, 'row' | 'kind' | 'status' | 'body'>;

function sample(row: string, kind: FailureKind, body: JsonObject, more: More = {}): ErrorSample {
  return { row, kind, status: Number(body['status']), body, ...more };
}

const ended = (serviceErrorCode: number, code: string): ErrorSample =>
  sample('token_ended', 'auth_expired', { status: 401, serviceErrorCode, code, message: code });

const invalid = (code: string): ErrorSample =>
  sample('validation_failed', 'content_refused', { status: 400, code, message: `Refused: ${code}` });

/** Every answer that the documents and reports list, as they write it. */
export const linkedinErrorSamples: readonly ErrorSample[] = [
  ended(65600, 'INVALID_ACCESS_TOKEN'),
  ended(65601, 'REVOKED_ACCESS_TOKEN'),
  ended(65602, 'EXPIRED_ACCESS_TOKEN'),
  ended(65604, 'EMPTY_ACCESS_TOKEN'),
  sample('token_ended', 'auth_expired', { status: 401, serviceErrorCode: 65602, message: 'Expired' }),
  sample('token_ended', 'auth_expired', { status: 401, code: 'REVOKED_ACCESS_TOKEN', message: 'Revoked' }),
  sample('token_empty', 'auth_expired', {
    ...{ status: 401, serviceErrorCode: 401, message: 'Empty oauth2_access_token' },
  }),
  sample('account_restricted', 'content_refused', { status: 401, message: 'Member is restricted' }),
  { row: 'upload_url_expired', kind: 'transient', status: 401, ...upload },
  { row: 'upload_url_expired', kind: 'transient', status: 403, ...upload },
  sample('upload_url_expired', 'transient', { status: 400, code: 'EXPIRED_UPLOAD_URL' }, upload),
  sample('access_denied', 'content_refused', {
    ...{ status: 403, serviceErrorCode: 100, code: 'ACCESS_DENIED' },
    message: 'Not enough permissions to access: posts.CREATE',
  }),
  sample('access_denied', 'content_refused', {
    ...{ status: 403, serviceErrorCode: 100 },
    message: 'Not enough permissions to access: POST /posts',
  }),
  sample('author_refused', 'content_refused', {
    ...{ status: 403, serviceErrorCode: 100 },
    message: 'Field Value validation failed in REQUEST_BODY: Data Processing Exception [/author]',
  }),
  sample('field_not_permitted', 'content_refused', {
    ...{ status: 403, serviceErrorCode: 100 },
    message: 'Unpermitted fields present in REQUEST_BODY: Data Processing Exception [/content]',
  }),
  sample('organization_permission_missing', 'auth_expired', {
    status: 400,
    message: 'Organization permissions must be used when using organization as author',
  }),
  sample('asset_of_another', 'content_refused', {
    status: 400,
    message: 'One or more of the assets is not owned by the author: urn:li:image:1',
  }),
  sample('owner_not_supported', 'content_refused', {
    status: 400,
    message: 'Owner entity type person is not supported',
  }),
  sample('text_too_long', 'content_refused', {
    status: 400,
    message: 'ShareCommentary text length (4012 characters) exceeded the maximum allowed (4000 characters)',
  }),
  invalid('MISSING_FIELD'),
  invalid('INVALID_VALUE_FOR_FIELD'),
  invalid('INVALID_URN_TYPE'),
  invalid('FIELD_LENGTH_TOO_LONG'),
  invalid('ILLEGAL_ARGUMENT'),
  invalid('PARAM_INVALID'),
  sample('media_not_ready', 'transient', { status: 400, code: 'MEDIA_ASSET_WAITING_UPLOAD' }),
  sample('media_processing_failed', 'content_refused', {
    ...{ status: 400, code: 'MEDIA_ASSET_PROCESSING_FAILED' },
  }),
  sample('version_ended', 'content_refused', { status: 400, code: 'VERSION_MISSING' }),
  sample('version_ended', 'content_refused', { status: 426, code: 'NONEXISTENT_VERSION' }),
  sample('not_found', 'content_refused', { status: 404, message: 'Could not find entity' }),
  sample(
    'comment_not_yet',
    'transient',
    { status: 404, message: 'Unable to obtain activity for urn urn:li:share:1' },
    comment,
  ),
  sample('comment_not_yet', 'transient', { status: 403, message: 'The resource is forbidden' }, comment),
  sample('conflict', 'transient', { status: 409, code: 'CONFLICT' }),
  sample('duplicate_post', 'content_refused', {
    errorDetailType: 'com.linkedin.common.error.BadRequest',
    message: 'Content is a duplicate of urn:li:share:7000000000000000001',
    errorDetails: {
      inputErrors: [{ description: 'Duplicate post is detected', input: {}, code: 'DUPLICATE_POST' }],
    },
    status: 422,
  }),
  sample('duplicate_post', 'content_refused', {
    status: 422,
    message: 'Content is a duplicate of urn:li:ugcPost:7000000000000000001',
  }),
  sample('schema_invalid', 'content_refused', {
    status: 422,
    message: 'ERROR :: /visibility :: field is required but not found',
  }),
  sample('daily_limit', 'rate_limited', {
    ...{ status: 429, serviceErrorCode: 101, code: 'TOO_MANY_REQUESTS' },
    message: 'Resource level throttle MEMBER DAY limit for calls to this resource is reached.',
  }),
  sample(
    'comments_throttled',
    'rate_limited',
    { status: 429, message: 'Comment create throttled: creation rate limit exceeded for member' },
    comment,
  ),
  sample('rate_limited', 'rate_limited', { status: 429, code: 'TOO_MANY_REQUESTS' }),
  sample('unavailable', 'transient', { status: 500, code: 'INTERNAL_SERVER_ERROR' }),
  sample('unavailable', 'transient', {
    ...{ errorCode: 0, message: 'Internal service error', requestId: 'X1', status: 500 },
  }),
  ...[502, 503, 504, 524].map((status): ErrorSample => ({ row: 'unavailable', kind: 'transient', status })),
];
