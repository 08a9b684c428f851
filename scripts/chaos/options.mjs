import { parseArgs } from 'node:util';
import { PLANTS } from './plant.mjs';

/** With fewer, not every kind of fault finds a call that it can strike. */
const FEWEST_PUBLICATIONS = 170;
const MOST_PUBLICATIONS = 20_000;
/** What a run needs whatever its size: it starts, sets its ambush, and waits for processes that are killed. */
const LEAST_MINUTES = 8;

/**
 * @typedef {object} Options
 * @property {number} seed every choice follows from it
 * @property {number} publications
 * @property {number} minutes after which the run is given up
 * @property {string | undefined} plant the bug that the run has to catch
 * @property {boolean} selftest plants one bug after another
 * @property {boolean} keep leaves database and logs behind, for a look at them
 */

/**
 * @param {string[]} args
 * @returns {Options}
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: String(process.pid) },
      posts: { type: 'string', default: '1000' },
      minutes: { type: 'string' },
      plant: { type: 'string' },
      selftest: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const publications = wholeNumber('posts', values.posts, {
    least: FEWEST_PUBLICATIONS,
    most: MOST_PUBLICATIONS,
  });
  const minutes = values.minutes ?? String(LEAST_MINUTES + Math.ceil(publications / 40));
  return {
    seed: wholeNumber('seed', values.seed, { most: 0xffffffff }),
    publications,
    minutes: wholeNumber('minutes', minutes, { most: 600 }),
    plant: values.plant === undefined ? undefined : plantNamed(values.plant),
    selftest: values.selftest,
    keep: values.keep,
  };
}

function plantNamed(name) {
  if (name in PLANTS) return name;
  throw new Error(`--plant is one of ${Object.keys(PLANTS).join(', ')}, not "${name}".`);
}

function wholeNumber(name, text, { least = 1, most }) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= least && number <= most) return number;
  throw new Error(`--${name} is a whole number from ${least} to ${most}, not "${text}".`);
}
