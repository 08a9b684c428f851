import type { PublicationRun } from './publication.run.js';
import type { WakeReason } from './publication.states.js';

/** Milliseconds after which waiting for others is given up where the post does not say how long. */
const patienceMs = 24 * 60 * 60_000;

/** Waits for others, which end some day. */
const boundedWaits: readonly WakeReason[] = ['same_content_open', 'budget', 'circuit', 'rate_limit'];

/** Whether a wait of so many milliseconds more is longer than the publication has patience for. */
export function waitsTooLong(run: PublicationRun, reason: WakeReason, delayMs: number): boolean {
  // What may be out already is looked for however long it takes: to call it failed would be a guess.
  if (run.isSuspected(run.publisher.firstCommit)) return false;
  const own = run.giveUpAfterMs;
  const bounded = boundedWaits.includes(reason) || (reason === 'retry' && own !== null);
  return bounded && run.waitedMs(delayMs) > (own ?? patienceMs);
}
