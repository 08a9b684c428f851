import type { SandboxClock } from '../core/sandbox.clock.js';
import { pacificDay } from './pacific.day.js';
import { insertQuotaExceeded, quotaExceeded } from './youtube.errors.js';
import type { YoutubeSettings } from './youtube.settings.js';

/** Units of a call, or the bucket that uploads have for themselves. */
export type Cost = number | 'insert';

/** What a Cloud project has used today, for all its users together. */
export class ProjectQuota {
  private day = '';
  private used = { units: 0, inserts: 0 };

  constructor(private readonly clock: SandboxClock) {}

  /** A call is paid for whether it is good or not; too many are refused. */
  take(cost: Cost, { insertsPerDay, unitsPerDay }: YoutubeSettings): void {
    this.turnThePage();
    if (cost === 'insert') {
      if (this.used.inserts >= insertsPerDay) throw insertQuotaExceeded();
      this.used.inserts += 1;
      return;
    }
    if (this.used.units + cost > unitsPerDay) throw quotaExceeded();
    this.used.units += cost;
  }

  reset(): void {
    this.day = '';
  }

  private turnThePage(): void {
    const today = pacificDay(this.clock.now());
    if (today === this.day) return;
    this.day = today;
    this.used = { units: 0, inserts: 0 };
  }
}
