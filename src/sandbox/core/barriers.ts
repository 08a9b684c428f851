import type { CallRecord, CallSubject } from './call.log.js';
import { matches, type CallMatch } from './call.match.js';

export type BarrierPosition = 'before' | 'after';

export interface BarrierInput extends CallMatch {
  /** Before the handler acts, or after it acted and before it answers. */
  readonly position: BarrierPosition;
  /** The first call that is held (from 1, default 1). */
  readonly nth?: number;
  /** How many calls are held; default 1. */
  readonly count?: number;
}

export type ReleaseMode = 'proceed' | 'drop';

export interface BarrierView extends BarrierInput {
  readonly id: string;
  readonly state: 'waiting' | 'held' | 'released';
  /** How many calls it has held so far. */
  readonly held: number;
  readonly calls: readonly CallRecord[];
}

class Barrier {
  readonly calls: CallRecord[] = [];
  private matched = 0;
  private released = false;
  private releases: ((mode: ReleaseMode) => void)[] = [];
  private watchers: (() => void)[] = [];

  constructor(
    readonly id: string,
    readonly input: BarrierInput,
  ) {}

  /** Whether this call is to be held. Counts it. */
  catches(subject: CallSubject, position: BarrierPosition): boolean {
    if (this.released || this.input.position !== position || !matches(this.input, subject)) return false;
    this.matched += 1;
    return this.matched >= (this.input.nth ?? 1) && this.calls.length < (this.input.count ?? 1);
  }

  hold(record: CallRecord): Promise<ReleaseMode> {
    this.calls.push(record);
    record.state = 'held';
    this.notify();
    return new Promise((resolve) => this.releases.push(resolve));
  }

  release(mode: ReleaseMode): void {
    this.released = true;
    const releases = this.releases;
    this.releases = [];
    for (const release of releases) release(mode);
    this.notify();
  }

  /** Resolves when something is held or released, or after `ms`. */
  settled(ms: number): Promise<void> {
    if (this.view().state !== 'waiting' || ms <= 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.watchers.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  view(): BarrierView {
    const state = this.released ? 'released' : this.calls.length > 0 ? 'held' : 'waiting';
    const calls = this.calls.map((call) => ({ ...call }));
    return { id: this.id, ...this.input, state, held: this.calls.length, calls };
  }

  private notify(): void {
    const watchers = this.watchers;
    this.watchers = [];
    for (const watcher of watchers) watcher();
  }
}

/** Places where a call is held until a test lets it go. */
export class Barriers {
  private barriers = new Map<string, Barrier>();
  private nextId = 1;

  add(input: BarrierInput): BarrierView {
    const barrier = new Barrier(`barrier-${this.nextId++}`, input);
    this.barriers.set(barrier.id, barrier);
    return barrier.view();
  }

  list(): readonly BarrierView[] {
    return [...this.barriers.values()].map((barrier) => barrier.view());
  }

  async wait(id: string, ms: number): Promise<BarrierView | null> {
    const barrier = this.barriers.get(id);
    if (!barrier) return null;
    await barrier.settled(ms);
    return barrier.view();
  }

  /** Lets go of what is held; `drop` throws the calls away, as a server that died. The barrier holds nothing afterwards. */
  release(id: string, mode: ReleaseMode): BarrierView | null {
    const barrier = this.barriers.get(id);
    if (!barrier) return null;
    barrier.release(mode);
    return barrier.view();
  }

  /** Holds the call at every barrier that catches it. */
  async pass(record: CallRecord, position: BarrierPosition): Promise<ReleaseMode> {
    for (const barrier of [...this.barriers.values()]) {
      if (!barrier.catches(record, position)) continue;
      const mode = await barrier.hold(record);
      record.state = 'open';
      if (mode === 'drop') return 'drop';
    }
    return 'proceed';
  }

  reset(): void {
    const barriers = [...this.barriers.values()];
    this.barriers.clear();
    for (const barrier of barriers) barrier.release('drop');
  }
}
