import { chmodSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A folder for one run of the demo, removed with everything in it. */
export class DemoFolder {
  constructor() {
    // As root PostgreSQL runs as another user, who must be able to get there.
    const parent = process.getuid?.() === 0 ? '/tmp' : tmpdir();
    this.path = mkdtempSync(path.join(realpathSync(parent), `fanfare-demo-${process.pid}-`));
    chmodSync(this.path, 0o755);
  }

  /** @param {string} name */
  file(name) {
    return path.join(this.path, name);
  }

  /** The end of a text file; empty when there is none. */
  tail(name, lines) {
    try {
      return readFileSync(this.file(name), 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
    } catch (error) {
      if (error.code === 'ENOENT') return '';
      throw error;
    }
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}
