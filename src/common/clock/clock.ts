/** The only source of time in a process, and the injection token for it. */
export abstract class Clock {
  /** The wall clock: what a person calls now. It may jump. */
  abstract now(): Date;
  /** Milliseconds since an arbitrary moment; never goes back. For durations inside one process only. */
  abstract monotonicMs(): number;
}
