import process from 'node:process';
import { type DatabaseUrls, type SeedInput, type SeedResult, Simulator } from './simulator.js';

/** Seeds one after the other: `from`, `from + step`, … */
export interface SeedsRequest extends Omit<SeedInput, 'seed'> {
  readonly from: number;
  readonly to: number;
  readonly step?: number;
  /** Ends with the first seed that breaks a promise. */
  readonly untilBroken?: boolean;
}

export interface SeedsReport {
  readonly ran: number;
  readonly hashes: Readonly<Record<number, string>>;
  readonly broken: readonly SeedResult[];
  /** How often what happened, over all seeds. */
  readonly happened: Readonly<Record<string, number>>;
}

export type WorkerRequest =
  | { readonly kind: 'open'; readonly urls: DatabaseUrls }
  | { readonly kind: 'seeds'; readonly seeds: SeedsRequest };
export type WorkerAnswer =
  | { readonly kind: 'opened' }
  | { readonly kind: 'report'; readonly report: SeedsReport }
  | { readonly kind: 'failed'; readonly message: string };

/** Whole traces that a report carries at most. */
const mostTraces = 3;

async function runSeeds(simulator: Simulator, request: SeedsRequest): Promise<SeedsReport> {
  const { from, to, step = 1, untilBroken = false, ...input } = request;
  const hashes: Record<number, string> = {};
  const broken: SeedResult[] = [];
  const happened: Record<string, number> = {};
  let ran = 0;
  for (let seed = from; seed <= to; seed += step) {
    const result = await simulator.run({ seed, ...input });
    ran += 1;
    hashes[seed] = result.hash;
    count(happened, result);
    if (result.broken === null) continue;
    broken.push(broken.length < mostTraces ? result : { ...result, trace: [] });
    if (untilBroken) break;
  }
  return { ran, hashes, broken, happened };
}

function count(happened: Record<string, number>, { counts, fates, outcomes }: SeedResult): void {
  const add = (name: string, by: number): void => {
    happened[name] = (happened[name] ?? 0) + by;
  };
  for (const [name, by] of Object.entries(counts)) add(name, by);
  for (const [name, by] of Object.entries(fates)) add(`call ${name}`, by);
  for (const state of outcomes) add(`ended ${state}`, 1);
}

let simulator: Simulator | null = null;

async function answer(request: WorkerRequest): Promise<WorkerAnswer> {
  if (request.kind === 'open') {
    simulator = await Simulator.open(request.urls);
    return { kind: 'opened' };
  }
  if (simulator === null) throw new Error('not opened');
  return { kind: 'report', report: await runSeeds(simulator, request.seeds) };
}

process.on('message', (request: WorkerRequest) => {
  answer(request).then(
    (reply) => process.send?.(reply),
    (error: unknown) => {
      const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.send?.({ kind: 'failed', message } satisfies WorkerAnswer);
    },
  );
});

// Whoever started it is gone.
process.on('disconnect', () => process.exit());
