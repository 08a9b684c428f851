// A process of its own that holds an embedded PostgreSQL, as `npm start` does. Prints what it got as one line of JSON and
// stays until its stdin ends or it is killed.
import { importBuilt } from '../../scripts/lib/build.mjs';

const { startEmbeddedPostgres } = await importBuilt('src/common/database/embedded/index.js');
try {
  const dataDir = process.argv[2];
  const server = await startEmbeddedPostgres({ dataDir, log: () => undefined, initdbFlags: ['--no-sync'] });
  const { appUrl, ownerUrl, port, clusterDir } = server;
  print({ appUrl, ownerUrl, port, clusterDir, serverPid: server.pid(), pid: process.pid });
  process.stdin.resume().once('end', () => server.stop());
} catch (error) {
  print({ error: error.message, code: error.code });
  process.exitCode = 1;
}

function print(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
