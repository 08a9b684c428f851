import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './run.mjs';

const WITH_PARENT = pathToFileURL(path.join(import.meta.dirname, 'with-parent.mjs')).href;

/** A Node program of ours that lives as long as this process wants, and not longer than it. */
export class Child {
  /**
   * @param {string} name for messages
   * @param {string} file
   * @param {{ args?: string[], env: NodeJS.ProcessEnv, stdout?: 'inherit' | 'pipe' | 'ignore' | number }} options
   */
  constructor(name, file, { args = [], env, stdout = 'inherit' }) {
    this.name = name;
    // A group of its own: Ctrl-C in the terminal reaches us alone, and we stop things in their order.
    this.process = spawn(process.execPath, ['--import', WITH_PARENT, file, ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', stdout, 'inherit', 'ipc'],
      detached: true,
    });
    /** @type {Promise<string>} how it ended, in words */
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(`did not start: ${error.message}`));
      this.process.once('exit', (code, signal) =>
        resolve(signal ? `was ended by ${signal}` : `ended with code ${code}`),
      );
    });
  }

  get running() {
    return this.process.exitCode === null && this.process.signalCode === null;
  }

  /**
   * Asks it to stop, and stops it if it does not.
   * @param {number} patienceMs
   */
  async stop(patienceMs) {
    if (!this.running) return;
    this.process.kill('SIGTERM');
    const timer = setTimeout(() => this.process.kill('SIGKILL'), patienceMs);
    await this.ended;
    clearTimeout(timer);
  }

  kill() {
    this.process.kill('SIGKILL');
  }

  /** The first line that it prints; needs `stdout: 'pipe'`. */
  async firstLine() {
    const { createInterface } = await import('node:readline');
    const lines = createInterface({ input: this.process.stdout });
    const line = once(lines, 'line').then(([text]) => String(text));
    const first = await Promise.race([
      line,
      this.ended.then((how) => Promise.reject(new Error(`The ${this.name} ${how}`))),
    ]);
    lines.on('line', () => undefined); // keeps reading, so that the child is never blocked
    return first;
  }
}
