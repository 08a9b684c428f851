// npm start: everything that is needed, in one terminal. Installs and builds what is missing or old, starts PostgreSQL
// unless DATABASE_URL names one, migrates, and runs the engine.
import { ensureBuilt } from './lib/build.mjs';
import { readEnvironment } from './lib/database.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { startStack } from './lib/stack.mjs';
import { aborted, stopSignal, StoppedError } from './lib/until-stopped.mjs';

const say = (line) => console.error(`fanfare: ${line}`);

async function main() {
  const stop = stopSignal();
  if (await ensureInstalled()) say('installed');
  if (await ensureBuilt()) say('built');
  stop.signal.throwIfAborted();
  const stack = await startStack({ env: await readEnvironment(), log: say, signal: stop.signal });
  stop.onHurry(stack.hurry);
  if (stack.sandboxUrl) say(`sandbox at ${stack.sandboxUrl}`);
  const failure = await Promise.race([stack.failed, aborted(stop.signal)]);
  say(failure ? failure.message : 'stopping');
  await stack.stop();
  if (failure) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof StoppedError)) {
    say(error.message);
    process.exitCode = 1;
  }
}
