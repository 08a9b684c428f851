import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';

/** Waits inside a process; tests replace it. */
@Injectable()
export class Delay {
  /** Resolves after the milliseconds. */
  async for(ms: number): Promise<void> {
    await wait(Math.max(0, ms));
  }
}
