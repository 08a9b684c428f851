import { randomUUID } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode, ifMissing } from './fs-errors.js';
import { textField } from './json-field.js';
import { identityOf } from './running-process.js';

export interface LockHolder {
  readonly pid: number;
  readonly identity: string;
  readonly command: string;
}

export class FolderInUseError extends Error {
  readonly code = 'FANFARE_FOLDER_IN_USE';

  constructor(
    readonly folder: string,
    readonly holder: LockHolder,
  ) {
    super(
      `The data folder ${folder} is in use by process ${holder.pid} (${holder.command}). ` +
        'Stop that one first, or choose another folder with FANFARE_DATA_DIR.',
    );
    this.name = 'FolderInUseError';
  }
}

/**
 * One process at a time per data folder. The file outlives a killed process, so a holder counts only while the very
 * process that wrote it lives; PostgreSQL's own postmaster.pid is the second guard.
 */
export class FolderLock {
  private constructor(
    private readonly file: string,
    private readonly content: string,
  ) {}

  static async acquire(folder: string): Promise<FolderLock> {
    const file = lockFile(folder);
    const self: LockHolder = {
      pid: process.pid,
      identity: (await identityOf(process.pid)) ?? 'unknown',
      command: [path.basename(process.execPath), ...process.argv.slice(1)].join(' '),
    };
    const content = JSON.stringify({ ...self, token: randomUUID() });
    for (let attempt = 0; attempt < 20; attempt += 1) {
      if (await createWhole(file, content)) return new FolderLock(file, content);
      const holder = await lockHolder(folder);
      if (holder !== undefined) throw new FolderInUseError(folder, holder);
      await removeStale(folder);
    }
    throw new Error(`The lock ${file} could not be taken`);
  }

  async release(): Promise<void> {
    const current = await readFile(this.file, 'utf8').catch(ifMissing(undefined));
    if (current === this.content) await rm(this.file, { force: true });
  }
}

/** Who holds the folder now; undefined when nobody does or the one who did is gone. */
export async function lockHolder(folder: string): Promise<LockHolder | undefined> {
  const text = await readFile(lockFile(folder), 'utf8').catch(ifMissing(undefined));
  const holder = text === undefined ? undefined : parseHolder(text);
  if (holder === undefined) return undefined;
  return (await identityOf(holder.pid)) === holder.identity ? holder : undefined;
}

const lockFile = (folder: string): string => path.join(folder, 'postgres.lock');

/** A link appears with its whole content, so nobody reads half a lock. */
async function createWhole(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, content, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** Moves the file aside before judging it again: of two who find it stale, one moves it, and a fresh one is put back. */
async function removeStale(folder: string): Promise<void> {
  const file = lockFile(folder);
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return;
    throw error;
  }
  const holder = parseHolder(await readFile(aside, 'utf8'));
  const fresh = holder !== undefined && (await identityOf(holder.pid)) === holder.identity;
  if (fresh) await link(aside, file);
  await rm(aside, { force: true });
}

function parseHolder(text: string): LockHolder | undefined {
  const value = parseJson(text);
  const pid: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, 'pid') : undefined;
  const identity = textField(value, 'identity');
  const command = textField(value, 'command');
  if (typeof pid !== 'number' || identity === undefined || command === undefined) return undefined;
  return { pid, identity, command };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not written by us, so nobody's
  }
}
