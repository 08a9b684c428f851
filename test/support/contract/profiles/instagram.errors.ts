import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { uprightVideo } from '../samples.js';
import { photo } from './instagram.samples.js';

const graph = (code: number | null, subcode: number | null, message = 'Refused'): JsonObject => ({
  error: {
    message,
    type: 'OAuthException',
    ...(code === null ? {} : { code }),
    ...(subcode === null ? {} : { error_subcode: subcode }),
    is_transient: false,
    fbtrace_id: 'AbCdEfGh',
  },
});

const creating = { operation: 'containers.create' };
const looking = { operation: 'containers.read' };
const reel = { draft: { text: 'A reel', media: [uprightVideo(8)] } };
const debug = (retriable: boolean): JsonObject => ({
  debug_info: { retriable, type: 'ProcessingFailedError', message: 'Processing failed' },
});

const row = (
  name: string,
  kind: FailureKind,
  [code, subcode]: readonly [number | null, number | null],
  more: Partial<ErrorSample> = {},
): ErrorSample => ({ row: name, kind, status: 400, body: graph(code, subcode), ...more });

const refused = (name: string, code: number, subcode: number): ErrorSample =>
  row(name, 'content_refused', [code, subcode], creating);
const passing = (name: string, code: number, subcode: number | null): ErrorSample =>
  row(name, 'transient', [code, subcode], creating);

/** As the sheet writes them; what is answered before anything is visible is asked of the container. */
export const instagramErrorSamples: readonly ErrorSample[] = [
  row('app_removed', 'auth_expired', [190, 458]),
  row('password_changed', 'auth_expired', [190, 460]),
  row('token_expired', 'auth_expired', [190, 463]),
  row('token_invalidated', 'auth_expired', [190, 467]),
  row('token_ended', 'auth_expired', [190, null]),
  row('token_ended', 'auth_expired', [102, null]),
  row('session_invalidated', 'auth_expired', [null, null], {
    body: graph(null, null, 'Session has been invalidated because the user changed the password'),
  }),
  row('api_blocked', 'content_refused', [200, null], { body: graph(200, null, 'API access blocked.') }),
  row('app_not_approved', 'content_refused', [100, null], {
    body: { error: { message: 'Unsupported request - method type: get', type: 'IGApiException', code: 100 } },
    ...looking,
  }),
  row('not_enough_viewers', 'content_refused', [10, null], {
    body: graph(10, null, 'Not enough viewers for the media to show insights'),
  }),
  row('action_blocked', 'content_refused', [4, 2207051], {
    status: 403,
    body: graph(4, 2207051, 'Application request limit reached'),
  }),
  row('account_restricted', 'content_refused', [25, 2207050]),
  row('blocked_for_a_time', 'content_refused', [368, null]),
  row('container_not_readable', 'transient', [100, 33], looking),
  row('not_found', 'content_refused', [100, 33], creating),
  row('permission_missing', 'auth_expired', [10, null]),
  row('permission_missing', 'auth_expired', [200, null]),
  refused('caption_too_long', 36004, 2207010),
  refused('media_ratio', 36003, 2207009),
  refused('image_format', 36001, 2207005),
  refused('image_format', 36001, 2207083),
  refused('image_too_large', 36000, 2207004),
  refused('video_format', 352, 2207026),
  refused('media_type_invalid', 100, 2207023),
  refused('video_needs_reel', 100, 2207089),
  refused('carousel_count', 100, 2207028),
  refused('cover_offset', 1, 2207057),
  refused('trial_reels_unavailable', 10, 2207081),
  refused('user_not_accessible', 110, 2207018),
  refused('user_not_taggable', 210, 2207066),
  ...[2207035, 2207036, 2207037, 2207040].map((subcode) => refused('tags_refused', 100, subcode)),
  row('comment_refused', 'content_refused', [20, 1772107], {
    operation: 'comments.create',
    draft: { text: 'With a word', media: [photo(9)], settings: { firstComment: 'No' } },
  }),
  row('not_deletable', 'content_refused', [-1, 2207073]),
  row('not_deletable', 'content_refused', [-1, 2207085]),
  ...[36000, 36001, 36003, 36004, 352].map((code, index) =>
    row(
      ['image_too_large', 'image_format', 'media_ratio', 'caption_too_long', 'video_format'][index] ?? '',
      'content_refused',
      [code, null],
      creating,
    ),
  ),
  row('not_ready', 'transient', [9007, 2207027]),
  row('not_ready', 'transient', [9007, null]),
  row('media_not_found_yet', 'transient', [24, 2207006]),
  row('media_missing', 'content_refused', [24, 2207006], creating),
  row('container_gone', 'transient', [24, 2207008]),
  passing('media_unreachable', 9004, 2207052),
  passing('media_unreachable', 9004, null),
  passing('media_download_timeout', -2, 2207003),
  passing('media_expired', -2, 2207020),
  passing('upload_failed', -1, 2207053),
  passing('video_not_processed', -1, 2207076),
  passing('video_not_processed', -1, 2207077),
  passing('transcoding_failed', -1, 2207082),
  row('upload_interrupted', 'transient', [null, null], {
    body: debug(true),
    operation: 'containers.upload',
    ...reel,
  }),
  row('upload_refused', 'content_refused', [null, null], {
    body: debug(false),
    operation: 'containers.upload',
    ...reel,
  }),
  row('publish_limit', 'rate_limited', [9, 2207042]),
  ...[4, 17, 32, 613, 80002].map((code) => row('rate_limited', 'rate_limited', [code, null])),
  row('too_many_requests', 'rate_limited', [null, null], { status: 429, body: {} }),
  row('wrong_path', 'content_refused', [2500, null], { status: 500, ...creating }),
  passing('server_failed', -1, 2207001),
  passing('server_failed', -1, 2207032),
  ...[1, 2, -1].map((code) => passing('unavailable', code, null)),
  row('unavailable', 'transient', [77, null], {
    body: { error: { message: 'Later', type: 'OAuthException', code: 77, is_transient: true } },
    ...creating,
  }),
  row('server_error', 'transient', [null, null], { status: 503, body: {}, ...creating }),
  row('parameter_invalid', 'content_refused', [100, null], creating),
  row('processing_failed', 'content_refused', [null, null], {
    status: 200,
    body: { id: '1', status_code: 'ERROR', status: 'Error: Media upload has failed' },
    ...looking,
  }),
];
