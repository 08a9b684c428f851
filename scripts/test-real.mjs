// npm run test:real: publishes to a real Bluesky server and a real SMTP server that lose answers. The Bluesky server is not
// installed with Fanfare: the first run installs it (npm registry only; SQLite is compiled, which takes some minutes).
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT, run } from './lib/run.mjs';

const SERVERS = path.join(ROOT, 'test/real/servers');

if (await ensureInstalled()) console.log('Installed what package-lock.json asks for.');
if (!existsSync(path.join(SERVERS, 'node_modules/.package-lock.json'))) {
  console.log('Installing the Bluesky server; this takes some minutes, once.');
  await run('npm', ['ci', '--prefix', SERVERS, '--no-audit', '--no-fund']);
}
const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
await run(process.execPath, [
  jest,
  '--config',
  'test/real/jest.config.mjs',
  '--runInBand',
  ...process.argv.slice(2),
]);
