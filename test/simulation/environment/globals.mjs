// Puts the simulation's time and chance in the place of the machine's, for whatever runs inside a simulated process. The
// scheduler itself, the driver of the database and everything outside a simulated process keep the real ones.
const real = {
  now: Date.now.bind(Date),
  monotonicMs: performance.now.bind(performance),
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  random: Math.random,
};

/** What answers inside a simulated process; null outside. Set by world/processes.ts. */
let substitute = () => null;

export function replaceGlobals(find) {
  substitute = find;
}

/** Real milliseconds pass. Only ever while the database works on a statement. */
export function pause(ms) {
  return new Promise((resolve) => real.setTimeout(resolve, ms));
}

/** Resolves when everything that could go on without a statement, an answer or time has gone on. */
export function drained() {
  return new Promise((resolve) => real.setImmediate(resolve));
}

export const realNow = real.now;
export const realMonotonicMs = real.monotonicMs;

const timerOf =
  (repeats) =>
  (fn, ms, ...values) => {
    const inside = substitute();
    if (inside === null) return (repeats ? real.setInterval : real.setTimeout)(fn, ms, ...values);
    return inside.startTimer(() => fn(...values), ms ?? 0, repeats);
  };
const stop = (fallback) => (timer) => {
  if (timer?.isSimulated === true) timer.stop();
  else fallback(timer);
};

globalThis.setTimeout = Object.assign(timerOf(false), real.setTimeout);
globalThis.setInterval = Object.assign(timerOf(true), real.setInterval);
globalThis.clearTimeout = stop(real.clearTimeout);
globalThis.clearInterval = stop(real.clearInterval);
Date.now = () => substitute()?.now() ?? real.now();
Math.random = () => substitute()?.random() ?? real.random();
