import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { countUntried } from './calm.mjs';

const KILL_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
const LOOK_FOR_LIVING_MS = 100;
/** Milliseconds of storm for each publication. */
const PER_PUBLICATION_MS = 170;
const SHORTEST_MS = 20_000;
/** The storm goes on while more than this share of the publications has not been tried once… */
const UNTRIED_SHARE = 0.1;
/** …but at most so many times as long as planned, once everything has happened that has to happen. */
const AT_MOST = 1.5;

/** Longer than a lease: who wakes up then finds that somebody else has decided. */
const LONG_SUSPENSION_SECONDS = 35;

/** What is done to the processes and to the stores while the posts go out. */
export class Storm {
  kills = [];
  suspensions = [];
  outages = [];
  wiped = undefined;

  /**
   * @param {{ fleet: import('./fleet.mjs').Fleet, database: import('./database.mjs').Database,
   *   random: import('./random.mjs').Random, publications: number, signal: AbortSignal, say: (line: string) => void }} options
   */
  constructor({ fleet, database, random, publications, signal, say }) {
    Object.assign(this, { fleet, database, random, publications, signal, say });
    this.plannedMs = Math.max(SHORTEST_MS, publications * PER_PUBLICATION_MS);
  }

  /** Until everything has been sent and nearly everything has been tried. @param {Promise<void>} sent */
  async rage(sent) {
    const over = new AbortController();
    const until = AbortSignal.any([over.signal, this.signal]);
    setMaxListeners(0, over.signal, until); // all troubles wait by them
    const troubles = [this.#kill(until), this.#suspend(until), this.#breakStores(until)];
    try {
      await Promise.race([this.#lasts(sent), ...troubles.map(failing)]);
    } finally {
      over.abort();
      await Promise.allSettled(troubles);
    }
  }

  async #lasts(sent) {
    const began = performance.now();
    await sent;
    await this.#wait(began + this.plannedMs - performance.now(), this.signal);
    while (!(await this.#hasRagedEnough(performance.now() - began)))
      await this.#wait(LOOK_EVERY_MS, this.signal);
  }

  /** On a slow machine it takes longer until everything has happened that has to happen. */
  async #hasRagedEnough(lastedMs) {
    this.signal.throwIfAborted();
    const killed = this.fleet.mortal.every(({ name }) => this.#killsOf(name) > 0);
    if (!killed || this.wiped === undefined) return false;
    if (this.suspensions.length === 0 || (this.hasLongOne && !this.#longOneIsDone)) return false;
    if (lastedMs >= this.plannedMs * AT_MOST) return true;
    return (await countUntried(this.database, this.publications)) <= this.publications * UNTRIED_SHARE;
  }

  /** Always one of those that have died least, so that everybody's turn comes. */
  async #kill(until) {
    const random = this.random.stream('kills');
    const turns = new Map(this.fleet.mortal.map((process) => [process, 0]));
    while (await this.#wait(KILL_EVERY_MS, until)) {
      const living = await this.#living(until);
      if (living.length === 0) continue; // the storm is over
      const fewest = Math.min(...living.map((process) => turns.get(process)));
      const victim = random.pick(living.filter((process) => turns.get(process) === fewest));
      victim.kill();
      turns.set(victim, fewest + 1);
      this.died(victim);
    }
  }

  /** @param {import('./engine-process.mjs').EngineProcess} process */
  died({ name }) {
    this.kills.push({ name, at: Date.now() });
  }

  /** Everybody who publishes or schedules dies at once, and is down while something is done. @param {() => Promise<void>} work */
  async takeDownAll(work) {
    await this.fleet.whileDown(this.fleet.mortal, async () => {
      for (const process of this.fleet.mortal) this.died(process);
      await work();
    });
  }

  async #suspend(until) {
    const random = this.random.stream('suspensions');
    while (await this.#wait(random.between(5_000, 9_000), until)) {
      const long = this.hasLongOne && !this.#longOneIsDone && this.suspensions.length > 0;
      const seconds = long ? LONG_SUSPENSION_SECONDS : random.between(2, 7);
      const candidates = await this.#living(until);
      if (candidates.length === 0) continue; // the storm is over
      const chosen = random.pick(candidates);
      chosen.suspend(seconds);
      this.suspensions.push({ name: chosen.name, at: Date.now(), seconds });
    }
  }

  /** In a storm that is long enough for it. */
  get hasLongOne() {
    return this.plannedMs > 2_000 * LONG_SUSPENSION_SECONDS;
  }

  get #longOneIsDone() {
    return this.suspensions.some(({ seconds }) => seconds === LONG_SUSPENSION_SECONDS);
  }

  /** Those that may be killed or suspended now; waits while all of them are just starting. None when the storm is over. */
  async #living(until) {
    do {
      const living = this.fleet.mortal.filter(({ up, suspended }) => up && !suspended);
      if (living.length > 0) return living;
    } while (await this.#wait(LOOK_FOR_LIVING_MS, until));
    return [];
  }

  #killsOf(name) {
    return this.kills.filter((kill) => kill.name === name).length;
  }

  async #breakStores(until) {
    const random = this.random.stream('stores');
    const share = (from, to) => (this.plannedMs * random.between(from, to)) / 100;
    if (!(await this.#wait(share(30, 45), until))) return;
    this.outages.push(await this.database.kill());
    this.say('PostgreSQL was killed and is back.');
    if (!(await this.#wait(share(20, 35), until))) return;
    this.wiped = await this.database.wipeQueue();
    this.say(`The queue was wiped, ${this.wiped} jobs in it.`);
  }

  /** False when it was over before. */
  async #wait(ms, signal) {
    await pause(Math.max(0, ms), undefined, { signal }).catch((error) => {
      if (!signal.aborted) throw error;
    });
    return !signal.aborted;
  }
}

/** Settles only when the work fails. */
const failing = (work) => new Promise((_, reject) => work.catch(reject));
