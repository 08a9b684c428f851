import type { IssuedToken } from '../core/oauth/index.js';
import type { SandboxClock } from '../core/sandbox.clock.js';

const DAY_MS = 24 * 60 * 60_000;
const UNUSED_MS = 182 * DAY_MS;
const TESTING_MS = 7 * DAY_MS;
const MOST = 100;

interface RefreshToken {
  readonly value: string;
  readonly owner: string;
  readonly endsAt: number;
  usedAt: number;
}

/**
 * How long Google keeps refresh tokens: while they are used, seven days for an app that is being tested, and the newest
 * hundred of a person.
 */
export class RefreshTokens {
  private tokens: RefreshToken[] = [];

  constructor(
    private readonly clock: SandboxClock,
    private readonly testing: () => boolean,
  ) {}

  /** True when it is new. The oldest goes without a word where a person has too many. */
  meet({ refresh, accountId }: IssuedToken): boolean {
    if (refresh === null || this.tokens.some(({ value }) => value === refresh)) return false;
    const now = this.clock.now();
    const endsAt = this.testing() ? now + TESTING_MS : Number.POSITIVE_INFINITY;
    this.tokens.push({ value: refresh, owner: accountId, endsAt, usedAt: now });
    const own = this.tokens.filter(({ owner }) => owner === accountId);
    const oldest = own.length > MOST ? own[0] : undefined;
    if (oldest !== undefined) this.tokens = this.tokens.filter((token) => token !== oldest);
    return true;
  }

  /** False: it is dead or was never there. */
  use(value: string): boolean {
    const now = this.clock.now();
    const token = this.tokens.find((candidate) => candidate.value === value);
    if (token === undefined || token.endsAt <= now || token.usedAt + UNUSED_MS <= now) return false;
    token.usedAt = now;
    return true;
  }

  ownerOf(value: string): string | null {
    return this.tokens.find((token) => token.value === value)?.owner ?? null;
  }

  end(person: string): void {
    this.tokens = this.tokens.filter(({ owner }) => owner !== person);
  }

  reset(): void {
    this.tokens = [];
  }
}
