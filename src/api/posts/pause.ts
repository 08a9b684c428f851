import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';

/** How a request that waits lets time pass; a test lets the engine work instead. */
@Injectable()
export class Pause {
  async for(ms: number): Promise<void> {
    await pause(ms);
  }
}
