import type { SandboxControl } from '../../../src/sandbox/control/sandbox.control.js';
import type { BarrierInput, ReleaseMode } from '../../../src/sandbox/core/barriers.js';

/** Against hanging only. */
const patienceMs = 60_000;

/** A visible call that the platform holds: before it acts, or after it acted and before it answers. */
export class HeldCall {
  private readonly id: string;

  constructor(
    private readonly control: SandboxControl,
    input: BarrierInput,
  ) {
    this.id = control.addBarrier(input).id;
  }

  /** Resolves when the call is held. */
  async reached(): Promise<void> {
    const seen = await this.control.waitForBarrier(this.id, patienceMs);
    if (seen?.state !== 'held') throw new Error('no call has reached the barrier');
  }

  /** The call when it is held; null when the barrier was let go before one came. */
  async call(): Promise<{ readonly seq: number } | null> {
    const seen = await this.control.waitForBarrier(this.id, patienceMs);
    return seen?.state === 'held' ? (seen.calls[0] ?? null) : null;
  }

  release(mode: ReleaseMode = 'proceed'): void {
    this.control.releaseBarrier(this.id, mode);
  }
}
