import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { hasCode, ifMissing } from './fs-errors.js';

/** The wanted port if nobody listens there, else any free one. Someone may be faster: the caller tries again then. */
export async function freePort(wanted: number | undefined): Promise<number> {
  if (wanted === undefined) return probe(0);
  try {
    return await probe(wanted);
  } catch (error) {
    if (hasCode(error, 'EADDRINUSE', 'EACCES')) return probe(0);
    throw error;
  }
}

/** Where the server of this folder listens, or listened last: kept, so that addresses stay the same. */
export async function readLastPort(dataDir: string): Promise<number | undefined> {
  const port = Number.parseInt(await readFile(portFile(dataDir), 'utf8').catch(ifMissing('')), 10);
  return port > 0 && port < 65_536 ? port : undefined;
}

export async function writeLastPort(dataDir: string, port: number): Promise<void> {
  await writeFile(portFile(dataDir), `${port}\n`);
}

const portFile = (dataDir: string): string => path.join(dataDir, 'postgres-port');

function probe(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1' }, () => {
      const address = server.address();
      const found = typeof address === 'object' && address !== null ? address.port : port;
      server.close(() => {
        resolve(found);
      });
    });
  });
}
