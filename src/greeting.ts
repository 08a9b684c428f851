import { mkdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import type { AppConfig } from './common/config/index.js';
import { AppLogger } from './common/logging/index.js';
import { WorkspaceService } from './modules/accounts/index.js';

const fileName = 'first-api-key';

/** A key that was made just now. */
export interface FirstKey {
  readonly apiKey: string;
  /** Where it is kept; null when it could not be written. */
  readonly file: string | null;
}

/** The first workspace and its key, before anybody is let in. Null when they are there already. */
export async function ensureFirstKey(
  app: INestApplicationContext,
  config: AppConfig,
): Promise<FirstKey | null> {
  if (!servesApi(config)) return null;
  const { apiKey } = await app.get(WorkspaceService).ensureFirst();
  return apiKey === null ? null : { apiKey, file: await keep(app, config, apiKey) };
}

/** Says where to go, in lines that scripts may read, and, the first time, with which key. */
export function greet(config: AppConfig, url: string, first: FirstKey | null): void {
  if (!servesApi(config)) {
    say(`Fanfare ${config.role} is ready: ${url}/health/ready`);
    return;
  }
  say(`Fanfare is ready: ${url}/api/v1`);
  say(`Docs: ${url}/api/docs`);
  if (first === null) return;
  say(`First API key: ${first.apiKey}`);
  say(
    first.file === null
      ? 'Keep it: it is shown this once.'
      : `It is kept in ${first.file}, for your eyes only.`,
  );
}

export function servesApi({ role }: Pick<AppConfig, 'role'>): boolean {
  return role === 'all' || role === 'api';
}

/** Null when it cannot be written; the key is on the screen then. */
async function keep(
  app: INestApplicationContext,
  { dataDir }: AppConfig,
  apiKey: string,
): Promise<string | null> {
  const file = join(dataDir, fileName);
  try {
    await mkdir(dataDir, { recursive: true });
    await writeFile(file, `${apiKey}\n`, { mode: 0o600, flush: true });
    return relative(process.cwd(), file);
  } catch (error) {
    app.get(AppLogger).warn('the first API key could not be written to a file', { err: error });
    return null;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
