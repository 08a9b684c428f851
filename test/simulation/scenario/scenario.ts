import type { Fate } from '../platform/network.js';
import { platformKinds } from '../platform/kinds.js';
import type { Random } from '../world/random.js';

export interface PlannedPost {
  readonly text: string;
  /** Model platforms, one target each, with the number of the account. */
  readonly targets: readonly { readonly platform: string; readonly account: number }[];
  readonly parts: number;
  /** Milliseconds after the beginning. */
  readonly inMs: number;
  readonly policy: 'any' | 'all';
  readonly late: 'publish' | 'skip' | 'ask';
}

export const commandKinds = [
  'cancel',
  'edit',
  'hold',
  'resume',
  'retry',
  'resolve',
  'publish',
  'move',
] as const;
export type CommandKind = (typeof commandKinds)[number];

export interface PlannedCommand {
  readonly kind: CommandKind;
  readonly post: number;
  readonly atMs: number;
}

/** What a seed makes of the world. */
export interface Scenario {
  readonly posts: readonly PlannedPost[];
  readonly commands: readonly PlannedCommand[];
  readonly processes: number;
  /** Milliseconds by which their wall clocks are off. */
  readonly skewMs: number;
  /** How each call that is not simply answered goes wrong, by weight. */
  readonly fates: Readonly<Partial<Record<Fate, number>>>;
  /** Calls, from the first on, that may go wrong also when the storm is over. */
  readonly roughCalls: number;
  /** Chances, per step. */
  readonly crash: number;
  readonly suspend: number;
  readonly loseConnection: number;
  readonly wipe: number;
  /** Chance that the same task goes on, instead of any other. */
  readonly sticky: number;
  /** Steps after which nothing goes wrong any more. */
  readonly stormSteps: number;
}

/** What can be left out of a seed, to see whether it fails all the same. */
export const features = ['crash', 'suspend', 'loseConnection', 'wipe', 'fates', 'skew'] as const;
export type Feature = (typeof features)[number];

const minute = 60_000;

const roughFates: Readonly<Record<string, Scenario['fates']>> = {
  fair: { ok: 1 },
  bad: {
    ok: 8,
    slow: 2,
    'no-connection': 1,
    'lost-request': 1,
    'lost-answer': 2,
    'hangs-acted': 2,
    hangs: 1,
    refused: 1,
    limited: 1,
    unauthorized: 1,
    broken: 1,
    'broken-acted': 1,
  },
  lossy: { ok: 3, slow: 2, 'lost-request': 2, 'lost-answer': 2, 'hangs-acted': 3, hangs: 2, broken: 1 },
};

export function scenarioOf(random: Random): Scenario {
  const posts = Array.from({ length: random.chance(0.8) ? 1 : 2 }, (_, index) => postOf(random, index));
  const rare = (chance: number, value: number): number => (random.chance(chance) ? value : 0);
  return {
    posts,
    commands: Array.from({ length: random.chance(0.3) ? 0 : random.between(1, 3) }, () =>
      commandOf(random, posts.length),
    ),
    processes: random.chance(0.75) ? 2 : 3,
    skewMs: random.chance(0.3) ? 3_000 : 0,
    fates: roughFates[random.weighted({ fair: 2, bad: 4, lossy: 6 })] ?? {},
    crash: rare(0.5, 0.015),
    suspend: rare(0.6, 0.015),
    loseConnection: rare(0.3, 0.01),
    wipe: rare(0.2, 0.01),
    sticky: random.pick([0, 0.6, 0.9]),
    stormSteps: random.between(100, 400),
    // Where there are none, nothing but the storm decides, and most calls come after it.
    roughCalls: random.pick([0, 0, 3, 0]),
  };
}

function postOf(random: Random, index: number): PlannedPost {
  const platforms = random.shuffled(platformKinds).slice(0, random.chance(0.6) ? 1 : 2);
  const threads = random.chance(0.25) && platforms.every(({ maxThreadParts }) => maxThreadParts > 0);
  return {
    // Now and then two posts say the same, which a look that goes by the text must not mistake.
    text: random.chance(0.5) ? 'the same words' : `post ${index}`,
    targets: platforms.map(({ key }) => ({ platform: key, account: random.between(0, 1) })),
    parts: threads ? random.between(2, 3) : 1,
    inMs: random.pick([0, 0, 1_500, minute, 4 * minute]),
    policy: random.chance(0.8) ? 'any' : 'all',
    late: random.pick(['publish', 'publish', 'skip', 'ask']),
  };
}

function commandOf(random: Random, posts: number): PlannedCommand {
  return {
    kind: random.pick(commandKinds),
    post: random.between(0, posts - 1),
    atMs: random.chance(0.6) ? random.between(0, 5_000) : random.between(0, 10 * minute),
  };
}

export function without(scenario: Scenario, left: ReadonlySet<Feature>): Scenario {
  const fates: Scenario['fates'] = { ok: 1 };
  return {
    ...scenario,
    ...(left.has('crash') ? { crash: 0 } : {}),
    ...(left.has('suspend') ? { suspend: 0 } : {}),
    ...(left.has('loseConnection') ? { loseConnection: 0 } : {}),
    ...(left.has('wipe') ? { wipe: 0 } : {}),
    ...(left.has('fates') ? { fates } : {}),
    ...(left.has('skew') ? { skewMs: 0 } : {}),
  };
}
