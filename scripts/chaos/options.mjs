import { parseArgs } from 'node:util';

const MOST_PUBLICATIONS = 20_000;

/**
 * @typedef {object} Options
 * @property {number} seed every choice follows from it
 * @property {number} publications
 * @property {number} minutes after which the run is given up
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
      keep: { type: 'boolean', default: false },
    },
  });
  const publications = wholeNumber('posts', values.posts, MOST_PUBLICATIONS);
  const minutes = values.minutes ?? String(6 + Math.ceil(publications / 80));
  return {
    seed: wholeNumber('seed', values.seed, 0xffffffff),
    publications,
    minutes: wholeNumber('minutes', minutes, 600),
    keep: values.keep,
  };
}

function wholeNumber(name, text, most) {
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new Error(`--${name} is a whole number from 1 to ${most}, not "${text}".`);
}
