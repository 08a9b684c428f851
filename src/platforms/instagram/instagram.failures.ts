import { PublishError } from '../core/index.js';
import { processingFailure, type ContainerState } from './instagram.answers.js';

/** How often a container is made for a reason that may pass, the first time included. */
const mostGenerations: Readonly<Record<string, number>> = {
  'instagram.media_unreachable': 4,
  'instagram.media_download_timeout': 4,
  'instagram.media_expired': 2,
  'instagram.upload_failed': 2,
  'instagram.video_not_processed': 2,
  'instagram.transcoding_failed': 2,
  'instagram.server_failed': 2,
  'instagram.container_expired': 2,
};

/** More than any of the above. */
export const generations = 4;

/** A container that will never be published, and why. */
export function containerFailure(state: ContainerState): PublishError {
  if (state.status === 'EXPIRED') {
    return refusal(
      'container_expired',
      'Instagram has thrown the container away: nobody published it for 24 hours.',
      'Publish the post again.',
    );
  }
  const { code, message, remedy, platformCode } = processingFailure(state);
  return new PublishError({
    kind: 'content_refused',
    code,
    message,
    remedy,
    platformCode: platformCode ?? undefined,
    cause: new Error(state.said),
  });
}

/** Whether a new container may go better than the one that failed so. */
export function mayBeRebuilt({ code }: PublishError, made: number): boolean {
  return made < (mostGenerations[code] ?? 1);
}

/** A look that shows nothing for certain yet. */
export function notYetToBeTold(message: string): PublishError {
  return new PublishError({
    kind: 'transient',
    code: 'instagram.not_yet_listed',
    message,
    remedy: 'Nothing: Fanfare looks again.',
  });
}

export function personalAccount(): PublishError {
  return refusal(
    'personal_account',
    'Instagram lets only professional accounts publish by API.',
    'Switch the account to Business or Creator in the Instagram app, and connect it again.',
  );
}

export function noAccounts(): PublishError {
  return refusal(
    'no_accounts',
    'The login reaches no page that an Instagram account is linked to.',
    'Link the professional account to a page, tick that page in the dialog of Facebook, and connect again; or log in with instagram.',
  );
}

function refusal(name: string, message: string, remedy: string): PublishError {
  return new PublishError({ kind: 'content_refused', code: `instagram.${name}`, message, remedy });
}
