import { Barriers } from './core/barriers.js';
import { CallGate } from './core/call.gate.js';
import { CallLog } from './core/call.log.js';
import { FaultRules } from './core/fault.rules.js';
import { LOOPBACK } from './core/loopback.js';
import { MediaStore } from './core/media.store.js';
import { ResetScope } from './core/reset.scope.js';
import { SandboxClock } from './core/sandbox.clock.js';
import type { SeenExchange } from './core/simulator.js';
import { SimulatorHost, type PlatformInfo } from './core/simulator.host.js';
import { UnexpectedLog } from './core/unexpected.log.js';
import { controlRoutes } from './control/control.routes.js';
import { ControlServer } from './control/control.server.js';
import { SandboxControl, type SandboxParts } from './control/sandbox.control.js';
import { PLATFORM_ORDER } from './platform.order.js';
import { SIMULATORS, type SimulatorEntry } from './simulators.js';

export interface SandboxInfo {
  readonly sandbox: string;
  readonly platforms: Readonly<Record<string, PlatformInfo>>;
}

export interface SandboxOptions {
  /** Port of the control API; the platforms follow in the order of `PLATFORM_ORDER`. 0: every port is any free one. */
  readonly port: number;
  readonly simulators?: readonly SimulatorEntry[];
  /** Is shown every request that a simulator has handled, with its answer. */
  readonly observe?: (exchange: SeenExchange) => void;
}

export interface Sandbox {
  /** The control API and the inbox page. */
  readonly url: string;
  readonly control: SandboxControl;
  info(): SandboxInfo;
  close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const parts = createParts();
  const { observe } = options;
  const shared = observe === undefined ? parts : { ...parts, observe };
  const entries = options.simulators ?? SIMULATORS;
  const hosts = entries.map((entry) => ({ key: entry.key, host: new SimulatorHost(entry.create, shared) }));
  const control = new SandboxControl(parts, hosts.map(({ host }) => host)); // prettier-ignore
  let url = '';
  const server = new ControlServer(controlRoutes(control, () => url));
  const close = async (): Promise<void> => {
    control.reset();
    await server.close();
    await Promise.all(hosts.map(({ host }) => host.stop()));
  };
  try {
    for (const { key, host } of hosts) await host.start(portOf(key, options.port));
    url = `http://${LOOPBACK}:${await server.listen(options.port)}`;
  } catch (error) {
    await close();
    throw error;
  }
  return { url, control, info: () => ({ sandbox: url, platforms: control.platforms() }), close };
}

function createParts(): SandboxParts {
  const clock = new SandboxClock();
  const scope = new ResetScope();
  const gate = new CallGate(new CallLog(clock), new FaultRules(), new Barriers(), scope);
  return { clock, scope, gate, media: new MediaStore(), unexpected: new UnexpectedLog(clock) };
}

function portOf(key: string, base: number): number {
  if (base === 0) return 0;
  const position = PLATFORM_ORDER.findIndex((platform) => platform === key);
  if (position === -1) throw new Error(`${key} has no place in PLATFORM_ORDER`);
  return base + 1 + position;
}
