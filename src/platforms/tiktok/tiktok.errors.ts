import type { ErrorRow, ErrorTable } from '../core/index.js';

const codes = "TikTok's error codes, 2026-09-11";
const uploads = 'TikTok, media transfer guide, 2026-09-11';
const reports = 'reports from production, 2026';
const reconnect = 'Connect the account again and leave every permission ticked.';

const access: readonly ErrorRow[] = [
  {
    code: 'access_token_invalid',
    kind: 'auth_expired',
    name: 'token_ended',
    message: 'TikTok does not take the access any more: it has expired or was withdrawn.',
    remedy: 'Connect the account again.',
    evidence: codes,
  },
  {
    code: ['scope_not_authorized', 'scope_permission_missed'],
    kind: 'auth_expired',
    name: 'scope_missing',
    message: 'The login does not allow what this needs.',
    remedy: reconnect,
    evidence: codes,
  },
  {
    code: 'spam_risk_user_banned_from_posting',
    kind: 'content_refused',
    name: 'account_banned',
    message: 'TikTok has banned the account from posting.',
    remedy: 'Open the TikTok app and see what can be done about it.',
    evidence: codes,
  },
  {
    code: 'unaudited_client_can_only_post_to_private_accounts',
    kind: 'content_refused',
    source: 'system',
    name: 'app_not_audited',
    message:
      'TikTok has not audited the app yet: until then it posts with SELF_ONLY, and to accounts that are private.',
    remedy: 'Apply for the audit of the app, or set privacyLevel to SELF_ONLY and the account to private.',
    evidence: codes,
  },
  {
    code: 'app_version_check_failed',
    kind: 'content_refused',
    name: 'app_too_old',
    message: "The TikTok app on the person's phone is too old for this.",
    remedy: 'Update the TikTok app to 31.8 or newer.',
    evidence: codes,
  },
];

const limits: readonly ErrorRow[] = [
  {
    code: 'spam_risk_too_many_posts',
    kind: 'rate_limited',
    name: 'too_many_posts',
    message: 'The account has posted as often in 24 hours as TikTok allows, through all apps together.',
    remedy: 'Nothing to do: it goes out when TikTok takes it again.',
    evidence: codes,
  },
  {
    code: 'spam_risk_too_many_pending_share',
    kind: 'rate_limited',
    name: 'too_many_drafts',
    message: 'Too many drafts wait in the inbox of the TikTok app.',
    remedy: 'Post or delete drafts in the TikTok app; else it goes on after 24 hours.',
    evidence: reports,
  },
  {
    code: 'reached_active_user_cap',
    kind: 'rate_limited',
    name: 'too_many_creators',
    message: 'The app has posted for as many accounts today as TikTok allows it.',
    remedy: "Nothing to do: it goes out tomorrow. Ask TikTok for a higher cap at the app's audit.",
    evidence: codes,
  },
  {
    code: 'rate_limit_exceeded',
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'TikTok asks to wait.',
    remedy: 'Nothing to do: it goes out later.',
    evidence: codes,
  },
];

