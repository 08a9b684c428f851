import { setTimeout as pause } from 'node:timers/promises';

export interface EventuallyOptions {
  /** Against hanging only. */
  readonly withinMs?: number;
  readonly everyMs?: number;
}

/**
 * Tries until `check` neither throws nor answers `undefined` or `false`, and gives its answer. The one place of the tests
 * where time passes: a condition is awaited, never a duration.
 */
export async function eventually<T>(
  check: () => T | Promise<T>,
  { withinMs = 30_000, everyMs = 25 }: EventuallyOptions = {},
): Promise<Exclude<T, undefined | false>> {
  const deadline = AbortSignal.timeout(withinMs);
  let lastError: unknown;
  for (;;) {
    try {
      const answer = await check();
      if (settled(answer)) return answer;
      lastError = undefined;
    } catch (error) {
      lastError = error;
    }
    if (deadline.aborted) {
      throw new Error(`The condition did not come true within ${withinMs} ms`, { cause: lastError });
    }
    await pause(everyMs);
  }
}

function settled<T>(answer: T): answer is Exclude<T, undefined | false> {
  return answer !== undefined && answer !== false;
}
