import { PublishError } from '../../platforms/core/index.js';
import { Suspended } from './engine.signals.js';
import type { PublicationRun } from './publication.run.js';

/** Mostly it is woken before, by the event that says that the file is ready. */
const lookAgainMs = 15_000;

/** Nothing is begun before every file is there as it is to go out. Waiting costs no retry and holds no worker. */
export function assertMediaReady({ media }: Pick<PublicationRun, 'media'>): void {
  if (media.failed !== null) {
    throw new PublishError({
      kind: 'content_refused',
      code: 'media.cannot_be_made',
      source: 'user',
      message: `A file of the post cannot be made to fit: ${media.failed}`,
      remedy: 'Give this target another file, then publish the post again.',
    });
  }
  if (media.open > 0) throw new Suspended('media', lookAgainMs);
}
