import type { JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';

const graph = (code: number, subcode: number | null, message = 'Refused'): JsonObject => ({
  error: {
    message,
    type: 'OAuthException',
    code,
    ...(subcode === null ? {} : { error_subcode: subcode }),
    is_transient: false,
    fbtrace_id: 'AbCdEfGh',
  },
});

const lies = (code: number, message: string): JsonObject => ({
  error: { message, type: 'THApiException', code, fbtrace_id: 'AbCdEfGh' },
});

const creating = { operation: 'containers.create' };
const looking = { operation: 'containers.read' };

/** As the sheet writes them; what is answered before anything is visible is asked of the container. */
export const threadsErrorSamples: readonly ErrorSample[] = [
  { row: 'publish_answer_lies', kind: 'outcome_unknown', status: 500, body: lies(10, 'Permission denied') },
  { row: 'token_expired', kind: 'auth_expired', status: 401, body: graph(190, 463) },
  { row: 'password_changed', kind: 'auth_expired', status: 401, body: graph(190, 460) },
  { row: 'app_removed', kind: 'auth_expired', status: 401, body: graph(190, 458) },
  {
    row: 'token_ended',
    kind: 'auth_expired',
    status: 401,
    body: graph(190, null, 'Invalid OAuth access token - Cannot parse access token'),
  },
  { row: 'token_ended', kind: 'auth_expired', status: 401, body: graph(102, null) },
  {
    row: 'basic_permission_missing',
    kind: 'auth_expired',
    status: 400,
    body: graph(100, 10, 'The action requires the threads_basic permission'),
  },
  { row: 'access_tier', kind: 'content_refused', status: 403, body: graph(10, 4279067) },
  { row: 'api_blocked', kind: 'content_refused', status: 400, body: graph(200, null, 'API access blocked.') },
  { row: 'permission_missing', kind: 'auth_expired', status: 403, body: graph(200, null) },
  { row: 'permission_missing', kind: 'auth_expired', status: 403, body: graph(10, null) },
  { row: 'not_found', kind: 'content_refused', status: 400, body: graph(100, 33), ...creating },
  {
    row: 'profile_not_enabled',
    kind: 'content_refused',
    status: 400,
    body: { error: { message: 'The profile is not enabled for API', type: 'OAuthException' } },
    ...creating,
  },
  ...[4, 17, 32, 613].map((code): ErrorSample => ({
    row: 'rate_limited',
    kind: 'rate_limited',
    status: 400,
    body: graph(code, null),
  })),
  { row: 'too_many_requests', kind: 'rate_limited', status: 429, body: {} },
  { row: 'account_restricted', kind: 'content_refused', status: 400, body: graph(25, 4279013) },
  { row: 'action_blocked', kind: 'content_refused', status: 400, body: graph(1, 2207051) },
  { row: 'blocked_for_a_time', kind: 'content_refused', status: 400, body: graph(368, null) },
  { row: 'topic_tag_refused', kind: 'content_refused', status: 400, body: graph(100, 4279071), ...creating },
  { row: 'link_card_refused', kind: 'transient', status: 400, body: graph(-1, 4279047) },
  {
    row: 'too_many_links',
    kind: 'content_refused',
    status: 400,
    body: graph(100, null, 'THREADS_API__LINK_LIMIT_EXCEEDED'),
    ...creating,
  },
  {
    row: 'container_consumed',
    kind: 'transient',
    status: 400,
    body: graph(100, null, '(#100) Tried accessing nonexisting field (status)'),
    ...looking,
  },
  {
    row: 'validation_failed',
    kind: 'content_refused',
    status: 500,
    body: lies(100, 'Param text must be at most 500 characters long.'),
    ...creating,
  },
  { row: 'media_not_found_yet', kind: 'transient', status: 400, body: graph(24, 4279009, 'Media Not Found') },
  { row: 'media_unreachable', kind: 'transient', status: 400, body: graph(1, 2207052), ...creating },
  { row: 'media_download_timeout', kind: 'transient', status: 400, body: graph(1, 2207003), ...creating },
  { row: 'container_failed', kind: 'transient', status: 400, body: graph(1, 2207032), ...creating },
  { row: 'unavailable', kind: 'transient', status: 500, body: graph(1, null), ...creating },
  { row: 'unavailable', kind: 'transient', status: 500, body: graph(2, null) },
  {
    row: 'unavailable',
    kind: 'transient',
    status: 400,
    body: { error: { message: 'Later', type: 'OAuthException', code: 77, is_transient: true } },
    ...creating,
  },
  { row: 'server_error', kind: 'transient', status: 503, body: {}, ...creating },
];
