import { parseArgs } from 'node:util';
import { findProgram } from './programs.mjs';

export const ROWS = ['parallelism', 'burst', 'bigBurst', 'steady', 'cost', 'sweep', 'start'];
const QUEUES = ['postgresql', 'redis'];

/**
 * @param {string[]} args
 * @returns {{ rows: string[], queues: string[], idleMinutes: number, minutes: number, out: string | undefined }}
 */
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      only: { type: 'string', default: ROWS.join(',') },
      queues: { type: 'string', default: QUEUES.filter((queue) => isThere(queue)).join(',') },
      'idle-minutes': { type: 'string', default: '10' },
      minutes: { type: 'string', default: '60' },
      out: { type: 'string' },
    },
  });
  return {
    rows: listed('only', values.only, ROWS),
    queues: listed('queues', values.queues, QUEUES),
    idleMinutes: positive('idle-minutes', values['idle-minutes']),
    minutes: positive('minutes', values.minutes),
    out: values.out,
  };
}

const isThere = (queue) => queue !== 'redis' || findProgram('redis-server') !== undefined;

function listed(name, text, known) {
  const chosen = text.split(',');
  const unknown = chosen.find((each) => !known.includes(each));
  if (unknown === undefined) return chosen;
  throw new Error(`--${name} is a list of ${known.join(', ')}; "${unknown}" is none of them.`);
}

function positive(name, text) {
  const number = Number(text);
  if (number > 0 && number <= 600) return number;
  throw new Error(`--${name} is a number of minutes up to 600, not "${text}".`);
}
