import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT, run } from './run.mjs';

const DIST = path.join(ROOT, 'dist');

/** Sources below the folders whose compiled file is missing or older than they are. */
export function staleSources(folders = ['src', 'migrations']) {
  const sources = folders.flatMap((folder) => sourceFiles(path.join(ROOT, folder)));
  const config = modified(path.join(ROOT, 'tsconfig.json'));
  return sources.filter((source) => {
    const built = path.join(DIST, path.relative(ROOT, source).replace(/\.ts$/, '.js'));
    return modified(built) < Math.max(modified(source), config);
  });
}

/** Builds when something changed since the last build. */
export async function ensureBuilt() {
  if (staleSources().length === 0) return false;
  await run('nest', ['build'], { quiet: true });
  return true;
}

/** @param {string[]} [folders] */
export function refuseStaleBuild(folders) {
  const stale = staleSources(folders);
  if (stale.length === 0) return;
  const names = stale.slice(0, 5).map((file) => path.relative(ROOT, file));
  const more = stale.length > names.length ? ` and ${stale.length - names.length} more` : '';
  throw new Error(`The build is older than ${names.join(', ')}${more}. Run \`npm run build\` first.`);
}

/**
 * Imports a module of the build.
 * @param {string} file below dist/
 */
export async function importBuilt(file) {
  return import(pathToFileURL(path.join(DIST, file)).href);
}

/** @param {string} file below dist/ */
export const builtPath = (file) => path.join(DIST, file);

/** What tsconfig.json leaves out has no compiled file. */
function sourceFiles(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /(?<!\.d|\.spec|\.rig)\.(ts|mjs)$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
}

function modified(file) {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
