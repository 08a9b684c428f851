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
/** Given up after half a minute; elsewhere a platform that hangs is waited for too long for a short run. */
const QUICK = new Set(['bluesky', 'mastodon']);
/** Of the first visible calls of a platform, those that may get the one fault of each kind that always comes. */
const EARLY = Array.from({ length: 10 }, (_, index) => index + 1);

const TELEGRAM_LIMIT = {
  ok: false,
  error_code: 429,
  description: 'Too Many Requests: retry after 20',
  parameters: { retry_after: 20 },
};

/** By platform, as each would say it: too many requests, and not available. */
const BEFORE = {
  bluesky: [
    { kind: 'status', status: 429 },
    { kind: 'status', status: 503 },
  ],
  mastodon: [
    { kind: 'status', status: 429 },
    { kind: 'status', status: 503 },
  ],
  telegram: [
    { kind: 'status', status: 429, body: TELEGRAM_LIMIT },
    { kind: 'status', status: 503 },
  ],
  email: [
    { kind: 'status', status: 421 },
    { kind: 'status', status: 451 },
  ],
};

/**
 * A mail server that says no has not taken the mail (RFC 5321): there a lost answer is a connection that ends.
 */
function afterKinds(platform, patient) {
  const kinds = AFTER.filter(({ kind }) => patient || kind !== 'hang-after');
  return platform === 'email' ? kinds.filter(({ kind }) => kind !== 'status-after') : kinds;
}

/**
 * The rules of one platform. Each kind comes at least once, early; more follows by chance.
 * @param {string} platform
 * @param {{ random: import('./random.mjs').Random, short: boolean }} options
 */
export function faultsOf(platform, { random, short }) {
  const visible = { platform, visible: true };
  const patient = !short || QUICK.has(platform);
  const after = afterKinds(platform, patient);
  const before = [
    ...BEFORE[platform],
    { kind: 'reset-before' },
    ...(patient ? [{ kind: 'hang-before' }] : []),
  ];
  const once = [...after, ...before];
  const positions = random.some(EARLY, once.length);
  const sure = once.map((action, index) => ({ ...visible, nth: positions[index], count: 1, action }));
  const byChance = [
    ...after.map((action) => ({ ...visible, rate: AFTER_RATE / after.length, action })),
    ...before.map((action) => ({ ...visible, rate: BEFORE_RATE, action })),
    { ...visible, rate: SLOW_RATE, action: { kind: 'slow', ms: random.between(500, 2_500) } },
    { platform, visible: false, rate: READ_RATE, action: { kind: 'reset-before' } },
  ];
  return [...sure, ...byChance.map((rule) => ({ ...rule, seed: random.between(1, 2 ** 31) }))];
}

/**
 * @param {import('../demo/http.mjs').HttpApi} sandbox
 * @param {string[]} platforms
 * @param {{ random: import('./random.mjs').Random, short: boolean }} options
 */
export async function breakPlatforms(sandbox, platforms, { random, short }) {
  for (const platform of platforms) {
    for (const rule of faultsOf(platform, { random: random.stream(platform), short }))
      await sandbox.post('/_sandbox/faults', rule);
  }
}

/**
 * Nothing goes wrong any more. Answers how often each kind was applied.
 * @param {import('../demo/http.mjs').HttpApi} sandbox
 * @returns {Promise<Record<string, number>>}
 */
export async function mendPlatforms(sandbox) {
  const { faults } = await sandbox.get('/_sandbox/faults');
  await sandbox.delete('/_sandbox/faults');
  const applied = {};
  for (const { action, visible, applied: times } of faults) {
    const name = nameOf(action, visible);
    applied[name] = (applied[name] ?? 0) + times;
  }
  return applied;
}

function nameOf({ kind, status }, visible) {
  if (!visible) return `${kind} of a read or upload`;
  return status === undefined ? kind : `${kind} ${status}`;
}
