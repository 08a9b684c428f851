/** How the platform's answer is lost: it has published, and the connection breaks before it can say so. */
const LOST = { kind: 'reset-after' };

/**
 * Who is going to have bad luck, chosen by what the platforms say of themselves: an answer is lost where it can be found out
 * soonest what became of the call, and a login ends on another one, rather where a person has given consent.
 * @param {{ key: string, connect: { method: string }, capabilities: { reconcile: Reconcile } }[]} platforms
 * @typedef {{ settleMs: number, absentAfterLooks: number | 'never', holdsKey: boolean }} Reconcile
 * @returns {{ losesAnswer: string, losesLogin: string }} keys of platforms
 */
export function chooseMishaps(platforms) {
  const canTell = platforms.filter(({ capabilities }) => capabilities.reconcile.absentAfterLooks !== 'never');
  const [answer] = canTell.toSorted((one, other) => untilTold(one) - untilTold(other));
  const others = platforms.filter(({ key }) => key !== answer?.key);
  const login = others.findLast(({ connect }) => connect.method === 'oauth2') ?? others[0];
  if (answer === undefined || login === undefined)
    throw new Error('The demo needs two platforms, one of which can tell what became of a call.');
  return { losesAnswer: answer.key, losesLogin: login.key };
}

const untilTold = ({ capabilities: { reconcile } }) => reconcile.settleMs + (reconcile.holdsKey ? 0 : 1);

/**
 * @param {import('./http.mjs').HttpApi} sandbox
 * @param {{ losesAnswer: string, losesLogin: string }} chosen
 * @param {Map<string, { id: string }>} people by platform
 */
export async function arrange(sandbox, { losesAnswer, losesLogin }, people) {
  await sandbox.post('/_sandbox/faults', { platform: losesAnswer, visible: true, nth: 1, action: LOST });
  const account = people.get(losesLogin).id;
  // Where a password is taken back, what it has opened stays open until it ends.
  for (const action of ['revoke', 'expire'])
    await sandbox.post('/_sandbox/tokens', { platform: losesLogin, account, action });
}

/**
 * What has to have come of it.
 * @param {{ losesAnswer: string, losesLogin: string }} chosen
 * @param {{ platform: string, publication: object }[]} targets
 * @param {{ platform: string, kind: string, details: object }[]} timeline
 * @returns {string[]} problems
 */
export function checkMishaps({ losesAnswer, losesLogin }, targets, timeline) {
  const of = (key) => targets.find(({ platform }) => platform === key).publication;
  const problems = [];
  if (of(losesAnswer).status !== 'published')
    problems.push(
      `${losesAnswer} ended as ${of(losesAnswer).status} though it can tell what it has published`,
    );
  if (!timeline.some(({ platform, kind }) => platform === losesAnswer && kind === 'look'))
    problems.push(`${losesAnswer} lost an answer and nobody looked`);
  const { status, error } = of(losesLogin);
  if (status !== 'failed' || error?.kind !== 'auth_expired')
    problems.push(`${losesLogin} ended as ${status} though its login was revoked`);
  return problems;
}
