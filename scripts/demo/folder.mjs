import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { stopLeftDatabase } from '../lib/database.mjs';
import { outliveOrphans } from '../lib/orphans.mjs';

const NAME = /^fanfare-(?:demo|chaos|bench)-(\d+)-\w+$/;

/** A folder for one run of a script, removed with everything in it. */
export class DemoFolder {
  /** @param {'demo' | 'chaos' | 'bench'} script */
  constructor(script = 'demo') {
    this.path = mkdtempSync(path.join(parentFolder(), `fanfare-${script}-${process.pid}-`));
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

/** A run that was killed could not clear away its folder and its database server. */
export async function clearKilledDemos() {
  for (const name of readdirSync(parentFolder())) {
    const folder = path.join(parentFolder(), name);
    const pid = Number(NAME.exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid) || !isOurs(folder)) continue;
    await outliveOrphans(folder, () => undefined);
    if (await stopLeftDatabase(folder)) rmSync(folder, { recursive: true, force: true });
  }
}

/** As root PostgreSQL runs as another user, who must be able to get there. */
function parentFolder() {
  return realpathSync(process.getuid?.() === 0 ? '/tmp' : tmpdir());
}

function isOurs(folder) {
  const found = lstatSync(folder, { throwIfNoEntry: false });
  return found?.isDirectory() === true && (process.getuid === undefined || found.uid === process.getuid());
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
