import { isEnd } from '../../../src/modules/publishing/publication.states.js';
import { WakeSweep } from '../../../src/modules/publishing/wake.sweep.js';
import { OccurrenceSweep } from '../../../src/modules/scheduling/index.js';
import { Violation } from '../checks/violation.js';
import { ConnectionLost } from '../database/simulated.driver.js';
import type { EngineProcess } from '../world/engine.process.js';
import type { StoredJob } from '../world/job.store.js';
import type { SimulatedProcess } from '../world/processes.js';
import type { Step } from '../world/scheduler.js';
import type { World } from '../world/world.js';
import { Commands, type Place } from './commands.js';
import type { PlannedCommand, Scenario } from './scenario.js';

/** Steps after which a schedule that has not come to rest never will. */
const mostSteps = 6_000;
const sweepGraceMs = 5_001;
const horizonMs = 3 * 60_000;
const sweepEveryMs = 5_000;
const relayEveryMs = 500;
/** The fence, and the moment before the first byte: a process that is away between the two is the most dangerous one. */
const critical = /^(WITH publications|connect POST)/;
const suspensionsMs = [3_000, 6_000, 20_000, 45_000, 90_000, 200_000];

/** Runs one schedule: who goes on next, what goes wrong, and when time passes, all from the seed. */
export class Schedule {
  private readonly commands: Commands;
  private readonly waitingCommands: PlannedCommand[];
  private readonly restarts: number[] = [];
  /** Work of a kind that a process does once at a time. */
  private readonly busy = new Set<string>();
  private lastTask = 0;
  private sweptAt = -1;
  private resumedAt = -1;
  /** What the last relay has left, and when: it would leave it again. */
  private relayed: { readonly at: number; readonly left: string } | null = null;

  constructor(
    private readonly world: World,
    private readonly scenario: Scenario,
    place: Place,
  ) {
    this.commands = new Commands(world, place);
    this.waitingCommands = [...scenario.commands].sort((a, b) => a.atMs - b.atMs);
  }

  /** Throws Violation or DeadlockError. */
  async run(): Promise<void> {
    const { world, scenario } = this;
    for (let count = 0; count < scenario.processes; count += 1) world.start();
    for (const [index, post] of scenario.posts.entries()) {
      const engine = this.anyEngine();
      if (engine !== null)
        await this.begin(engine, 'command create', () => this.commands.create(engine, post, index));
    }
    for (;;) {
      world.counts.steps += 1;
      if (world.counts.steps > mostSteps) throw new Violation('7', `not at rest after ${mostSteps} steps`);
      if (world.counts.steps === scenario.stormSteps) this.calm();
      await this.somethingGoesWrong();
      const went = await this.goOn();
      if (world.checks.failure !== null) throw world.checks.failure;
      if (!went) break;
    }
    world.checks.atRest();
  }

  /** False when nothing is left to do, ever. */
  private async goOn(): Promise<boolean> {
    const { world } = this;
    const ready = world.scheduler.ready();
    if (ready.length > 0 && !world.random.chance(0.12)) {
      await this.perform(this.next(ready));
      return true;
    }
    if (await this.happens(ready.length === 0)) return true;
    if (ready.length > 0) {
      if (world.random.chance(0.2)) await world.moveTo(world.now + world.random.between(1, 400));
      return true;
    }
    const next = this.nextTime();
    if (next === null) return this.lateEnd();
    world.trace.add(`time passes: ${next - world.now} ms`);
    await world.moveTo(next);
    return true;
  }

  /** A schedule that is at rest before its storm was over has its calm all the same, in which holds are taken back. */
  private lateEnd(): boolean {
    if (this.world.faults.over) return false;
    this.calm();
    return true;
  }

  private next(ready: readonly Step[]): Step {
    const { random } = this.world;
    const same = ready.find(({ task }) => task.no === this.lastTask);
    return same !== undefined && random.chance(this.scenario.sticky) ? same : random.pick(ready);
  }

  private async perform(step: Step): Promise<void> {
    const { world } = this;
    this.lastTask = step.task.no;
    if (critical.test(step.label) && world.faults.happens(this.scenario.suspend * 10)) {
      this.suspend(step.task.process);
      return;
    }
    if (step.connection !== null && world.faults.happens(this.scenario.loseConnection)) {
      world.counts.lostConnections += 1;
      // Its answer may be lost as well as the statement itself: after a COMMIT nobody knows which.
      if (world.faults.between(0, 1) === 1) await world.scheduler.performOnly(step);
      await step.connection.cut();
      await world.scheduler.fail(step, new ConnectionLost());
      return;
    }
    await world.scheduler.run(step);
  }

