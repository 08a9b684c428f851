/**
 * Aborts at the first SIGINT or SIGTERM and calls `hurry` at the second.
 * @returns {{ signal: AbortSignal, onHurry(listener: () => void): void }}
 */
export function stopSignal() {
  const stop = new AbortController();
  let hurry = () => undefined;
  const listen = () => {
    if (stop.signal.aborted) hurry();
    else stop.abort(new StoppedError());
  };
  process.on('SIGINT', listen);
  process.on('SIGTERM', listen);
  return {
    signal: stop.signal,
    onHurry: (listener) => {
      hurry = listener;
    },
  };
}

export class StoppedError extends Error {
  name = 'StoppedError';
  message = 'Stopped on request';
}

/** @param {AbortSignal} signal */
export function aborted(signal) {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(undefined), { once: true }));
}
