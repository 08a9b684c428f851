import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { configSchema } from './config.schema.js';
import { type Env } from './env.reader.js';

const FILE_NAME = 'keys.env';

export interface LocalKeys {
  /** FANFARE_ENCRYPTION_KEYS and FANFARE_SIGNING_KEY. */
  readonly env: Env;
  readonly file: string;
  /** True when this call made the file: tell the operator to back it up. */
  readonly made: boolean;
}

/**
 * The keys of an installation without configured ones: a file of mode 0600 in the data folder, made at first start.
 * Two processes that start at once end up with the same keys.
 */
export function ensureLocalKeys(dataDir: string): LocalKeys {
  const file = join(dataDir, FILE_NAME);
  const kept = readIfThere(file);
  if (kept !== null) return { env: parseEnv(kept), file, made: false };
  mkdirSync(dataDir, { recursive: true });
  const made = writeOnce(file, freshKeys());
  return { env: parseEnv(readFileSync(file, 'utf8')), file, made };
}

/** An environment whose keys are complete, from the local file where one process is all there is. */
export function withLocalKeys(env: Env): { env: Env; madeKeyFile: string | null } {
  const has = ({ key }: { key: string }): boolean => (env[key]?.trim() ?? '') !== '';
  const complete = has(configSchema.encryptionKeys) && has(configSchema.signingKey);
  const alone =
    !has(configSchema.databaseUrl) && (!has(configSchema.role) || env[configSchema.role.key] === 'all');
  if (complete || !alone) return { env, madeKeyFile: null };
  const dataDir = env[configSchema.dataDir.key]?.trim();
  const local = ensureLocalKeys(
    dataDir === undefined || dataDir === '' ? configSchema.dataDir.default : dataDir,
  );
  const configured = Object.fromEntries(Object.entries(env).filter(([key]) => has({ key })));
  return { env: { ...local.env, ...configured }, madeKeyFile: local.made ? local.file : null };
}

function freshKeys(): string {
  return [
    '# Made at first start. Without this file stored tokens can never be read again: back it up.',
    `${configSchema.encryptionKeys.key}=k1:${randomBytes(32).toString('base64')}`,
    `${configSchema.signingKey.key}=${randomBytes(32).toString('base64')}`,
    '',
  ].join('\n');
}

/** A link appears whole or not at all, and never over another: false when somebody was faster. */
function writeOnce(file: string, content: string): boolean {
  const draft = `${file}.${randomBytes(6).toString('hex')}`;
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true });
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

function readIfThere(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (isCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
