import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { image } from '../samples.js';

const body = (code: string, message = 'Refused'): JsonObject => ({
  data: {},
  error: { code, message, log_id: '202611220000000000000000000000AB' },
});

const beginning = { operation: 'video.init' };
const pulling = {
  operation: 'photo.pull',
  draft: { text: 'Pulled', media: [image(1)], settings: { privacyLevel: 'PUBLIC_TO_EVERYONE' } },
};

function sample(
  row: string,
  kind: ErrorSample['kind'],
  status: number,
  [code, message]: readonly [code: string, message?: string],
): ErrorSample {
  return { row, kind, status, body: body(code, message), ...beginning };
}

/** As the sheet lists them; those of the address for bytes are told by their status alone. */
export const tiktokErrorSamples: readonly ErrorSample[] = [
  { ...sample('token_ended', 'auth_expired', 401, ['access_token_invalid']), ...pulling },
  { ...sample('scope_missing', 'auth_expired', 401, ['scope_not_authorized']), ...pulling },
  { ...sample('scope_missing', 'auth_expired', 400, ['scope_permission_missed']), ...pulling },
  sample('account_banned', 'content_refused', 403, ['spam_risk_user_banned_from_posting']),
  sample('app_not_audited', 'content_refused', 403, ['unaudited_client_can_only_post_to_private_accounts']),
  sample('app_too_old', 'content_refused', 400, ['app_version_check_failed']),
  sample('too_many_posts', 'rate_limited', 403, ['spam_risk_too_many_posts']),
  {
    ...sample('too_many_posts', 'rate_limited', 403, ['spam_risk_too_many_posts']),
    operation: 'creator.info',
  },
  sample('too_many_drafts', 'rate_limited', 400, ['spam_risk_too_many_pending_share']),
  sample('too_many_creators', 'rate_limited', 403, ['reached_active_user_cap']),
  sample('rate_limited', 'rate_limited', 429, ['rate_limit_exceeded']),
  sample('privacy_not_offered', 'content_refused', 403, ['privacy_level_option_mismatch']),
  { ...sample('url_not_verified', 'content_refused', 403, ['url_ownership_unverified']), ...pulling },
  sample('file_refused', 'content_refused', 400, ['invalid_file_upload']),
  sample('chunks_refused', 'content_refused', 400, ['invalid_params', 'The chunk size is invalid']),
  sample('chunks_refused', 'content_refused', 400, ['invalid_params', 'The total chunk count is invalid']),
  sample('invalid_params', 'content_refused', 400, ['invalid_params']),
  sample('invalid_params', 'content_refused', 400, ['invalid_param']),
  sample('publish_unknown', 'content_refused', 400, ['invalid_publish_id']),
  sample('publish_of_another', 'content_refused', 400, ['token_not_authorized_for_specified_publish_id']),
  sample('not_cancellable', 'content_refused', 400, ['publish_not_cancellable']),
  { row: 'piece_refused', kind: 'content_refused', status: 400, body: '' },
  { row: 'upload_expired', kind: 'transient', status: 403, body: '' },
  { row: 'upload_unknown', kind: 'transient', status: 404, body: '' },
  { row: 'piece_out_of_order', kind: 'outcome_unknown', status: 416, body: '' },
  { row: 'upload_failed', kind: 'transient', status: 503, body: '' },
  { row: 'rate_limited', kind: 'rate_limited', status: 429, body: '' },
  sample('server_error', 'transient', 500, ['internal_error']),
];
