import type { SandboxClock } from '../core/sandbox.clock.js';

const DAY_MS = 24 * 60 * 60_000;
const TESTING_MS = 7 * DAY_MS;
const IDLE_MS = 180 * DAY_MS;
const MOST_ALIVE = 100;

interface Grant {
  readonly account: string;
  readonly refresh: string;
  readonly since: number;
  usedAt: number;
}

/** What ends Google's refresh tokens although nobody takes them back: idleness, the hundred after them, a consent screen in testing. */
export class GoogleGrants {
  private grants: Grant[] = [];

  constructor(private readonly clock: SandboxClock) {}

  add(account: string, refresh: string): void {
    const now = this.clock.now();
    this.grants.push({ account, refresh, since: now, usedAt: now });
    const own = this.grants.filter((grant) => grant.account === account);
    const tooMany = new Set(own.slice(0, Math.max(0, own.length - MOST_ALIVE)));
    this.grants = this.grants.filter((grant) => !tooMany.has(grant));
  }

  has(account: string): boolean {
    return this.grants.some((grant) => grant.account === account);
  }

  /** Whether the refresh token still works; it is used now. */
  use(refresh: string, inTesting: boolean): boolean {
    const now = this.clock.now();
    const grant = this.grants.find((candidate) => candidate.refresh === refresh);
    if (grant === undefined || now - grant.usedAt >= IDLE_MS) return false;
    if (inTesting && now - grant.since >= TESTING_MS) return false;
    grant.usedAt = now;
    return true;
  }

  /** Everything was taken back. */
  end(account: string): void {
    this.grants = this.grants.filter((grant) => grant.account !== account);
  }

  reset(): void {
    this.grants = [];
  }
}
