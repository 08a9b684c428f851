import type { FailureKind, JsonObject } from '../../../../src/platforms/core/index.js';
import type { ErrorSample } from '../profile.js';
import { image, video } from '../samples.js';
import { largeVideo } from './youtube.samples.js';

interface Said {
  readonly row: string;
  readonly status: number;
  readonly reason: string;
  readonly kind?: FailureKind;
  readonly message?: string;
  readonly domain?: string;
  readonly operation?: string;
  readonly more?: JsonObject;
}

/** As YouTube writes errors; most come when the upload begins, before anything is there. */
function said({ row, status, reason, kind, message, domain, operation, more }: Said): ErrorSample {
  const words = message ?? 'As YouTube says it.';
  const errors = [{ message: words, domain: domain ?? 'youtube.video', reason }];
  return {
    row,
    status,
    kind: kind ?? 'content_refused',
    operation: operation ?? 'videos.open',
    body: { error: { code: status, message: words, errors, ...more } },
  };
}

const daily =
  "Quota exceeded for quota metric 'Video Uploads' and limit 'Video Uploads per day' of service 'youtube.googleapis.com' for consumer 'project_number:1'.";
const withPicture = { text: 'With a picture', media: [video(), image()] };
const withComment = { text: 'With a comment', media: [video()], settings: { firstComment: 'First' } };
const withList = { text: 'In a list', media: [video()], settings: { playlist: 'PLnone' } };

const thumbnail = { operation: 'thumbnails.set' } as const;
const comment = { operation: 'commentThreads.insert', domain: 'youtube.commentThread' } as const;

/** Every answer that the sheet lists. */
export const errors: readonly ErrorSample[] = [
  ...['quotaExceeded', 'dailyLimitExceeded'].map((reason) =>
    said({ row: 'quota_used', status: 403, reason, kind: 'rate_limited', domain: 'youtube.quota' }),
  ),
  said({
    ...{ row: 'uploads_used', status: 429, reason: 'rateLimitExceeded', kind: 'rate_limited' },
    ...{ message: daily, more: { status: 'RESOURCE_EXHAUSTED' } },
  }),
  said({ row: 'rate_limited', status: 403, reason: 'rateLimitExceeded', kind: 'rate_limited' }),
  said({ row: 'rate_limited', status: 429, reason: 'userRateLimitExceeded', kind: 'rate_limited' }),
  said({ row: 'channel_limit', status: 400, reason: 'uploadLimitExceeded', kind: 'rate_limited' }),
  {
    ...said({ row: 'thumbnail_limit', status: 429, reason: 'uploadRateLimitExceeded', ...thumbnail }),
    draft: withPicture,
  },
  ...['backendError', 'internalError'].map((reason) =>
    said({ row: 'unavailable', status: 500, reason, kind: 'transient', domain: 'global' }),
  ),
  said({ row: 'channel_missing', status: 401, reason: 'youtubeSignupRequired', domain: 'youtube.header' }),
  said({
    ...{ row: 'token_ended', status: 401, reason: 'authError', kind: 'auth_expired' },
    ...{ domain: 'global', more: { status: 'UNAUTHENTICATED' }, operation: 'videos.finish' },
  }),
  said({ row: 'scope_missing', status: 403, reason: 'insufficientPermissions', domain: 'global' }),
  said({ row: 'api_disabled', status: 403, reason: 'accessNotConfigured', domain: 'usageLimits' }),
  {
    row: 'api_disabled',
    kind: 'content_refused',
    status: 403,
    operation: 'videos.open',
    body: {
      error: {
        code: 403,
        message: 'It is disabled.',
        status: 'PERMISSION_DENIED',
        details: [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'SERVICE_DISABLED' }],
      },
    },
  },
  ...[
    'authenticatedUserAccountSuspended',
    'authenticatedUserAccountClosed',
    'accountDelegationForbidden',
  ].map((reason) => said({ row: 'account_ended', status: 403, reason, domain: 'youtube.common' })),
  {
    ...said({ row: 'thumbnail_not_allowed', status: 403, reason: 'forbidden', ...thumbnail }),
    draft: withPicture,
  },
  ...['commentsDisabled', 'forbidden'].map((reason) => ({
    ...said({ row: 'comment_not_allowed', status: 403, reason, ...comment }),
    draft: withComment,
  })),
  said({ row: 'not_permitted', status: 403, reason: 'forbidden', domain: 'youtube.common' }),
  ...[404, 410].map((status) =>
    said({
      ...{ row: 'session_gone', status, reason: 'notFound', kind: 'transient', domain: 'global' },
      operation: 'videos.finish',
    }),
  ),
  {
    ...said({ row: 'piece_refused', status: 400, reason: 'badRequest', operation: 'videos.send' }),
    draft: { text: 'A large one', media: [largeVideo()] },
  },
  said({ row: 'title_refused', status: 400, reason: 'invalidTitle' }),
  said({ row: 'description_refused', status: 400, reason: 'invalidDescription' }),
  said({ row: 'tags_refused', status: 400, reason: 'invalidTags' }),
  said({ row: 'category_refused', status: 400, reason: 'invalidCategoryId' }),
  ...['invalidImage', 'mediaBodyRequired'].map((reason) => ({
    ...said({ row: 'thumbnail_refused', status: 400, reason, ...thumbnail }),
    draft: withPicture,
  })),
  ...['processingFailure', 'commentTextTooLong'].map((reason) => ({
    ...said({ row: 'comment_refused', status: 400, reason, ...comment }),
    draft: withComment,
  })),
  ...[
    ...['invalidPublishAt', 'invalidVideoMetadata', 'invalidFilename', 'invalidRecordingDetails'],
    ...['defaultLanguageNotSet', 'mediaBodyRequired'],
  ].map((reason) => said({ row: 'metadata_refused', status: 400, reason })),
  said({ row: 'privacy_refused', status: 403, reason: 'forbiddenPrivacySetting' }),
  said({ row: 'license_refused', status: 403, reason: 'forbiddenLicenseSetting' }),
  {
    ...said({
      ...{ row: 'playlist_not_found', status: 404, reason: 'playlistNotFound' },
      ...{ operation: 'playlistItems.insert', domain: 'youtube.playlistItem' },
    }),
    draft: withList,
  },
  said({ row: 'not_found', status: 404, reason: 'videoNotFound' }),
];
