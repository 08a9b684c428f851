import { PublishError } from '../../platforms/core/index.js';
import type { WakeReason } from './publication.states.js';

/** How a publication ends that has waited for as long as its post allows. */
export function waitedTooLong(reason: WakeReason): PublishError {
  if (reason === 'same_content_open') {
    return new PublishError({
      kind: 'content_refused',
      code: 'engine.same_content_open',
      message:
        'For too long another post with the same words on the same account has had an unknown outcome.',
      remedy: 'Resolve the other publication, then publish this post again.',
    });
  }
  if (reason === 'circuit') {
    return new PublishError({
      kind: 'transient',
      code: 'engine.platform_down',
      source: 'platform',
      message: 'The platform was out of order for longer than the post may wait.',
      remedy: 'Retry it when the platform works again.',
      provesNothingCreated: true,
    });
  }
  return new PublishError({
    kind: 'rate_limited',
    code: 'engine.limit_used_up',
    message: 'The limit of the platform leaves no room within the time that the post may wait.',
    remedy: 'Retry it later, or spread the posts of this account over more time.',
  });
}
