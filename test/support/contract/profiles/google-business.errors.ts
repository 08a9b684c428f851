import type { FailureKind, JsonObject, JsonValue } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { noise } from './google-business.samples.js';

function sample(
  row: string,
  kind: FailureKind,
  code: number,
  status: string,
  details: readonly JsonObject[] = [],
  message = 'Something is wrong.',
): ErrorSample {
  const error: JsonObject = {
    code,
    message,
    status,
    ...(details.length === 0 ? {} : { details: [...details] }),
  };
  return { row, kind, status: code, body: { error } };
}

const reason = (name: string, metadata: JsonObject = {}): JsonObject => ({
  '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
  ...{ reason: name, domain: 'googleapis.com', metadata },
});
const wrongField = (code: number, field: string, message: string): JsonObject => ({
  '@type': 'type.googleapis.com/google.mybusiness.v4.ValidationError',
  errorDetails: [{ code, field, message, value: '…' }],
});
const validation = (row: string, kind: FailureKind, detail: JsonObject): ErrorSample =>
  sample(row, kind, 400, 'INVALID_ARGUMENT', [detail], 'Request contains an invalid argument.');
const withPhoto = { draft: { text: 'With a photo', media: [noise()] } };
const page: JsonValue = '<!DOCTYPE html><title>Error 404 (Not Found)!!1</title>';

/** Every row of the sheet's table (section 6), as Google writes it. */
export const googleBusinessErrorSamples: readonly ErrorSample[] = [
  sample('token_refused', 'auth_expired', 401, 'UNAUTHENTICATED'),
  sample('api_disabled', 'content_refused', 403, 'PERMISSION_DENIED', [reason('SERVICE_DISABLED')]),
  sample('scope_missing', 'auth_expired', 403, 'PERMISSION_DENIED', [
    reason('ACCESS_TOKEN_SCOPE_INSUFFICIENT'),
  ]),
  sample('permission_denied', 'content_refused', 403, 'PERMISSION_DENIED'),
  validation(
    'invalid_argument',
    'content_refused',
    wrongField(5, 'summary', 'Must be at most 1500 characters'),
  ),
  {
    ...validation('photo_not_fetched', 'transient', wrongField(1000, 'media', 'Fetching image failed.')),
    ...withPhoto,
  },
  {
    ...validation('photo_not_fetched', 'transient', wrongField(1000, 'media', 'PHOTO_FETCH_FAILED')),
    ...withPhoto,
  },
  {
    ...validation('photo_not_fetched', 'transient', wrongField(1000, 'media', 'PHOTO_UPLOAD_FAILED')),
    ...withPhoto,
  },
  sample('location_takes_no_posts', 'content_refused', 400, 'FAILED_PRECONDITION', [
    reason('LOCATION_DISABLED_FOR_LOCAL_POST_API'),
  ]),
  sample('not_found', 'content_refused', 404, 'NOT_FOUND'),
  { row: 'no_such_path', kind: 'content_refused', status: 404, body: page },
  sample('conflict', 'outcome_unknown', 409, 'ALREADY_EXISTS'),
  sample('conflict', 'outcome_unknown', 409, 'ABORTED'),
  sample('rate_limited', 'rate_limited', 429, 'RESOURCE_EXHAUSTED', [
    reason('RATE_LIMIT_EXCEEDED', { quota_limit_value: '300' }),
  ]),
  sample('project_not_approved', 'content_refused', 429, 'RESOURCE_EXHAUSTED', [
    reason('RATE_LIMIT_EXCEEDED', { quota_limit_value: '0' }),
  ]),
  sample('internal', 'outcome_unknown', 500, 'INTERNAL'),
  sample('unavailable', 'outcome_unknown', 503, 'UNAVAILABLE'),
  sample('unavailable', 'outcome_unknown', 504, 'DEADLINE_EXCEEDED'),
];
