import type { SandboxClock } from './sandbox.clock.js';

interface Entry<T> {
  readonly item: T;
  readonly since: number;
}

/** A list whose newest entries others do not see yet: read-back with its lag. The newest comes first. */
export class LaggingList<T> {
  private entries: Entry<T>[] = [];

  constructor(private readonly clock: SandboxClock) {}

  add(item: T): void {
    this.entries.unshift({ item, since: this.clock.now() });
  }

  /** What a reader sees who is behind by so much. */
  seen(lagMs: number): readonly T[] {
    const until = this.clock.now() - lagMs;
    return this.entries.filter(({ since }) => since <= until).map(({ item }) => item);
  }

  /** Everything, as the platform itself knows it. */
  all(): readonly T[] {
    return this.entries.map(({ item }) => item);
  }

  remove(wanted: (item: T) => boolean): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter(({ item }) => !wanted(item));
    return this.entries.length < before;
  }

  reset(): void {
    this.entries = [];
  }
}
