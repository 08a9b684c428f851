import type { Mark } from '../platform/model.platforms.js';
import type { Fate } from '../platform/network.js';
import type { Scenario } from '../scenario/scenario.js';
import type { Random } from './random.js';
import type { Trace } from './trace.js';

/** Decides what goes wrong, until the storm is over. */
export class Faults {
  over = false;
  readonly counts = new Map<Fate, number>();
  private calls = 0;

  constructor(
    private readonly random: Random,
    private readonly scenario: Scenario,
    private readonly trace: Trace,
  ) {}

  /** The first calls are rough whenever they come: a schedule may have weathered its storm before the first of them. */
  fateOf(mark: Mark): Fate {
    const calm = this.over && this.calls >= this.scenario.roughCalls;
    this.calls += 1;
    const fate = calm ? 'ok' : this.random.weighted<Fate>(this.scenario.fates);
    this.counts.set(fate, (this.counts.get(fate) ?? 0) + 1);
    this.trace.add(`fate of ${mark.commit} of ${mark.publicationId}: ${fate}`);
    return fate;
  }

  fateOfRead(): Fate {
    const rough = !this.over && this.scenario.fates.hangs !== undefined;
    if (!rough || !this.random.chance(0.15)) return 'ok';
    return this.random.pick<Fate>([
      'hangs',
      'lost-answer',
      'limited',
      'unauthorized',
      'broken',
      'no-connection',
    ]);
  }

  happens(probability: number): boolean {
    return !this.over && probability > 0 && this.random.chance(probability);
  }

  pick<T>(items: readonly T[]): T {
    return this.random.pick(items);
  }

  between(low: number, high: number): number {
    return this.random.between(low, high);
  }
}
