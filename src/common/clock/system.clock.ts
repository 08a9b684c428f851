import { Injectable } from '@nestjs/common';
import { Clock } from './clock.js';

/** The clock of the machine. */
@Injectable()
export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }

  override monotonicMs(): number {
    return performance.now();
  }
}
