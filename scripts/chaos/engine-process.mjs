import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../lib/run.mjs';

const WITH_PARENT = pathToFileURL(path.join(ROOT, 'scripts/lib/with-parent.mjs')).href;
const RESTART_AFTER_MS = 300;
const STARTS_IN_VAIN = 4;

/** One place of the installation: a process of the build that is started again whenever it has ended. */
export class EngineProcess {
  #child;
  #stopping = false;
  #killing = false;
  #suspended;
  #helper;
  up = false;
  /** How it ended without having been told to. @type {{ at: number, how: string }[]} */
  accidents = [];

  /** @param {{ name: string, role: string, port: number, env: NodeJS.ProcessEnv, entry: string,
   *   log: string }} options */
  constructor({ name, role, port, env, entry, log }) {
    this.name = name;
    this.role = role;
    this.url = `http://127.0.0.1:${port}`;
    this.env = { ...env, FANFARE_ROLE: role, PORT: String(port) };
    this.entry = entry;
    this.log = log;
  }

  get suspended() {
    return this.#suspended !== undefined;
  }

  start() {
    const output = openSync(this.log, 'a', 0o600);
    const child = spawn(process.execPath, ['--import', WITH_PARENT, this.entry], {
      cwd: ROOT,
      env: this.env,
      stdio: ['ignore', output, output, 'ipc'],
      detached: true, // Ctrl-C in the terminal reaches us alone
    });
    closeSync(output);
    child.on('error', () => undefined); // told by exit
    this.#child = child;
    this.#killing = false;
    this.#stopping = false;
    child.once('exit', (code, signal) => void this.#ended(child, signal ?? `code ${code}`));
    void this.#watchStart(child);
  }

  /** Resolves once it serves. @param {AbortSignal} signal */
  async ready(signal) {
    const before = this.accidents.length;
    while (!this.up) {
      signal.throwIfAborted();
      if (this.accidents.length - before > STARTS_IN_VAIN)
        throw new Error(`The ${this.name} does not start: ${this.accidents.at(-1).how}. See ${this.log}`);
      await pause(50);
    }
  }

  /** SIGKILL: no hook, no flush, nothing. It is started again at once. */
  kill() {
    this.up = false;
    this.#killing = true;
    this.#child.kill('SIGKILL');
  }

  /** SIGKILL, and it stays down until `start`. Resolves when it has ended. */
  async knockOut() {
    this.#stopping = true;
    this.#forgetSuspension();
    const child = this.#child;
    if (!isRunning(child)) return;
    const exited = once(child, 'exit');
    this.kill();
    await exited;
  }

  /**
   * SIGSTOP, and SIGCONT after a while, by a helper that goes on when this process is killed meanwhile.
   * @param {number} seconds
   */
  suspend(seconds) {
    const script = 'kill -STOP "$1" && sleep "$2"; kill -CONT "$1"';
    const pid = String(this.#child.pid);
    this.#helper = spawn('sh', ['-c', script, 'sh', pid, String(seconds)], {
      stdio: 'ignore',
      detached: true,
    });
    this.#suspended = once(this.#helper, 'exit').finally(() => (this.#suspended = undefined));
  }

  /** Resolves when it is not suspended any more. */
  async resumed() {
    await this.#suspended;
  }

  /**
   * Asks it to stop; after the patience it is killed. Not started again.
   * @param {number} patienceMs
   */
  async stop(patienceMs) {
    this.#stopping = true;
    this.#forgetSuspension();
    const child = this.#child;
    if (child === undefined || !isRunning(child)) return;
    const exited = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(patienceMs > 0 ? 'SIGTERM' : 'SIGKILL');
    const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
    await exited;
    clearTimeout(timer);
  }

  /** Its end ends the suspension as well. */
  #forgetSuspension() {
    if (this.suspended) process.kill(-this.#helper.pid, 'SIGKILL');
  }

  async #ended(child, how) {
    this.up = false;
    if (this.#stopping) return;
    if (!this.#killing) {
      this.accidents.push({ at: Date.now(), how });
      await pause(RESTART_AFTER_MS);
    }
    if (!this.#stopping && child === this.#child) this.start();
  }

  async #watchStart(child) {
    while (isRunning(child) && !(await answers(`${this.url}/health/ready`))) await pause(50);
    if (isRunning(child) && child === this.#child && !this.#killing) this.up = true;
  }
}

const isRunning = (child) => child.pid !== undefined && child.exitCode === null && child.signalCode === null;

async function answers(url) {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch (error) {
    if (error instanceof Error) return false; // not yet
    throw error;
  }
}
