import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { median, medianRatio, meets, rounded } from '../lib/statistics.mjs';

const FEW = 1_000;
const MANY = 1_000_000;
const ROUNDS = 3;
const BATCH = 50_000;
/** The same cost, as far as two measurements of the same thing are the same. */
const bar = { atMost: 1.5 };
const program = path.resolve(import.meta.dirname, '../lib/sweep-program.mjs');

/** The sweep beside a thousand, then a million occurrences whose time is far away. */
export async function sweep(installation) {
  await installation.engine.stop(30_000); // nobody else sweeps
  const measured = async (count) => {
    await fill(installation, count);
    const rounds = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const { stdout } = await promisify(execFile)(process.execPath, [program], { env: installation.env });
      rounds.push(median(JSON.parse(stdout.trim().split('\n').at(-1))));
    }
    return rounds;
  };
  const few = await measured(FEW);
  const many = await measured(MANY);
  const pairs = few.map((floor, index) => ({ floor, ours: many[index] }));
  const ratio = medianRatio(pairs);
  return {
    row: 'sweep',
    what: `the sweep in ms beside ${MANY} future occurrences`,
    milliseconds: rounded(median(pairs.map(({ ours }) => ours))),
    floor: { [`beside${FEW}`]: rounded(median(pairs.map(({ floor }) => floor))) },
    ratio,
    bar: { ratio: bar },
    met: meets(ratio, bar),
  };
}

/** From a day to a year ahead. Ids rise, as those of the engine do. */
async function fill({ database }, count) {
  await database.write(`TRUNCATE occurrences`);
  for (let from = 1; from <= count; from += BATCH)
    await database.write(
      `INSERT INTO occurrences (workspace_id, id, post_id, state, due_at)
       SELECT w.id, lpad(to_hex(n), 32, '0')::uuid, lpad(to_hex(n), 32, '0')::uuid, 'planned',
              clock.now + interval '1 day' + n * interval '364 days' / ${count}
         FROM (SELECT fanfare.now() AS now) AS clock, workspaces w,
              generate_series(${from}, ${Math.min(count, from + BATCH - 1)}) AS n`,
    );
  await database.write('ANALYZE occurrences');
}