  /** What comes from outside: timers, jobs, commands, sweeps. `idle`: nobody has anything else to do. */
  private async happens(idle: boolean): Promise<boolean> {
    const { world } = this;
    const candidates = [
      ...this.dueTimers(),
      ...this.dueJobs(),
      ...this.dueCommands(),
      ...this.dueRestarts(),
      ...(idle || world.random.chance(0.15) ? this.dueSweeps() : []),
      ...(idle ? this.dueResume() : []),
    ];
    if (candidates.length === 0) return false;
    await world.random.pick(candidates)();
    return true;
  }

  private dueTimers(): (() => Promise<void>)[] {
    const { world } = this;
    return world.engines.flatMap(({ machine }) => {
      const timer = machine.mayRun ? machine.nextTimer() : null;
      if (timer === null || timer.dueAt > world.now) return [];
      return [() => world.scheduler.fire(machine, timer)];
    });
  }

  private dueJobs(): (() => Promise<void>)[] {
    return this.world.jobs.due(this.world.now).map((job) => () => this.take(job));
  }

  private async take(job: StoredJob): Promise<void> {
    const { world } = this;
    const engine = this.anyEngine();
    if (engine === null) return;
    // Delivered twice now and then, as queues do.
    const twice = world.faults.happens(0.05);
    if (!twice) job.takenBy = engine.machine;
    await this.begin(engine, job.name, async () => {
      await engine.dispatch(job.name, job.payload);
      if (!twice) world.jobs.done(job);
    });
  }

  private dueCommands(): (() => Promise<void>)[] {
    const [command] = this.waitingCommands;
    if (command === undefined || this.world.startMs + command.atMs > this.world.now) return [];
    return [
      async () => {
        const engine = this.anyEngine();
        if (engine === null) return;
        this.waitingCommands.shift();
        const { kind, post } = command;
        await this.begin(engine, `command ${kind}`, () => this.commands.run(engine, kind, post));
      },
    ];
  }

  private dueRestarts(): (() => Promise<void>)[] {
    const index = this.restarts.findIndex((time) => time <= this.world.now);
    if (index < 0) return [];
    return [
      () => {
        this.restarts.splice(index, 1);
        this.world.counts.restarts += 1;
        this.world.start();
        return Promise.resolve();
      },
    ];
  }

  private dueSweeps(): (() => Promise<void>)[] {
    const { snapshot } = this.world.checks;
    const { now } = this.world;
    const found: (() => Promise<void>)[] = [];
    if (this.mayRelay()) found.push(() => this.once('relay', (engine) => this.relay(engine)));
    if (this.sweptAt === now) return found;
    if (this.overdue() <= now)
      found.push(() => this.sweep('wake sweep', (engine) => engine.get(WakeSweep).sweepOnce()));
    if (snapshot.occurrences.some(({ due }) => due - horizonMs <= now))
      found.push(() => this.sweep('occurrence sweep', (engine) => engine.get(OccurrenceSweep).sweepOnce()));
    return found;
  }

  /** Whatever is held when everything else has ended is let go by a person. */
  private dueResume(): (() => Promise<void>)[] {
    const { snapshot } = this.world.checks;
    const held = snapshot.publications.some((row) => row.held && !isEnd(row.state));
    if (!this.world.faults.over || !held || this.resumedAt === this.world.now) return [];
    return [
      async () => {
        this.resumedAt = this.world.now;
        const engine = this.anyEngine();
        if (engine !== null)
          await this.begin(engine, 'command resume all', () => this.commands.resumeAll(engine));
      },
    ];
  }

  private mayRelay(): boolean {
    const { snapshot } = this.world.checks;
    const { now } = this.world;
    if (this.relayed?.at === now && this.relayed.left === this.undelivered()) return false;
    return snapshot.unnumbered > 0 || snapshot.deliveries.some((row) => this.relayAt(row) <= now);
  }

  private async relay(engine: EngineProcess): Promise<void> {
    await engine.relay();
    this.relayed = { at: this.world.now, left: this.undelivered() };
  }

  private undelivered(): string {
    const { unnumbered, deliveries } = this.world.checks.snapshot;
    return JSON.stringify([unnumbered, deliveries]);
  }

