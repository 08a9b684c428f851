import type { FailureKind } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { image } from '../samples.js';

function answer(row: string, kind: FailureKind, [status, error]: readonly [number, string]): ErrorSample {
  return { row, kind, status, body: { error } };
}

function refused(row: string, status: number, error: string): ErrorSample {
  return answer(row, 'content_refused', [status, error]);
}

/** Codes of OAuth, which any route may give. */
function login(row: string, status: number, error: string): ErrorSample {
  return { row, kind: 'auth_expired', status, body: { error, error_description: 'As the sheet has it' } };
}

/** Of an upload. */
function upload(sample: ErrorSample): ErrorSample {
  return { ...sample, operation: 'media.create', draft: { text: 'A picture', media: [image()] } };
}

/** Every answer that the sheet lists, to what a post is made of. */
export const errors: readonly ErrorSample[] = [
  login('app_unknown', 401, 'invalid_client'),
  login('code_invalid', 400, 'invalid_grant'),
  ...['The access token is invalid', 'The access token was revoked', 'The access token expired'].map(
    (words) => answer('token_revoked', 'auth_expired', [401, words]),
  ),
  answer('scope_missing', 'auth_expired', [403, 'This action is outside the authorized scopes']),
  ...[
    'Your login is currently disabled',
    'Your login is currently pending approval',
    'Your login is missing a confirmed e-mail address',
  ].map((words) => refused('account_blocked', 403, words)),
  refused('forbidden', 403, 'This action is not allowed'),
  answer('user_token_missing', 'auth_expired', [422, 'This method requires an authenticated user']),
  refused('target_gone', 404, 'Record not found'),
  answer('media_processing', 'transient', [
    422,
    'Cannot attach files that have not finished processing. Try again in a moment!',
  ]),
  upload(refused('media_refused', 422, 'Validation failed: File content type is invalid')),
  ...[
    'Text character limit of 500 exceeded',
    "Text can't be blank",
    'Cannot attach both media and a poll',
    'Cannot attach a video to a post that already contains images',
    'Media 42 not found',
    'Options contain duplicate items',
  ].map((words) => refused('validation_failed', 422, `Validation failed: ${words}`)),
  refused('request_invalid', 400, 'param is missing or the value is empty: status'),
  upload(refused('media_too_large', 413, 'Payload Too Large')),
  {
    ...refused('instance_elsewhere', 301, 'Moved Permanently'),
    headers: { location: 'https://social.example/api/v1/statuses' },
  },
  // The words are older, newer, or in the language of the instance.
  ...['Too many requests', 'Throttled', 'Zu viele Anfragen'].map((words) =>
    answer('rate_limited', 'rate_limited', [429, words]),
  ),
  upload(
    answer('media_processing_failed', 'transient', [500, 'Error processing thumbnail for uploaded media']),
  ),
  ...[500, 503].map((status) => answer('unavailable', 'transient', [status, 'Out of order'])),
  ...[502, 504, 520, 527].map((status): ErrorSample => ({
    row: 'unavailable',
    kind: 'transient',
    status,
    body: '<html><body><h1>A page of somebody else</h1></body></html>',
  })),
  ...[410, 451].map((status) => answer('instance_gone', 'transient', [status, 'Gone'])),
];
