import { setTimeout as pause } from 'node:timers/promises';
import { uuidOf } from './inbox.mjs';
import { entriesOf, plainPost } from './posts.mjs';
import { traitsOf } from './traits.mjs';

const LOOK_EVERY_MS = 50;
const HELD_WAIT_MS = 1_000;

const ATTEMPTS = `SELECT id FROM attempts WHERE publication_id IN (SELECT id FROM publications WHERE post_id = ANY ($1))`;
const ANSWERED = `SELECT count(*)::int AS count FROM calls WHERE outcome IS NOT NULL
                     AND publication_id IN (SELECT id FROM publications WHERE post_id = ANY ($1))`;

/**
 * Where the workers die, before chance takes over: each ledger point, on every platform that has it.
 * @typedef {{ point: string, match: (platform: string) => object | null, position: 'before' | 'after', mode: 'drop' | 'proceed',
 *   picture: boolean }} Trap
 * @type {Trap[]}
 */
const TRAPS = [
  {
    point: 'before the first call',
    match: (platform) => withOperation(traitsOf(platform).preparation),
    position: 'before',
    mode: 'drop',
    picture: true,
  },
  {
    point: 'call open, it is not live',
    match: () => ({ visible: true }),
    position: 'before',
    mode: 'drop',
    picture: false,
  },
  {
    point: 'call open, it is live',
    match: () => ({ visible: true }),
    position: 'after',
    mode: 'proceed',
    picture: false,
  },
];

const withOperation = (operation) => (operation === null ? null : { operation });

/** Kills both workers while each of them, or the database, is known to stand at a certain point of a publication. */
export class Ambush {
  /** Posts that somebody dies over, to be published by `lay`. @type {{ trap: Trap, post: import('./posts.mjs').PlannedPost }[]} */
  #trapped;
  /** Posts whose answer is stored when somebody dies. */
  #answered;

  /**
   * @param {import('./accounts.mjs').Account[]} accounts
   * @param {string[]} platforms
   */
  constructor(accounts, platforms) {
    const firstOf = (platform) => accounts.find((account) => account.platform === platform);
    this.#trapped = TRAPS.map((trap, index) => {
      const caught = platforms.filter((platform) => trap.match(platform) !== null).map(firstOf);
      return { trap, post: plainPost(index + 1, caught, trap) };
    });
    this.#answered = platforms.map((platform, index) =>
      plainPost(TRAPS.length + index + 1, [firstOf(platform)], { picture: false }),
    );
  }

  /** All posts that it needs, numbered from 1. */
  get posts() {
    return [...this.#trapped.map(({ post }) => post), ...this.#answered];
  }

  get publications() {
    return this.posts.reduce((sum, { targets }) => sum + targets.length, 0);
  }

  /**
   * @param {{ author: import('./author.mjs').Author, sandbox: import('../demo/http.mjs').HttpApi,
   *   database: import('./database.mjs').Database, storm: import('./storm.mjs').Storm, signal: AbortSignal }} run
   */
  async lay(run) {
    for (const { trap, post } of this.#trapped) await killWhileHeld(run, trap, post);
    await killBeforeTheEnd(run, this.#answered);
  }
}

/** The calls of a post are held on all its platforms; then nobody is left to hear the answer. */
async function killWhileHeld(run, trap, post) {
  const barriers = await Promise.all(
    post.targets.map(({ account: { platform } }) =>
      addBarrier(run, { platform, ...trap.match(platform), position: trap.position }),
    ),
  );
  await run.author.publishOne(post);
  for (const id of barriers) await isHeld(run, id);
  await killWorkers(run, () => Promise.all(barriers.map((id) => release(run, id, trap.mode))));
}

/** The answers are stored, and the transaction that would end the publications does not come through. */
async function killBeforeTheEnd(run, posts) {
  const barriers = [];
  for (const post of posts) {
    const [{ account }] = post.targets;
    const id = await addBarrier(run, { platform: account.platform, visible: true, position: 'before' });
    await run.author.publishOne(post);
    await isHeld(run, id);
    barriers.push(id);
  }
  const ids = posts.map(({ no }) => uuidOf(run.author.accepted.get(no).id));
  const calls = posts.reduce((sum, post) => sum + entriesOf(post, post.targets[0]), 0);
  await run.database.holding(`${ATTEMPTS} FOR UPDATE`, [ids], async () => {
    await Promise.all(barriers.map((id) => release(run, id, 'proceed')));
    while ((await run.database.read(ANSWERED, [ids]))[0].count < calls)
      await pause(LOOK_EVERY_MS, undefined, { signal: run.signal });
    await killWorkers(run, async () => undefined);
  });
}

async function killWorkers({ storm }, work) {
  const { fleet } = storm;
  await fleet.whileDown(fleet.workers, async () => {
    for (const worker of fleet.workers) storm.died(worker);
    await work();
  });
}

async function addBarrier({ sandbox }, barrier) {
  const { id } = await sandbox.post('/_sandbox/barriers', { ...barrier, count: 1 });
  return id;
}

async function isHeld({ sandbox, signal }, id) {
  for (;;) {
    signal.throwIfAborted();
    const { state } = await sandbox.get(`/_sandbox/barriers/${id}?wait=${HELD_WAIT_MS}`);
    if (state === 'held') return;
  }
}

const release = ({ sandbox }, id, mode) => sandbox.post(`/_sandbox/barriers/${id}/release`, { mode });
