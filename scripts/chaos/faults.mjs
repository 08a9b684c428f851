import { traitsOf } from './traits.mjs';

/**
 * What goes wrong with visible calls: the answer is lost after the platform acted (a tenth of the calls, all kinds together),
 * or the platform refuses or breaks off before it acts, or it is slow, which is when a kill finds a call open.
 */
const AFTER = [
  { kind: 'reset-after' },
  { kind: 'hang-after' },
  { kind: 'truncate-after' },
  { kind: 'status-after', status: 502 },
];
const AFTER_RATE = 0.1;
const BEFORE_RATE = 0.015;
const SLOW_RATE = 0.12;
const READ_RATE = 0.01;
const REFUSED_LOOKS_RATE = 0.2;
/** Of the first visible calls of a platform, those that may get the one fault of each kind that always comes. */
const EARLY = Array.from({ length: 10 }, (_, index) => index + 1);
/** The same in a short run, in which a platform gets few calls. */
const FIRST = EARLY.slice(0, 6);

/** What loses the answer of a call that the platform has acted on. */
function afterKinds({ refusesByStatus }, patient) {
  const kinds = AFTER.filter(({ kind }) => patient || kind !== 'hang-after');
  return refusesByStatus ? kinds.filter(({ kind }) => kind !== 'status-after') : kinds;
}

/**
 * The rules of one platform. Each kind comes at least once, early; in a short run a platform gets every second of the common kinds, the
 * next platform the others. More follows by chance.
 * @param {string} platform
 * @param {{ random: import('./random.mjs').Random, short: boolean, turn: number }} options turn: its place among the platforms
 */
export function faultsOf(platform, { random, short, turn }) {
  const traits = traitsOf(platform);
  const visible = { platform, visible: true };
  const patient = !short || traits.quick;
  const after = afterKinds(traits, patient);
  const before = [
    ...traits.refusals,
    { kind: 'reset-before' },
    ...(patient ? [{ kind: 'hang-before' }] : []),
  ];
  const isSure = (action, index) =>
    !short || action.kind.startsWith('hang') || traits.refusals.includes(action) || (index + turn) % 2 === 0;
  const once = [...after, ...before].filter(isSure);
  const positions = random.some(short ? FIRST : EARLY, once.length);
  const sure = once.map((action, index) => ({ ...visible, nth: positions[index], count: 1, action }));
  const byChance = [
    ...after.map((action) => ({ ...visible, rate: AFTER_RATE / after.length, action })),
    ...before.map((action) => ({ ...visible, rate: BEFORE_RATE, action })),
    { ...visible, rate: SLOW_RATE, action: { kind: 'slow', ms: random.between(500, 2_500) } },
    { platform, visible: false, rate: READ_RATE, action: { kind: 'reset-before' } },
  ];
  return [
    ...sure,
    ...surePreparation(platform, traits),
    ...byChance.map((rule) => ({ ...rule, seed: random.between(1, 2 ** 31) })),
  ];
}

function surePreparation(platform, { preparation }) {
  if (preparation === null) return [];
  return [{ platform, operation: preparation, nth: 1, count: 1, action: { kind: 'reset-before' } }];
}

/** What goes wrong on the platforms of a run, and how often it did. */
export class Faults {
  /** Rules that strike once, whatever chance brings. @type {string[]} */
  #sure = [];
  #short = false;

  /**
   * @param {import('../demo/http.mjs').HttpApi} sandbox
   * @param {string[]} platforms
   */
  constructor(sandbox, platforms) {
    this.sandbox = sandbox;
    this.platforms = platforms;
  }

  /** Some looks fail. Were it all of them, the circuits would keep what is new from going out. */
  async breakLooks() {
    const looks = this.platforms.map((platform) => ({ platform, operation: traitsOf(platform).look }));
    for (const look of looks.filter(({ operation }) => operation !== null))
      await this.#arm({
        ...look,
        rate: REFUSED_LOOKS_RATE,
        seed: 1,
        action: { kind: 'status', status: 503 },
      });
  }

  /** @param {{ random: import('./random.mjs').Random, short: boolean }} options */
  async breakCalls({ random, short }) {
    this.#short = short;
    for (const [turn, platform] of this.platforms.entries()) {
      for (const rule of faultsOf(platform, { random: random.stream(platform), short, turn }))
        await this.#arm(rule);
    }
  }

  async #arm(rule) {
    const { id } = await this.sandbox.post('/_sandbox/faults', rule);
    if (rule.count === 1) this.#sure.push(id);
  }

  /**
   * Kinds that have to strike and have not yet: on each of their platforms, in a short run on any.
   * @returns {Promise<number>}
   */
  async countMissing() {
    const { faults } = await this.sandbox.get('/_sandbox/faults');
    if (this.#short) return Object.values(countKinds(faults)).filter((applied) => applied === 0).length;
    return faults.filter(({ id, applied }) => this.#sure.includes(id) && applied === 0).length;
  }

  /**
   * Nothing goes wrong any more. Answers how often each kind was applied.
   * @returns {Promise<Record<string, number>>}
   */
  async mend() {
    const { faults } = await this.sandbox.get('/_sandbox/faults');
    await this.sandbox.delete('/_sandbox/faults');
    return countKinds(faults);
  }
}

function countKinds(faults) {
  const applied = {};
  for (const rule of faults) {
    const name = nameOf(rule);
    applied[name] = (applied[name] ?? 0) + rule.applied;
  }
  return applied;
}

function nameOf({ action: { kind, status }, visible, operation, platform }) {
  if (operation !== undefined && operation === traitsOf(platform).look) return 'a look refused';
  if (visible !== true) return `${kind} of a read or upload`;
  return status === undefined ? kind : `${kind} ${status}`;
}
