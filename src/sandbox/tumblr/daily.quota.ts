import type { SandboxClock } from '../core/sandbox.clock.js';

const DAY_MS = 24 * 60 * 60_000;

/** So many of something per calendar day and key. */
export class DailyQuota {
  private uses = new Map<string, number>();
  private day = 0;

  constructor(private readonly clock: SandboxClock) {}

  used(key: string): number {
    this.turn();
    return this.uses.get(key) ?? 0;
  }

  add(key: string, amount: number): void {
    this.uses.set(key, this.used(key) + amount);
  }

  /** Milliseconds since 1970. */
  resetAt(): number {
    this.turn();
    return (this.day + 1) * DAY_MS;
  }

  reset(): void {
    this.uses = new Map();
  }

  private turn(): void {
    const today = Math.floor(this.clock.now() / DAY_MS);
    if (today === this.day) return;
    this.day = today;
    this.uses = new Map();
  }
}
