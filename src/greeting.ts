import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { AppConfig } from './common/config/index.js';
import { AppLogger } from './common/logging/index.js';
import { WorkspaceService } from './modules/accounts/index.js';

const fileName = 'first-api-key';

export interface FirstKey {
  /** Null: it was made before. */
  readonly apiKey: string | null;
  /** Where it is kept; null: nowhere. */
  readonly file: string | null;
}

/** The first workspace and its key, before anybody is let in. */
export async function ensureFirstKey(app: INestApplicationContext, config: AppConfig): Promise<FirstKey> {
  if (!servesApi(config)) return { apiKey: null, file: null };
  const { apiKey } = await app.get(WorkspaceService).ensureFirst();
  const file = join(config.dataDir, fileName);
  if (apiKey === null) return { apiKey, file: existsSync(file) ? shown(file) : null };
  return { apiKey, file: await keep(app, file, apiKey) };
}

/** Says where to go, in lines that scripts may read, and, the first time, with which key. */
export function greet(config: AppConfig, url: string, { apiKey, file }: FirstKey): void {
  if (!servesApi(config)) {
    say(`Fanfare ${config.role} is ready: ${url}/health/ready`);
    return;
  }
  say(`Fanfare is ready: ${url}/api/v1`);
  say(`Docs: ${url}/api/docs`);
  if (apiKey !== null) say(`First API key: ${apiKey}`);
  if (file !== null) say(`The first API key is kept in ${file}, for your eyes only.`);
  else if (apiKey !== null) say('Keep it: it is shown this once.');
}

export function servesApi({ role }: Pick<AppConfig, 'role'>): boolean {
  return role === 'all' || role === 'api';
}

/** Null when it cannot be written; the key is on the screen then. */
async function keep(app: INestApplicationContext, file: string, apiKey: string): Promise<string | null> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, `${apiKey}\n`, { mode: 0o600, flush: true });
    return shown(file);
  } catch (error) {
    app.get(AppLogger).warn('the first API key could not be written to a file', { err: error });
    return null;
  }
}

function shown(file: string): string {
  const near = relative(process.cwd(), file);
  return near.startsWith('..') ? file : near;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
