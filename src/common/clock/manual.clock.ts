import { Clock } from './clock.js';

/** A clock for tests: it stands still until it is moved. */
export class ManualClock extends Clock {
  private wallMs: number;
  private elapsedMs = 0;

  constructor(start: Date | string = '2026-01-01T00:00:00.000Z') {
    super();
    this.wallMs = new Date(start).getTime();
  }

  override now(): Date {
    return new Date(this.wallMs);
  }

  override monotonicMs(): number {
    return this.elapsedMs;
  }

  /** Lets both clocks go on by `ms` milliseconds. */
  advance(ms: number): void {
    if (ms < 0) throw new RangeError('time does not go back; setWall moves the wall clock alone');
    this.wallMs += ms;
    this.elapsedMs += ms;
  }

  /** Lets the wall clock jump, in either direction; the monotonic clock stays. */
  setWall(time: Date | string): void {
    this.wallMs = new Date(time).getTime();
  }
}
