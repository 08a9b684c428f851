// Loaded before the engine (`--import`): the machine's wall clock is off by so many milliseconds, as on a machine whose time service
// has stopped. The monotonic clock is as it is.
const skew = Number(process.env.CLOCK_SKEW_MS);
const real = Date;

globalThis.Date = new Proxy(real, {
  construct: (target, given, made) =>
    Reflect.construct(
      target,
      given.length === 0 ? [target.now() + skew] : given,
      made === Date ? target : made,
    ),
  get: (target, name) => (name === 'now' ? () => target.now() + skew : Reflect.get(target, name)),
});
