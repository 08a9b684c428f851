import { setTimeout as pause } from 'node:timers/promises';
import { countUntried } from './calm.mjs';

const KILL_EVERY_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
/** Milliseconds of storm for each publication. */
const PER_PUBLICATION_MS = 170;
const SHORTEST_MS = 25_000;
/** The storm goes on while more than this share of the publications has not been tried once… */
const UNTRIED_SHARE = 0.1;
/** …but at most so many times as long as planned. */
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
    const tolerated = this.publications * UNTRIED_SHARE;
    while (performance.now() - began < this.plannedMs * AT_MOST) {
      if ((await countUntried(this.database, this.publications)) <= tolerated) return;
      await this.#wait(LOOK_EVERY_MS, this.signal);
    }
  }

  async #kill(until) {
    const random = this.random.stream('kills');
    while (await this.#wait(KILL_EVERY_MS, until)) {
      const victims = this.fleet.mortal.filter(({ up, suspended }) => up && !suspended);
      if (victims.length === 0) continue; // all of them are just starting
      const victim = random.pick(victims);
      victim.kill();
      this.kills.push({ name: victim.name, at: Date.now() });
    }
  }

  async #suspend(until) {
    const random = this.random.stream('suspensions');
    while (await this.#wait(random.between(5_000, 9_000), until)) {
      const first = this.suspensions.length === 1 && this.plannedMs > 2_000 * LONG_SUSPENSION_SECONDS;
      const seconds = first ? LONG_SUSPENSION_SECONDS : random.between(2, 7);
      const candidates = this.fleet.mortal.filter(({ up, suspended }) => up && !suspended);
      if (candidates.length === 0) continue;
      const chosen = random.pick(candidates);
      chosen.suspend(seconds);
      this.suspensions.push({ name: chosen.name, at: Date.now(), seconds });
    }
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
