import { PublishError, type FailureKind } from '../core/index.js';

interface Failure {
  readonly kind: FailureKind;
  readonly message: string;
  readonly remedy: string;
}

const convert = 'Convert the file, and publish the post again.';
const refused = (message: string, remedy: string): Failure => ({ kind: 'content_refused', message, remedy });
const passing = (message: string): Failure => ({
  kind: 'transient',
  message,
  remedy: 'Nothing to do: it is sent again.',
});

/** Why nothing came of a post that was sent: `fail_reason` of its status. */
const failures: Readonly<Record<string, Failure>> = {
  internal: passing('TikTok has failed while it worked on the post.'),
  video_pull_failed: passing('TikTok could not fetch the video.'),
  photo_pull_failed: passing('TikTok could not fetch the photos.'),
  file_format_check_failed: refused('TikTok does not take the format of the file.', convert),
  duration_check_failed: refused('The video is too long or too short for the account.', 'Cut it.'),
  frame_rate_check_failed: refused('TikTok does not take the frame rate of the video.', convert),
  picture_size_check_failed: refused('TikTok does not take the size of the picture.', convert),
  spam_risk: refused('TikTok takes the post for spam.', 'Open the TikTok app and see what it says.'),
  spam_risk_text: refused('TikTok takes the text for spam.', 'Change the text.'),
  spam_risk_user_banned_from_posting: refused(
    'TikTok has banned the account from posting.',
    'Open the TikTok app and see what can be done about it.',
  ),
  spam_risk_too_many_posts: {
    kind: 'rate_limited',
    message: 'The account has posted as often in 24 hours as TikTok allows, through all apps together.',
    remedy: 'Nothing to do: it is sent again when TikTok takes it.',
  },
  auth_removed: {
    kind: 'auth_expired',
    message: 'The person has withdrawn the access while TikTok worked on the post.',
    remedy: 'Connect the account again.',
  },
  publish_cancelled: refused('The post was stopped while TikTok worked on it.', 'Publish it again.'),
};

const capWaitMs = 60 * 60_000;

export function failureOfStatus(reason: string | null): PublishError {
  const name = reason ?? 'unknown';
  const failure = Object.hasOwn(failures, name) ? failures[name] : undefined;
  const { kind, message, remedy } =
    failure ??
    refused(`TikTok has not made a post of it: ${name}.`, 'Look into the TikTok app, and publish it again.');
  return new PublishError({
    kind,
    code: `tiktok.${Object.hasOwn(failures, name) ? name : 'failed'}`,
    platformCode: name,
    message,
    remedy,
    ...(kind === 'rate_limited' ? { retryAfterMs: capWaitMs } : {}),
  });
}

/** Whether the same post may be sent once more: its upload is used up, but nothing is said against it. */
export function maySendAgain({ kind }: PublishError): boolean {
  return kind === 'transient' || kind === 'rate_limited' || kind === 'auth_expired';
}
