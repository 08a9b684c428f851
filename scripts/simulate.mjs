// npm run simulate -- [--seeds 1000] [--from 1] [--seed S] [--minutes M] [--plant NAME]: runs the deterministic simulation
// (docs/adr/0014). A seed that breaks a promise is run again with less that goes wrong, and its whole trace is kept.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ROOT } from './lib/run.mjs';
import { createTemplate } from '../test/support/template.mjs';
import { startTestPostgres } from '../test/support/test-postgres.mjs';

async function main() {
  await ensureInstalled();
  await ensureBuilt();
  const server = await startTestPostgres();
  try {
    const template = await createTemplate(server);
    const { superuserUrl, ownerUrl, appUrl } = server;
    const environment = path.join(ROOT, 'test/simulation/environment/register.mjs');
    const program = path.join(ROOT, 'test/simulation/main.ts');
    const child = spawn(process.execPath, ['--import', environment, program, ...process.argv.slice(2)], {
      cwd: ROOT,
      stdio: 'inherit',
      env: {
        ...process.env,
        FANFARE_TEST_POSTGRES: JSON.stringify({ superuserUrl, ownerUrl, appUrl, template }),
      },
    });
    const [code] = await once(child, 'exit');
    process.exitCode = code ?? 1;
  } finally {
    await server.stop();
  }
}

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}
