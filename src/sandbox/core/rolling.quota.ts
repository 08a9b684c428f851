import type { SandboxClock } from './sandbox.clock.js';

/** So many of something within the last so many milliseconds, per key: caps that roll with the clock. */
export class RollingQuota {
  private uses = new Map<string, number[]>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly windowMs: number,
  ) {}

  used(key: string): number {
    return this.recent(key).length;
  }

  /** False, and nothing counted, when the cap is reached. */
  take(key: string, cap: number): boolean {
    const recent = this.recent(key);
    if (recent.length >= cap) return false;
    this.uses.set(key, [...recent, this.clock.now()]);
    return true;
  }

  /** Milliseconds until one more is free; 0 when one is. */
  freeInMs(key: string, cap: number): number {
    const recent = this.recent(key);
    const oldest = recent[recent.length - cap];
    return oldest === undefined ? 0 : oldest + this.windowMs - this.clock.now();
  }

  reset(): void {
    this.uses = new Map();
  }

  private recent(key: string): number[] {
    const since = this.clock.now() - this.windowMs;
    return (this.uses.get(key) ?? []).filter((at) => at > since);
  }
}
