import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import type { SeedsReport, SeedsRequest, WorkerAnswer, WorkerRequest } from './worker.js';

const root = path.resolve(import.meta.dirname, '../..');
const register = path.join(root, 'test/simulation/environment/register.mjs');

/** A process with a database of its own that runs seeds. */
class Runner {
  private constructor(
    private readonly child: ChildProcess,
    private readonly database: TestDatabase,
  ) {}

  static async open(): Promise<Runner> {
    const database = await createTestDatabase();
    const child = fork(path.join(root, 'test/simulation/worker.ts'), [], {
      cwd: root,
      execArgv: ['--import', register],
    });
    const runner = new Runner(child, database);
    await runner.ask({ kind: 'open', urls: { app: database.appUrl, admin: database.adminUrl } });
    return runner;
  }

  async seeds(seeds: SeedsRequest): Promise<SeedsReport> {
    const answer = await this.ask({ kind: 'seeds', seeds });
    if (answer.kind !== 'report') throw new Error(`the worker answered ${answer.kind}`);
    return answer.report;
  }

  async close(): Promise<void> {
    const ended = this.child.exitCode === null ? once(this.child, 'exit') : null;
    this.child.kill();
    await ended;
    await this.database.drop();
  }

  private async ask(request: WorkerRequest): Promise<WorkerAnswer> {
    const answered = new Promise<WorkerAnswer>((resolve, reject) => {
      const onExit = (code: number | null): void =>
        reject(new Error(`the worker ended with ${code ?? 'a signal'}`));
      this.child.once('exit', onExit);
      this.child.once('message', (message) => {
        this.child.off('exit', onExit);
        resolve(message as WorkerAnswer);
      });
    });
    this.child.send(request);
    const answer = await answered;
    if (answer.kind === 'failed') throw new Error(`The simulation itself has failed: ${answer.message}`);
    return answer;
  }
}

/** Several runners side by side. */
export class Fleet {
  private constructor(private readonly runners: readonly Runner[]) {}

  static async open(size: number): Promise<Fleet> {
    return new Fleet(await Promise.all(Array.from({ length: size }, () => Runner.open())));
  }

  /** The seeds shared out, each to one runner. */
  async run(request: Omit<SeedsRequest, 'step'>): Promise<SeedsReport> {
    const step = this.runners.length;
    const reports = await Promise.all(
      this.runners.map((runner, index) => runner.seeds({ ...request, from: request.from + index, step })),
    );
    return reports.reduce(together);
  }

  async close(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.close()));
  }
}

export function together(a: SeedsReport, b: SeedsReport): SeedsReport {
  const happened = { ...a.happened };
  for (const [name, by] of Object.entries(b.happened)) happened[name] = (happened[name] ?? 0) + by;
  return {
    ran: a.ran + b.ran,
    hashes: { ...a.hashes, ...b.hashes },
    broken: [...a.broken, ...b.broken],
    happened,
  };
}
