import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';

/** Milliseconds by which the database's clock may differ from the time that passed here. */
const jumpMs = 60_000;

/** Notices that the wall clock jumped; new commits wait until the next look has found it steady. */
@Injectable()
export class WallClockGuard {
  private readonly logger = new Logger(WallClockGuard.name);
  private last: { readonly wall: number; readonly monotonic: number } | null = null;
  private inDoubt = false;

  constructor(private readonly clock: Clock) {}

  get isInDoubt(): boolean {
    return this.inDoubt;
  }

  /** Compares the database's time with the last look. */
  look(databaseNow: Date): void {
    const seen = { wall: databaseNow.getTime(), monotonic: this.clock.monotonicMs() };
    const drift =
      this.last === null ? 0 : seen.wall - this.last.wall - (seen.monotonic - this.last.monotonic);
    this.last = seen;
    this.inDoubt = Math.abs(drift) > jumpMs;
    if (this.inDoubt)
      this.logger.error({
        msg: 'the wall clock jumped; commits are held until the next look',
        driftMs: Math.round(drift),
      });
  }
}
