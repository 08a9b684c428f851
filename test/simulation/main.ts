import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { realMonotonicMs } from './environment/globals.mjs';
import { Fleet, together } from './fleet.js';
import { plantNames, type PlantName } from './plants.js';
import { type Feature, features } from './scenario/scenario.js';
import type { SeedResult } from './simulator.js';
import type { SeedsReport } from './worker.js';

const folder = '.cache/simulation';
/** Seeds between two lines of progress. */
const round = 200;

interface Options {
  readonly from: number;
  readonly to: number;
  readonly minutes: number;
  readonly plant: PlantName | undefined;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '1000' },
      from: { type: 'string', default: '1' },
      seed: { type: 'string' },
      minutes: { type: 'string', default: '1440' },
      plant: { type: 'string' },
    },
  });
  const from = whole('seed', values.seed ?? values.from);
  const plant = plantNames.find((name) => name === values.plant);
  if (values.plant !== undefined && plant === undefined)
    throw new Error(`--plant is one of ${plantNames.join(', ')}.`);
  return {
    from,
    to: values.seed === undefined ? from + whole('seeds', values.seeds) - 1 : from,
    minutes: whole('minutes', values.minutes),
    plant,
  };
}

function whole(name: string, text: string): number {
  if (!/^\d+$/.test(text)) throw new Error(`--${name} is a whole number; "${text}" is none.`);
  return Number(text);
}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readOptions();
  const fleet = await Fleet.open(options.from === options.to ? 1 : Math.max(2, availableParallelism()));
  try {
    const report = await rounds(fleet, options);
    say(JSON.stringify(report.happened, null, 2));
    if (options.from === options.to) say(`hash ${report.hashes[options.from] ?? ''}`);
    for (const result of report.broken) await explain(fleet, options, result);
    say(`${report.ran} seeds, ${report.broken.length} of them broke a promise`);
    if (report.broken.length > 0) process.exitCode = 1;
  } finally {
    await fleet.close();
  }
}

async function rounds(fleet: Fleet, { from, to, minutes, plant }: Options): Promise<SeedsReport> {
  const began = realMonotonicMs();
  let all: SeedsReport = { ran: 0, hashes: {}, broken: [], happened: {} };
  for (let next = from; next <= to; next += round) {
    const until = Math.min(to, next + round - 1);
    const planted = plant === undefined ? {} : { plant, untilBroken: true };
    const { hashes, ...more } = await fleet.run({ from: next, to: until, ...planted });
    all = together(all, { ...more, hashes: from === to ? hashes : {} });
    const took = realMonotonicMs() - began;
    say(
      `seed ${until}: ${Math.round((all.ran / took) * 60_000)} schedules a minute, ${all.broken.length} broken`,
    );
    if (took > minutes * 60_000 || (plant !== undefined && all.broken.length > 0)) break;
  }
  return all;
}

/** What can be left out while the seed still fails is not what it fails by. */
async function explain(fleet: Fleet, { plant }: Options, result: SeedResult): Promise<void> {
  const { seed } = result;
  const leftOut: Feature[] = [];
  let smallest = result;
  for (const feature of features) {
    const { broken } = await fleet.run({
      from: seed,
      to: seed,
      leftOut: [...leftOut, feature],
      ...(plant === undefined ? {} : { plant }),
    });
    const [same] = broken;
    if (same?.broken?.invariant !== result.broken?.invariant || same === undefined) continue;
    leftOut.push(feature);
    smallest = same;
  }
  mkdirSync(folder, { recursive: true });
  const file = `${folder}/seed-${seed}.txt`;
  const without = leftOut.length === 0 ? 'nothing' : leftOut.join(', ');
  const head = [
    `seed ${seed} breaks ${smallest.broken?.message ?? ''}`,
    `left out without changing that: ${without}`,
    JSON.stringify(smallest.scenario),
  ];
  writeFileSync(file, [...head, ...smallest.trace, ''].join('\n'));
  say([...head.slice(0, 2), ...smallest.trace.slice(-30), `the whole trace: ${file}`].join('\n'));
}

await main();
