import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { builtPath } from '../lib/build.mjs';
import { ROOT } from '../lib/run.mjs';

/**
 * Bugs that a run has to catch. Each is a change of a copy of the build.
 * @type {Record<string, { what: string, caught: RegExp, changes: { file: string, from: string, to: string }[] }>}
 */
export const PLANTS = {
  repeat: {
    what: 'a call whose outcome is unknown is sent again without a look',
    caught: /: \d+ duplicates/,
    changes: [
      {
        file: 'reconciler.js',
        from: 'for (const commit of run.openCommits()) {',
        to: 'for (const commit of []) {',
      },
      {
        file: 'ledger.repository.js',
        from: "(c.state = 'open' AND c.repeat_until > excluded.last_started_at)",
        to: "c.state = 'open'",
      },
    ],
  },
  accuse: {
    what: 'what cannot be told is called failed',
    caught: /: \d+ failed but live/,
    changes: [{ file: 'run.outcome.js', from: "state: 'unconfirmed',", to: "state: 'failed'," }],
  },
  forget: {
    what: 'nobody looks for what the queue has lost',
    caught: /Still open: \d+ publications/,
    changes: [{ file: 'wake.sweep.js', from: 'WHERE state = ANY (', to: 'WHERE false AND state = ANY (' }],
  },
};

/**
 * The build, or a copy of it with a bug.
 * @param {string | undefined} name of the bug
 * @param {string} folder of the run
 * @returns {string} the entry file
 */
export function entryOf(name, folder) {
  if (name === undefined) return builtPath('src/main.js');
  const copy = path.join(folder, 'planted');
  for (const part of ['dist', 'package.json'])
    cpSync(path.join(ROOT, part), path.join(copy, part), { recursive: true });
  symlinkSync(path.join(ROOT, 'node_modules'), path.join(copy, 'node_modules'));
  for (const change of PLANTS[name].changes) plant(copy, change);
  return path.join(copy, 'dist/src/main.js');
}

function plant(copy, { file, from, to }) {
  const target = path.join(copy, 'dist/src/modules/publishing', file);
  const pieces = readFileSync(target, 'utf8').split(from);
  if (pieces.length !== 2)
    throw new Error(`"${from}" does not stand once in ${file}: the bug cannot be planted.`);
  writeFileSync(target, pieces.join(to));
}
