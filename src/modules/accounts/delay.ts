import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** Short waits between looks at what another process is doing; tests put their own in its place. */
@Injectable()
export class Delay {
  async wait(milliseconds: number): Promise<void> {
    await pause(milliseconds);
  }
}
