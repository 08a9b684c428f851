import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { image, video } from '../samples.js';

/** Settings with which a post is written together with what says who may reply and quote. */
export const gates: JsonObject = { whoMayReply: ['nobody'], whoMayQuote: 'nobody' };

function answer(
  row: string,
  kind: FailureKind,
  [status, error, message = 'As the sheet has it']: readonly [number, string, string?],
): ErrorSample {
  return { row, kind, status, body: { error, message } };
}

/** The same, to the call that writes several records. */
function toBatch(sample: ErrorSample): ErrorSample {
  const draft = { text: 'Nobody may reply', settings: gates };
  return { ...sample, operation: 'com.atproto.repo.applyWrites', draft };
}

/** The same, to the upload of a picture. */
function toUpload(sample: ErrorSample): ErrorSample {
  const draft = { text: 'A picture', media: [image()] };
  return { ...sample, operation: 'com.atproto.repo.uploadBlob', draft };
}

/** The same, to the call that looks for a post to quote. */
function toAppView(sample: ErrorSample): ErrorSample {
  const settings = { quote: 'at://did:plc:somebody/app.bsky.feed.post/3kquotedpost2' };
  return { ...sample, operation: 'app.bsky.feed.getPosts', draft: { text: 'What she says', settings } };
}

/** What became of a video, by the answer that says so. */
function job(row: string, kind: FailureKind, failureCode: string): ErrorSample {
  return {
    row,
    kind,
    status: 200,
    body: {
      jobStatus: { jobId: 'job-1', state: 'JOB_STATE_FAILED', error: 'As the sheet has it', failureCode },
    },
    operation: 'app.bsky.video.getJobStatus',
    draft: { text: 'A clip', media: [video()] },
  };
}

/** Every answer that the sheet lists, but those of the login and of a video service that fails by itself. */
export const errors: readonly ErrorSample[] = [
  answer('token_expired', 'auth_expired', [400, 'ExpiredToken', 'Token has expired']),
  answer('app_password_scope', 'content_refused', [400, 'InvalidToken', 'Bad token scope']),
  answer('token_invalid', 'auth_expired', [400, 'InvalidToken', 'Token could not be verified']),
  answer('second_factor_required', 'auth_expired', [401, 'AuthFactorTokenRequired']),
  ...['AccountTakedown', 'AccountSuspended'].map((error) =>
    answer('account_blocked', 'content_refused', [401, error]),
  ),
  answer('account_deactivated', 'content_refused', [401, 'AccountDeactivated']),
  answer('dpop_required', 'content_refused', [401, 'use_dpop_nonce']),
  answer('wrong_repository', 'content_refused', [401, 'AuthenticationRequired']),
  toBatch(answer('wrong_repository', 'content_refused', [401, 'AuthenticationRequired'])),
  answer('login_required', 'auth_expired', [401, 'AuthMissing']),
  answer('record_key_taken', 'outcome_unknown', [400, 'InvalidSwap', 'Record was at bafyrei']),
  ...['InvalidMimeType', 'InvalidSize', 'BlobTooLarge'].map((error) =>
    answer('media_refused', 'content_refused', [400, error]),
  ),
  answer('media_gone', 'content_refused', [400, 'BlobNotFound', 'Could not find blob: bafkrei']),
  toUpload(
    answer('media_too_large', 'content_refused', [413, 'PayloadTooLarge', 'request entity too large']),
  ),
  answer('record_invalid', 'content_refused', [400, 'InvalidRequest', 'Record/text must not be longer']),
  answer('record_invalid', 'content_refused', [400, 'SyntaxError']),
  answer('email_unconfirmed', 'content_refused', [401, 'unconfirmed_email']),
  ...['validation_failure', 'encoding_failure', 'pds_upload_unsupported_blob_size'].map((code) =>
    job('video_refused', 'content_refused', code),
  ),
  answer('rate_limited', 'rate_limited', [429, 'RateLimitExceeded', 'Rate Limit Exceeded']),
  answer('write_ambiguous', 'outcome_unknown', [500, 'InternalServerError', 'Internal Server Error']),
  toBatch(answer('write_ambiguous', 'outcome_unknown', [500, 'InternalServerError'])),
  toAppView(answer('appview_unavailable', 'transient', [502, 'UpstreamFailure', 'Upstream Failure'])),
  answer('unavailable', 'transient', [502, 'UpstreamFailure', 'Upstream Failure']),
  answer('unavailable', 'transient', [502, 'UpstreamTimeout']),
  answer('unavailable', 'transient', [503, 'ServiceUnavailable']),
  answer('unavailable', 'transient', [504, 'GatewayTimeout']),
];
