import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { parseEnv } from 'node:util';
import { ROOT } from '../lib/run.mjs';

const OURS =
  /^(FANFARE_|PLATFORM_|DATABASE_|REDIS_|S3_|SANDBOX_)|^(HOST|PORT|PUBLIC_URL|TRUST_PROXY|LOG_LEVEL)$/;
const USUAL_PORT = 3000;

/**
 * The environment of the demo: nothing that was configured for the real thing, everything in its own folder.
 * @param {string} dataDir
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export async function demoEnvironment(dataDir) {
  const file = path.join(ROOT, '.env');
  const configured = { ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}), ...process.env };
  // Empty is the same as absent, and wins over what stands in .env.
  const cleared = Object.keys(configured).filter((name) => OURS.test(name));
  const port = String((await freePort(USUAL_PORT)) ?? (await freePort(0)));
  return {
    ...process.env,
    ...Object.fromEntries(cleared.map((name) => [name, ''])),
    FANFARE_DATA_DIR: dataDir,
    FANFARE_SANDBOX: '1',
    SANDBOX_PORT: '0',
    LOG_LEVEL: 'warn',
    PORT: port,
    // The simulated platforms are on the same machine, also those that fetch media by themselves.
    PUBLIC_URL: `http://127.0.0.1:${port}`,
  };
}

/**
 * @param {number} wanted 0: any
 * @returns {Promise<number | undefined>} undefined when somebody has it
 */
function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ port: wanted, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
