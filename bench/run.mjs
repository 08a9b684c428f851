// npm run bench [-- --only burst,steady] [--queues postgresql,redis] [--idle-minutes 10] [--minutes 60] [--out FILE]: measures
// the rows of bench/README.md, each beside its floor, in one run on this machine. Everything listens on 127.0.0.1. Prints one
// JSON document; what goes on is told on stderr.
import { setMaxListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { clearKilledDemos, DemoFolder } from '../scripts/demo/folder.mjs';
import { ensureBuilt } from '../scripts/lib/build.mjs';
import { stopSignal } from '../scripts/lib/until-stopped.mjs';
import { Installation } from './lib/installation.mjs';
import { readOptions } from './lib/options.mjs';
import { burst } from './rows/burst.mjs';
import { cost } from './rows/cost.mjs';
import { parallelism } from './rows/parallelism.mjs';
import { start } from './rows/start.mjs';
import { steady } from './rows/steady.mjs';
import { sweep } from './rows/sweep.mjs';

/** Measured on each queue. */
const ON_QUEUE = {
  parallelism,
  burst: (installation) => burst(installation, 3_000),
  bigBurst: (installation) => burst(installation, 10_000),
  steady,
  cost,
};
/** The queue has no part in these. */
const ONCE = { sweep };

const began = performance.now();
const note = (line) =>
  console.error(`[${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s] ${line}`);

async function main() {
  const options = readOptions(process.argv.slice(2));
  const signal = AbortSignal.any([stopSignal().signal, AbortSignal.timeout(options.minutes * 60_000)]);
  setMaxListeners(0, signal);
  if (await ensureBuilt()) note('Built.');
  await clearKilledDemos();
  const results = [];
  const take = async (name, queue, measure) => {
    const result = await inFolder(measure);
    results.push({ ...result, queue });
    note(`${name} on ${queue}: ${JSON.stringify(result)}`);
  };
  for (const row of options.rows) {
    if (row in ON_QUEUE)
      for (const queue of options.queues)
        await take(row, queue, (folder) => installed(folder, { queue, signal }, ON_QUEUE[row]));
    else if (row in ONCE)
      await take(row, 'postgresql', (folder) =>
        installed(folder, { queue: 'postgresql', signal }, ONCE[row]),
      );
    else
      await take(row, 'postgresql', (folder) => start(folder, { idleMinutes: options.idleMinutes, signal }));
  }
  const report = { bench: 'fanfare', node: process.version, cores: availableParallelism(), rows: results };
  const text = JSON.stringify(report, null, 2);
  if (options.out !== undefined) writeFileSync(options.out, `${text}\n`);
  console.log(text);
}

/** Every row has a fresh database and sandbox. */
async function installed(folder, options, measure) {
  const installation = new Installation(folder, options);
  try {
    await installation.start();
    return await measure(installation);
  } finally {
    await installation.stop();
  }
}

async function inFolder(work) {
  const folder = new DemoFolder('bench');
  try {
    return await work(folder);
  } finally {
    folder.remove();
  }
}

try {
  await main();
} catch (error) {
  console.error(`fanfare: ${error.message}`);
  process.exitCode = 1;
}