const content: readonly ErrorRow[] = [
  {
    code: 'privacy_level_option_mismatch',
    kind: 'content_refused',
    name: 'privacy_not_offered',
    message: 'The account may not choose this privacyLevel now.',
    remedy: 'See GET /api/v1/accounts/{id}/options/privacyLevel, and choose one of these.',
    evidence: codes,
  },
  {
    code: 'url_ownership_unverified',
    kind: 'content_refused',
    source: 'system',
    name: 'url_not_verified',
    message: 'TikTok fetches files only from addresses that are verified for the app.',
    remedy: 'Verify the domain of PUBLIC_URL, or of the S3 bucket, for the app on developers.tiktok.com.',
    evidence: codes,
  },
  {
    code: 'invalid_file_upload',
    kind: 'content_refused',
    name: 'file_refused',
    message: 'TikTok does not take the file.',
    remedy: 'Convert it, and publish the post again.',
    evidence: codes,
  },
  {
    code: ['invalid_params', 'invalid_param'],
    pattern: /^The (chunk size|total chunk count) is invalid/i,
    kind: 'content_refused',
    source: 'system',
    name: 'chunks_refused',
    message: 'TikTok does not take the size of the pieces that the video is sent in.',
    remedy: 'Report it: the pieces are made by Fanfare. A video below 20 MB goes out in one piece.',
    evidence: reports,
  },
  {
    code: ['invalid_params', 'invalid_param'],
    kind: 'content_refused',
    name: 'invalid_params',
    message: 'TikTok does not take something of the post as it is.',
    remedy: "Look at the attempt for TikTok's own words.",
    evidence: codes,
  },
  {
    code: 'invalid_publish_id',
    kind: 'content_refused',
    name: 'publish_unknown',
    message: 'TikTok knows no such upload (any more).',
    remedy: 'Look into the TikTok app whether the post is there.',
    evidence: codes,
  },
  {
    code: 'token_not_authorized_for_specified_publish_id',
    kind: 'content_refused',
    name: 'publish_of_another',
    message: 'The upload belongs to another account or app.',
    remedy: 'Connect the account with the app that it was connected with before.',
    evidence: codes,
  },
  {
    code: 'publish_not_cancellable',
    kind: 'content_refused',
    name: 'not_cancellable',
    message: 'TikTok does not stop the post any more.',
    remedy: 'Delete it in the TikTok app.',
    evidence: codes,
  },
];

/** Of the address that bytes are sent to: the status alone speaks. Nothing here proves what became of an earlier try. */
const upload: readonly ErrorRow[] = [
  {
    status: 400,
    operation: 'upload',
    kind: 'content_refused',
    source: 'system',
    name: 'piece_refused',
    message: 'TikTok does not take a piece of the video as it was sent.',
    remedy: 'Report it: the pieces are made by Fanfare.',
    evidence: uploads,
  },
  {
    status: 403,
    operation: 'upload',
    kind: 'transient',
    name: 'upload_expired',
    message: 'The address for the video has expired: it lives for an hour.',
    remedy: 'Nothing to do: the video is sent again.',
    evidence: uploads,
  },
  {
    status: 404,
    operation: 'upload',
    kind: 'transient',
    name: 'upload_unknown',
    message: 'TikTok knows the upload no more.',
    remedy: 'Nothing to do: the video is sent again.',
    evidence: uploads,
  },
  {
    status: 416,
    operation: 'upload',
    kind: 'outcome_unknown',
    name: 'piece_out_of_order',
    message: 'TikTok has more or less of the video than Fanfare knows of.',
    remedy: 'Nothing to do: Fanfare asks how far it is.',
    evidence: uploads,
  },
  {
    status: [500, 599],
    operation: 'upload',
    kind: 'transient',
    name: 'upload_failed',
    message: 'TikTok has not stored a piece of the video.',
    remedy: 'Nothing to do: it is sent again.',
    evidence: uploads,
  },
];

const server: readonly ErrorRow[] = [
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'TikTok asks to wait.',
    remedy: 'Nothing to do: it goes out later.',
    evidence: codes,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'server_error',
    message: 'TikTok is out of order.',
    remedy: 'Nothing to do: it is tried again.',
    evidence: codes,
  },
];

/** Every answer that the sheet lists. Codes are read before the status. */
export const tiktokErrors: ErrorTable = {
  platform: 'tiktok',
  rows: [...access, ...limits, ...content, ...upload, ...server],
};

/** A login that may post and not read is a good one. */
const notReadable: ErrorRow = {
  code: ['scope_not_authorized', 'scope_permission_missed'],
  kind: 'content_refused',
  name: 'reading_not_allowed',
  message: 'The login does not allow Fanfare to read the videos of the account (video.list).',
  remedy: reconnect,
  evidence: codes,
};

/** Of the calls that read videos: these the person may have left out. */
export const tiktokReadingErrors: ErrorTable = {
  platform: 'tiktok',
  rows: [notReadable, ...tiktokErrors.rows],
};
