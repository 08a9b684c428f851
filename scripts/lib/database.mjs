import { createWriteStream, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { importBuilt } from './build.mjs';
import { Child } from './child.mjs';
import { ROOT } from './run.mjs';

const LOG_LIMIT_BYTES = 5_000_000;

const importEmbedded = () => importBuilt('src/common/database/embedded/index.js');

/** @param {NodeJS.ProcessEnv} env */
export function dataDirOf(env) {
  return path.resolve(ROOT, env.FANFARE_DATA_DIR || '.data');
}

/** What the engine is told, `.env` included. */
export async function readEnvironment() {
  const { readProcessEnv } = await importBuilt('src/common/config/process-env.js');
  return readProcessEnv(path.join(ROOT, '.env'));
}

/**
 * The database that the environment names, or the embedded one of its data folder, started.
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} log
 * @param {{ fallbackRoot?: string }} [options] where programs and data go when PostgreSQL's user cannot reach the clone
 * @returns {Promise<{ env: NodeJS.ProcessEnv, onExit(listener: (error: Error) => void): void, stop(): Promise<void> }>}
 */
export async function startDatabase(env, log, options = {}) {
  if (env.DATABASE_URL) return { env, onExit: () => undefined, stop: async () => undefined };
  const dataDir = dataDirOf(env);
  const { startEmbeddedPostgres } = await importEmbedded();
  const serverLog = logFile(dataDir);
  const server = await startEmbeddedPostgres({
    ...options,
    dataDir,
    log,
    serverLog: (line) => serverLog.write(`${line}\n`),
  });
  return {
    env: await withEmbedded(env, server, log),
    onExit: server.onExit,
    stop: async () => {
      await server.stop();
      serverLog.end();
    },
  };
}

/**
 * The environment of the embedded server that another process runs on this data folder; undefined when none does.
 * @param {NodeJS.ProcessEnv} env
 */
export async function findDatabase(env) {
  if (env.DATABASE_URL) return env;
  const { findRunningEmbeddedPostgres } = await importEmbedded();
  const running = await findRunningEmbeddedPostgres(dataDirOf(env));
  return running && withEmbedded(env, running, () => undefined);
}

/**
 * Stops the embedded server that a killed process has left on this data folder.
 * @param {string} dataDir
 * @returns {Promise<boolean>} false: the folder is in use
 */
export async function stopLeftDatabase(dataDir) {
  const { stopOrphan } = await importEmbedded();
  return (await stopOrphan(dataDir)) !== 'held';
}

/**
 * Brings the schema up to date, in a process of its own, which takes its memory with it.
 * @param {NodeJS.ProcessEnv} env
 */
export async function migrate(env) {
  const program = path.join(import.meta.dirname, 'migrate-program.mjs');
  const child = new Child('migration', program, { env, stdout: 2 });
  await child.ended;
  if (child.process.exitCode !== 0)
    throw new Error('The database could not be migrated; the reason is above.');
}

async function withEmbedded(env, { appUrl, ownerUrl }, log) {
  const { withLocalKeys } = await importBuilt('src/common/config/local-keys.js');
  const keyed = withLocalKeys({ ...env, FANFARE_DATA_DIR: dataDirOf(env) });
  if (keyed.madeKeyFile) {
    log(`Made the encryption key ${keyed.madeKeyFile}. Back it up: without it stored tokens cannot be read.`);
  }
  return { ...keyed.env, DATABASE_URL: appUrl, DATABASE_MIGRATION_URL: ownerUrl };
}

function logFile(dataDir) {
  mkdirSync(dataDir, { recursive: true });
  const file = path.join(dataDir, 'postgres.log');
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > LOG_LIMIT_BYTES) rmSync(file);
  return createWriteStream(file, { flags: 'a', mode: 0o600 });
}
