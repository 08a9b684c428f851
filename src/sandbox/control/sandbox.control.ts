import type { BarrierInput, BarrierView, ReleaseMode } from '../core/barriers.js';
import type { CallGate } from '../core/call.gate.js';
import type { CallRecord } from '../core/call.log.js';
import type { FaultInput, FaultRule } from '../core/fault.rules.js';
import type { InboxEntry } from '../core/inbox.js';
import type { JsonObject } from '../core/json.js';
import type { MediaStore, StoredMedia } from '../core/media.store.js';
import type { ResetScope } from '../core/reset.scope.js';
import type { SandboxClock } from '../core/sandbox.clock.js';
import type { PlatformInfo, SimulatorHost } from '../core/simulator.host.js';
import { InvalidInput, type SandboxAccount, type Simulator, type TokenAction } from '../core/simulator.js';
import type { Unexpected, UnexpectedLog } from '../core/unexpected.log.js';

export interface SandboxParts {
  readonly clock: SandboxClock;
  readonly media: MediaStore;
  readonly unexpected: UnexpectedLog;
  readonly gate: CallGate;
  readonly scope: ResetScope;
}

export interface ClockView {
  readonly now: string;
  readonly offsetMs: number;
}

export type PlatformAccount = SandboxAccount & { readonly platform: string };

/** Everything that the control API does, for tests in the same process. */
export class SandboxControl {
  constructor(
    private readonly parts: SandboxParts,
    private readonly hosts: readonly SimulatorHost[],
  ) {}

  addFault(input: FaultInput): FaultRule {
    this.simulator(input.platform);
    return this.parts.gate.faults.add(input);
  }

  faults(): readonly FaultRule[] {
    return this.parts.gate.faults.list();
  }

  removeFaults(id?: string): number {
    return this.parts.gate.faults.remove(id);
  }

  addBarrier(input: BarrierInput): BarrierView {
    this.simulator(input.platform);
    return this.parts.gate.barriers.add(input);
  }

  barriers(): readonly BarrierView[] {
    return this.parts.gate.barriers.list();
  }

  /** The barrier once something is held (or released), or after `waitMs`. Null: no such barrier. */
  waitForBarrier(id: string, waitMs = 0): Promise<BarrierView | null> {
    return this.parts.gate.barriers.wait(id, waitMs);
  }

  releaseBarrier(id: string, mode: ReleaseMode = 'proceed'): BarrierView | null {
    return this.parts.gate.barriers.release(id, mode);
  }

  calls(platform?: string): readonly CallRecord[] {
    return this.parts.gate.log.list(platform);
  }

  inbox(platform?: string): readonly InboxEntry[] {
    const hosts = this.hosts.filter(({ simulator }) => platform === undefined || simulator.key === platform);
    return hosts.flatMap(({ simulator }) => simulator.inbox());
  }

  media(sha256: string): StoredMedia | undefined {
    return this.parts.media.get(sha256);
  }

  unexpected(platform?: string): readonly Unexpected[] {
    return this.parts.unexpected.list(platform);
  }

  clearUnexpected(): void {
    this.parts.unexpected.reset();
  }

  accounts(platform?: string): readonly PlatformAccount[] {
    const hosts = this.hosts.filter(({ simulator }) => platform === undefined || simulator.key === platform);
    return hosts.flatMap(({ simulator }) =>
      simulator.accounts().map((account) => ({ platform: simulator.key, ...account })),
    );
  }

  createAccount(platform: string, input: JsonObject = {}): PlatformAccount {
    return { platform, ...this.simulator(platform).createAccount(input) };
  }

  endTokens(platform: string, account: string, action: TokenAction): void {
    if (this.simulator(platform).endTokens(account, action)) return;
    throw new InvalidInput(`${platform} has no account ${account}`);
  }

  /** Changes settings of one simulator and returns all of them. */
  configure(platform: string, settings: JsonObject): JsonObject {
    const simulator = this.simulator(platform);
    if (!simulator.configure) throw new InvalidInput(`${platform} has no settings`);
    return simulator.configure(settings);
  }

  clock(): ClockView {
    return { now: this.parts.clock.iso(), offsetMs: this.parts.clock.offset };
  }

  advanceClock(ms: number): ClockView {
    this.parts.clock.advance(ms);
    return this.clock();
  }

  /** The state of the start; whatever is held or hangs is dropped. */
  reset(): void {
    const { gate, scope, unexpected, media, clock } = this.parts;
    gate.faults.remove();
    gate.barriers.reset();
    scope.reset();
    gate.log.reset();
    unexpected.reset();
    media.reset();
    clock.reset();
    for (const { simulator } of this.hosts) simulator.reset();
  }

  platforms(): Readonly<Record<string, PlatformInfo>> {
    return Object.fromEntries(this.hosts.map((host) => [host.simulator.key, host.info()]));
  }

  /** The environment that points Fanfare at this sandbox. */
  env(): Readonly<Record<string, string>> {
    const lines: Record<string, string> = { FANFARE_ALLOW_ADDRESSES: '127.0.0.0/8' };
    for (const host of this.hosts) {
      const prefix = `PLATFORM_${host.simulator.key.toUpperCase().replaceAll('-', '_')}`;
      for (const [label, url] of Object.entries(host.info().hosts)) lines[`${prefix}_${label}_URL`] = url;
      Object.assign(lines, host.simulator.environment?.());
    }
    return lines;
  }

  private simulator(platform: string): Simulator {
    const host = this.hosts.find(({ simulator }) => simulator.key === platform);
    if (!host) throw new InvalidInput(`there is no platform ${platform}`);
    return host.simulator;
  }
}
