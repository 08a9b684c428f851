import { LOOPBACK } from './loopback.js';
import { PlatformServer } from './platform.server.js';
import type { Simulator, SimulatorEnvironment, SimulatorFactory } from './simulator.js';

export interface PlatformInfo {
  readonly name: string;
  readonly port: number;
  /** Base URL of the platform's port, e.g. the address of a Mastodon instance. */
  readonly url: string;
  readonly hosts: Readonly<Record<string, string>>;
}

/** One simulator with the server that it answers on. */
export class SimulatorHost {
  readonly simulator: Simulator;
  private readonly server: PlatformServer | null;
  private port: number | null = null;

  constructor(create: SimulatorFactory, shared: Omit<SimulatorEnvironment, 'url'>) {
    const environment: SimulatorEnvironment = { ...shared, url: (host) => this.url(host) };
    this.simulator = create(environment);
    this.server = this.simulator.ownServer ? null : new PlatformServer(this.simulator, environment);
  }

  async start(port: number): Promise<void> {
    this.port = await (this.simulator.ownServer?.start(port) ?? this.server?.listen(port) ?? port);
  }

  async stop(): Promise<void> {
    await this.simulator.ownServer?.stop();
    await this.server?.close();
  }

  info(): PlatformInfo {
    const hosts = Object.fromEntries(this.simulator.hosts.map((label) => [label, this.url(label)]));
    return { name: this.simulator.name, port: this.port ?? 0, url: this.url(), hosts };
  }

  private url(host?: string): string {
    if (this.port === null) throw new Error(`${this.simulator.key} does not listen yet`);
    const protocol = this.simulator.ownServer?.protocol ?? 'http';
    const base = `${protocol}://${LOOPBACK}:${this.port}`;
    return host === undefined ? base : `${base}/${host.toLowerCase()}`;
  }
}
