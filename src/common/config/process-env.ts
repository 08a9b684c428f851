import { existsSync, readFileSync } from 'node:fs';
import { delimiter } from 'node:path';
import { parseEnv } from 'node:util';
import { type Env } from './env.reader.js';

/**
 * The environment of this process, the only place that reads it. A `.env` file in the working folder fills in what
 * the process was not given.
 */
export function readProcessEnv(file = '.env'): Env {
  const fromFile = existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {};
  return { ...fromFile, ...process.env };
}

/** Where this system looks for programs. */
export function programFolders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}
