import { UnitOfWork } from '../../../src/common/database/index.js';
import type { AddJobOptions, JobDefinition } from '../../../src/common/queue/index.js';
import { Checks } from '../checks/checks.js';
import type { Backends } from '../database/backends.js';
import { Locks } from '../database/locks.js';
import type { SimulationDatabase } from '../database/simulation.database.js';
import { useIds } from '../environment/uuid.js';
import { ModelPlatforms } from '../platform/model.platforms.js';
import { Network } from '../platform/network.js';
import type { Scenario } from '../scenario/scenario.js';
import { Faults } from './faults.js';
import { EngineProcess, type Surroundings } from './engine.process.js';
import { JobStore } from './job.store.js';
import { currentTask, SimulatedProcess, type Task } from './processes.js';
import { Random } from './random.js';
import { Scheduler } from './scheduler.js';
import { Trace } from './trace.js';

/** What really happened; a column that stays empty over many seeds means that nothing was tested there. */
export interface Counts {
  statements: number;
  steps: number;
  commits: number;
  crashes: number;
  suspensions: number;
  lostConnections: number;
  wipes: number;
  restarts: number;
}

export interface WorldInput {
  readonly seed: number;
  readonly startMs: number;
  readonly scenario: Scenario;
  readonly backends: Backends;
  readonly database: SimulationDatabase;
  readonly around: Pick<Surroundings, 'config' | 'dataSource' | 'replaced'>;
  /** Bugs may be planted in the network as well. */
  readonly makeNetwork?: (world: World) => Network;
}

/** Everything that a schedule happens in: time, chance, machines, network, queue, platforms, and the one database. */
export class World {
  readonly random: Random;
  readonly trace: Trace;
  readonly scheduler: Scheduler;
  readonly locks: Locks;
  readonly platforms: ModelPlatforms;
  readonly checks: Checks;
  readonly faults: Faults;
  readonly jobs = new JobStore();
  readonly engines: EngineProcess[] = [];
  readonly counts: Counts = {
    statements: 0,
    steps: 0,
    commits: 0,
    crashes: 0,
    suspensions: 0,
    lostConnections: 0,
    wipes: 0,
    restarts: 0,
  };
  private readonly network: Network;
  private started = 0;

  constructor(private readonly input: WorldInput) {
    const random = new Random(`seed ${input.seed}`);
    this.random = random.stream('world');
    this.trace = new Trace(() => this.now - input.startMs);
    this.scheduler = new Scheduler(input.startMs, this.trace);
    this.locks = new Locks(input.backends, this.scheduler, random.stream('locks'), this.trace);
    this.checks = new Checks(input.backends.control, this.scheduler, {
      task: () => this.task(),
      transactionIsOpen: () => this.engineOf(this.task()).get(UnitOfWork).isOpen,
    });
    this.platforms = new ModelPlatforms(random.stream('platforms'), (entry) => this.checks.appeared(entry));
    this.faults = new Faults(random.stream('faults'), input.scenario, this.trace);
    this.network = input.makeNetwork?.(this) ?? new Network(this);
    useIds({ wallMs: () => currentTask()?.process.wallMs() ?? this.now, salt: String(input.seed) });
  }

  get now(): number {
    return this.scheduler.now;
  }

  get startMs(): number {
    return this.input.startMs;
  }

  async moveTo(time: number): Promise<void> {
    if (time <= this.now) return;
    this.scheduler.now = time;
    await this.input.database.setClock(time);
  }

  /** A new process of the engine, as after a start or a restart. */
  start(): EngineProcess {
    this.started += 1;
    const { skewMs } = this.input.scenario;
    const name = `p${this.started}`;
    const machine = new SimulatedProcess(
      name,
      this.random.between(-skewMs, skewMs),
      this.scheduler,
      this.random,
    );
    const born = this.now;
    const engine = new EngineProcess(
      machine,
      {
        ...this.input.around,
        exchange: (request) => this.network.exchange(request),
        wait: (ms) => this.wait(ms),
        addJob: (job, payload, options) => this.addJob(job, payload, options),
      },
      () => this.now - born,
    );
    this.engines.push(engine);
    return engine;
  }

  /** The process is gone: nothing of it ever goes on, and the database rolls back what it had open. */
  async kill(engine: EngineProcess): Promise<void> {
    const { machine } = engine;
    this.trace.add(`${machine.name} is killed`);
    machine.alive = false;
    machine.timers.length = 0;
    this.scheduler.forget(machine);
    this.engines.splice(this.engines.indexOf(engine), 1);
    this.jobs.freeOf(machine, this.now);
    for (const held of [...machine.held]) await held.cut();
    engine.end();
  }

  /** A transaction that wrote something is committed. */
  async committed(task: Task): Promise<void> {
    this.counts.commits += 1;
    await this.checks.afterCommit(task);
  }

  private task(): Task {
    const task = currentTask();
    if (task === undefined) throw new Error('outside a simulated process');
    return task;
  }

  private engineOf({ process }: Task): EngineProcess {
    const engine = this.engines.find(({ machine }) => machine === process);
    if (engine === undefined) throw new Error(`${process.name} is gone`);
    return engine;
  }

  private wait(ms: number): Promise<void> {
    return this.scheduler.step({
      kind: 'wait',
      label: `wait ${Math.round(ms)} ms`,
      at: this.now + Math.max(0, ms),
    });
  }

  private addJob(job: JobDefinition, payload: object, options: AddJobOptions): Promise<void> {
    return this.scheduler.step({
      kind: 'queue',
      label: `add ${job.name}`,
      perform: () => {
        this.jobs.add(job, payload, options, this.now);
        return Promise.resolve({ ok: true, value: undefined });
      },
    });
  }
}
