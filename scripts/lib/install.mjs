import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT, run } from './run.mjs';

/** Installs what package-lock.json asks for, if that is not what lies in node_modules. */
export async function ensureInstalled() {
  if (isInstalled()) return false;
  await run('npm', ['ci', '--no-audit', '--no-fund'], { quiet: true });
  return true;
}

/** npm notes in node_modules what it has installed; versions tell whether that is what the lock wants. */
function isInstalled() {
  const note = path.join(ROOT, 'node_modules/.package-lock.json');
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  return Object.entries(packagesOf(path.join(ROOT, 'package-lock.json'))).every(([name, wanted]) => {
    if (name === '') return true;
    const found = installed[name];
    // Other machines' binaries are optional and absent.
    return found ? found.version === wanted.version : wanted.optional === true;
  });
}

/** @returns {Record<string, { version?: string, optional?: boolean }>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}
