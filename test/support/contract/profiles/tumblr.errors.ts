import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';

const filler = 'Minor hiccup. Try again.';

const envelope = (status: number, msg: string, errors: JsonObject[]): JsonObject => ({
  meta: { status, msg },
  response: [],
  errors,
});

function coded(
  row: string,
  status: number,
  code: number,
  kind: FailureKind = 'content_refused',
): ErrorSample {
  const body = envelope(status, 'Refused', [{ title: 'Refused', code, detail: filler }]);
  return { row, kind, status, body };
}

/** As the sheet writes them: the words are filler and never obeyed. */
export const tumblrErrorSamples: readonly ErrorSample[] = [
  coded('token_ended', 401, 0, 'auth_expired'),
  coded('token_ended', 401, 1016, 'auth_expired'),
  coded('not_found', 404, 0),
  coded('media_quota', 403, 8004, 'rate_limited'),
  coded('video_quota', 403, 8011, 'rate_limited'),
  coded('queue_full', 403, 8022, 'rate_limited'),
  coded('daily_limit', 403, 8023, 'rate_limited'),
  {
    row: 'rate_limited',
    kind: 'rate_limited',
    status: 429,
    headers: { 'x-ratelimit-perday-remaining': '0', 'x-ratelimit-perday-reset': '600' },
    body: envelope(429, 'Limit Exceeded', []),
  },
  { row: 'rate_limited', kind: 'rate_limited', status: 429, body: envelope(429, 'Limit Exceeded', []) },
  coded('npf_invalid', 400, 8001),
  {
    row: 'npf_invalid',
    kind: 'content_refused',
    status: 400,
    // Several entries, and the older place of them.
    body: {
      meta: { status: 400, msg: 'Bad Request' },
      response: {
        errors: [
          { title: 'Bad Request', code: 0 },
          { title: 'Bad Request', code: 8001 },
        ],
      },
    },
  },
  coded('reblog_parent_invalid', 400, 8002),
  coded('media_refused', 400, 8005),
  coded('answer_layout_invalid', 400, 8016),
  coded('video_in_reblog', 403, 8008),
  coded('video_converting', 403, 8010, 'transient'),
  coded('image_upload_failed', 500, 8006, 'transient'),
  coded('video_upload_failed', 500, 8009, 'transient'),
  coded('video_upload_failed', 400, 8009, 'transient'),
  coded('posting_disabled', 503, 0, 'transient'),
  {
    row: 'edge_refused',
    kind: 'transient',
    status: 403,
    body: '<html><head><title>403 Forbidden</title></head><body>nginx</body></html>',
  },
  coded('validation_failed', 400, 0),
  coded('not_allowed', 403, 0),
  { row: 'not_allowed', kind: 'content_refused', status: 403, body: envelope(403, 'Forbidden', []) },
  coded('server_error', 500, 0, 'transient'),
];
