import type { SandboxClock } from '../core/sandbox.clock.js';

const EPOCH_MS = 1_288_834_974_657n;

/** Ids that grow with time and are larger than a number can hold. */
export class SnowflakeIds {
  private last = 0n;

  constructor(private readonly clock: SandboxClock) {}

  next(): string {
    const now = (BigInt(this.clock.now()) - EPOCH_MS) << 22n;
    this.last = now > this.last ? now : this.last + 1n;
    return String(this.last);
  }
}