  private async sweep(label: string, work: (engine: EngineProcess) => Promise<unknown>): Promise<void> {
    this.sweptAt = this.world.now;
    await this.once(label, work);
  }

  private async once(label: string, work: (engine: EngineProcess) => Promise<unknown>): Promise<void> {
    const engine = this.anyEngine();
    const name = `${engine?.machine.name ?? ''} ${label}`;
    if (engine === null || this.busy.has(name)) return;
    this.busy.add(name);
    await this.begin(engine, label, async () => {
      try {
        await work(engine);
      } finally {
        this.busy.delete(name);
      }
    });
  }

  private async somethingGoesWrong(): Promise<void> {
    const { world, scenario } = this;
    if (world.faults.happens(scenario.crash)) await this.crash();
    if (world.faults.happens(scenario.suspend) && world.engines.length > 0)
      this.suspend(world.faults.pick(world.engines).machine);
    if (world.faults.happens(scenario.wipe)) {
      world.counts.wipes += 1;
      world.jobs.wipe();
      world.trace.add('the queue is wiped');
    }
  }

  private suspend(machine: SimulatedProcess): void {
    const { world } = this;
    const ms = world.faults.pick(suspensionsMs);
    world.counts.suspensions += 1;
    machine.suspendedUntil = world.now + ms;
    world.trace.add(`${machine.name} is suspended for ${ms} ms`);
  }

  private async crash(): Promise<void> {
    const { world } = this;
    if (world.engines.length === 0) return;
    const engine = world.faults.pick(world.engines);
    const own = world.scheduler.ready().filter(({ task }) => task.process === engine.machine);
    // What it has just sent may still take effect, without anybody who hears of it.
    if (own.length > 0 && world.faults.between(0, 1) === 1)
      await world.scheduler.performOnly(world.faults.pick(own));
    world.counts.crashes += 1;
    await world.kill(engine);
    this.restarts.push(world.now + world.faults.pick([500, 5_000, 40_000]));
  }

  /** From now on everything works, and people let go what they hold. */
  private calm(): void {
    const { world } = this;
    world.faults.over = true;
    world.trace.add('the storm is over');
    for (const { machine } of world.engines) machine.suspendedUntil = 0;
    if (world.engines.length === 0) world.start();
  }

  private anyEngine(): EngineProcess | null {
    const able = this.world.engines.filter(({ machine }) => machine.mayRun);
    return able.length === 0 ? null : this.world.random.pick(able);
  }

  private begin(engine: EngineProcess, label: string, work: () => Promise<unknown>): Promise<void> {
    return this.world.scheduler.spawn(engine.machine, label, work);
  }

  /** When the first open publication whose job may be lost is found by a sweep. */
  private overdue(): number {
    const { publications, plans } = this.world.checks.snapshot;
    const handed = new Set(plans.filter((plan) => plan.handed).map(({ id }) => id));
    const times = publications
      .filter((row) => !isEnd(row.state) && row.wake_at !== null && handed.has(row.plan))
      .map((row) => Math.max((row.wake_at ?? 0) + sweepGraceMs, (row.lease_until ?? 0) + 1));
    return Math.min(Number.MAX_SAFE_INTEGER, ...times);
  }

  private relayAt({ next, lease }: { next: number; lease: number | null }): number {
    return Math.max(next, lease === null ? 0 : lease + 1);
  }

  private nextTime(): number | null {
    const { world } = this;
    const { snapshot } = world.checks;
    const command = this.waitingCommands[0];
    const times = [
      ...world.scheduler.steps.filter(({ task }) => task.process.mayRun).map(({ at }) => at),
      ...world.engines.flatMap(({ machine }) => [
        machine.suspendedUntil,
        ...machine.timers.map(({ dueAt }) => dueAt),
      ]),
      ...this.restarts,
      ...(command === undefined ? [] : [world.startMs + command.atMs]),
      world.jobs.next() ?? 0,
      this.overdue() > world.now ? this.overdue() : world.now + sweepEveryMs,
      ...snapshot.deliveries.map((row) => this.relayAt(row)),
      ...(snapshot.unnumbered > 0 ? [world.now + relayEveryMs] : []),
      ...snapshot.occurrences.map(({ due }) => {
        const at = due - horizonMs;
        return at > world.now ? at : world.now + sweepEveryMs;
      }),
    ].filter((time) => time > world.now && time < Number.MAX_SAFE_INTEGER);
    return times.length === 0 ? null : Math.min(...times);
  }
}
