// npm run sandbox: the simulated platforms alone.
import { ensureBuilt } from './lib/build.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { Parts } from './lib/parts.mjs';
import { startSandbox } from './lib/sandbox.mjs';
import { aborted, stopSignal } from './lib/until-stopped.mjs';

const stop = stopSignal();
await ensureInstalled();
await ensureBuilt();
const parts = new Parts();
stop.onHurry(() => parts.hurry());
try {
  const { url, environment } = await startSandbox(parts, process.env);
  console.log(`Inbox and control API: ${url}\n\nTo point Fanfare at it:\n`);
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`);
  const failure = await Promise.race([parts.failed, aborted(stop.signal)]);
  if (failure) throw failure;
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
} finally {
  await parts.stop();
}
