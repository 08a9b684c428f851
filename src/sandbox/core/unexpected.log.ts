import type { SandboxClock } from './sandbox.clock.js';

export type UnexpectedKind = 'route' | 'query' | 'header' | 'field' | 'file' | 'body' | 'handler';

export interface Unexpected {
  readonly at: string;
  readonly platform: string;
  readonly operation: string | null;
  readonly what: UnexpectedKind;
  readonly detail: string;
}

/** Everything that a client sent and the fact sheet does not know. A suite that leaves an entry fails. */
export class UnexpectedLog {
  private entries: Unexpected[] = [];

  constructor(private readonly clock: SandboxClock) {}

  add(entry: Omit<Unexpected, 'at'>): void {
    this.entries.push({ at: this.clock.iso(), ...entry });
  }

  list(platform?: string): readonly Unexpected[] {
    return this.entries.filter((entry) => platform === undefined || entry.platform === platform);
  }

  reset(): void {
    this.entries = [];
  }
}
