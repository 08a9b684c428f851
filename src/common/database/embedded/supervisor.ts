import { setTimeout as pause } from 'node:timers/promises';
import { ServerProcess, ServerStartError, type ServerOptions } from './server-process.js';

const RESTART_DELAYS_MS = [0, 100, 200, 500, 1_000, 2_000, 2_000, 5_000, 5_000, 10_000] as const;
const STEADY_AFTER_MS = 60_000;
// The workers of a killed server hold its memory for a moment longer.
const STILL_HELD = /pre-existing shared memory block|lock file ".*" already exists/;

/** Keeps one server running on one port until it is told to stop, or until restarting has failed too often in a row. */
export class Supervisor {
  private readonly stopping = new AbortController();
  private readonly listeners = new Set<(error: Error) => void>();
  private restarts = 0;
  private steady: NodeJS.Timeout | undefined;
  private watching: Promise<void> = Promise.resolve();

  constructor(
    private readonly options: ServerOptions,
    private server: ServerProcess,
  ) {
    this.watching = this.watch();
  }

  get pid(): number | undefined {
    return this.server.pid;
  }

  get port(): number {
    return this.options.port;
  }

  onExit(listener: (error: Error) => void): void {
    this.listeners.add(listener);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.server.stop();
    await this.watching;
    clearTimeout(this.steady);
  }

  private async watch(): Promise<void> {
    for (;;) {
      this.becomeSteadyLater();
      await this.server.exited;
      clearTimeout(this.steady);
      if (this.stopped()) return;
      this.options.log('PostgreSQL has ended by itself; starting it again');
      const error = await this.restart();
      if (this.stopped()) return;
      if (error === undefined) continue;
      for (const listener of this.listeners) listener(error);
      return;
    }
  }

  /** Undefined when the server serves again. */
  private async restart(): Promise<Error | undefined> {
    let failure = new Error('PostgreSQL keeps ending by itself');
    while (this.restarts < RESTART_DELAYS_MS.length) {
      await this.pause(RESTART_DELAYS_MS[this.restarts] ?? 0);
      this.restarts += 1;
      if (this.stopped()) return undefined;
      try {
        this.server = await ServerProcess.start(this.options);
        if (this.stopped()) await this.server.stop(); // told to while it came up
        return undefined;
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
      }
    }
    return failure;
  }

  /** Asked anew each time: it changes while we wait. */
  private stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  private becomeSteadyLater(): void {
    this.steady = setTimeout(() => (this.restarts = 0), STEADY_AFTER_MS);
    this.steady.unref();
  }

  private async pause(delayMs: number): Promise<void> {
    await pause(delayMs, undefined, { signal: this.stopping.signal }).catch((error: unknown) => {
      if (!this.stopped()) throw error;
    });
  }
}

/** The first start: chooses another port when someone was faster, waits for what a killed server still holds. */
export async function startFirst(
  options: Omit<ServerOptions, 'port'>,
  choosePort: (attempt: number) => Promise<number>,
): Promise<Supervisor> {
  for (let attempt = 0; ; attempt += 1) {
    const withPort = { ...options, port: await choosePort(attempt) };
    try {
      return new Supervisor(withPort, await ServerProcess.start(withPort));
    } catch (error) {
      if (attempt >= 20 || !(error instanceof ServerStartError)) throw error;
      if (!error.portTaken && !error.lastLines.some((line) => STILL_HELD.test(line))) throw error;
      await pause(100);
    }
  }
}
