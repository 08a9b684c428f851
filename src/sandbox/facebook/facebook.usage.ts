import type { Headers } from '../core/response.js';
import { RollingQuota } from '../core/rolling.quota.js';
import type { SandboxClock } from '../core/sandbox.clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

export interface Budget {
  readonly calls: number;
  readonly regainMinutes: number;
}

/** Calls of a page within 24 hours, as `X-Business-Use-Case-Usage` tells them. */
export class UsageMeter {
  private readonly calls: RollingQuota;
  private shutUntil = new Map<string, number>();

  constructor(private readonly clock: SandboxClock) {
    this.calls = new RollingQuota(clock, DAY_MS);
  }

  /** False: the page is shut out. A call while it is shut out begins the wait anew. */
  take(pageId: string, { calls, regainMinutes }: Budget): boolean {
    const shutUntil = this.shutUntil.get(pageId) ?? 0;
    if (shutUntil <= this.clock.now() && this.calls.take(pageId, calls)) return true;
    this.shutUntil.set(pageId, this.clock.now() + regainMinutes * MINUTE_MS);
    return false;
  }

  headers(pageId: string, { calls }: Budget): Headers {
    const used = this.calls.used(pageId);
    if (used === 0) return {};
    const shutMs = Math.max(0, (this.shutUntil.get(pageId) ?? 0) - this.clock.now());
    const percent = shutMs > 0 ? 100 : Math.min(100, Math.floor((used * 100) / calls));
    const usage = { call_count: percent, total_cputime: 0, total_time: 0 };
    const regain = { estimated_time_to_regain_access: Math.ceil(shutMs / MINUTE_MS) };
    return {
      'x-business-use-case-usage': JSON.stringify({ [pageId]: [{ type: 'pages', ...usage, ...regain }] }),
      'x-app-usage': JSON.stringify({ call_count: 0, total_time: 0, total_cputime: 0 }),
    };
  }

  reset(): void {
    this.calls.reset();
    this.shutUntil = new Map();
  }
}
