import { setMaxListeners } from 'node:events';

/** What waits in the sandbox (hangs, slow answers) waits on this and ends with the next reset. */
export class ResetScope {
  private controller = newController();

  get signal(): AbortSignal {
    return this.controller.signal;
  }

  reset(): void {
    this.controller.abort();
    this.controller = newController();
  }

  /** Resolves after `ms`, on reset, or when `ended` aborts. */
  sleep(ms: number, ended?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      const signals = ended ? [this.signal, ended] : [this.signal];
      function done(): void {
        clearTimeout(timer);
        for (const signal of signals) signal.removeEventListener('abort', done);
        resolve();
      }
      for (const signal of signals) {
        if (signal.aborted) return done();
        signal.addEventListener('abort', done);
      }
    });
  }

  /** Resolves on reset or when `ended` aborts: a request that is never answered. */
  hang(ended: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const signals = [this.signal, ended];
      const done = (): void => {
        for (const signal of signals) signal.removeEventListener('abort', done);
        resolve();
      };
      for (const signal of signals) {
        if (signal.aborted) return done();
        signal.addEventListener('abort', done);
      }
    });
  }
}

/** Any number of requests may hang at once. */
function newController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
