import { spawn } from 'node:child_process';
import path from 'node:path';

export const ROOT = path.resolve(import.meta.dirname, '../..');

export class CommandFailed extends Error {
  /**
   * @param {string} command
   * @param {string} how
   */
  constructor(command, how) {
    super(`${command} ${how}`);
    this.name = 'CommandFailed';
  }
}

/**
 * Runs a command in the project, with our own output, and rejects when it fails.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: the output goes to stderr, so that stdout stays clean
 */
export function run(command, args, { env = process.env, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: ROOT,
      env: { ...env, PATH: withLocalBinaries(env.PATH) },
      stdio: ['ignore', quiet ? 2 : 'inherit', 'inherit'],
    });
    const name = [command, ...args].join(' ');
    child.once('error', (error) => reject(new CommandFailed(name, `did not start: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(undefined);
      else reject(new CommandFailed(name, signal ? `was ended by ${signal}` : `ended with code ${code}`));
    });
  });
}

/** So that a script works alike under `npm run` and by itself. */
function withLocalBinaries(searchPath) {
  return [path.join(ROOT, 'node_modules/.bin'), searchPath].filter(Boolean).join(path.delimiter);
}
