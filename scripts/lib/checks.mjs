import { spawn } from 'node:child_process';
import path from 'node:path';
import { builtPath } from './build.mjs';
import { ROOT } from './run.mjs';

/**
 * @typedef {object} Check
 * @property {string} name
 * @property {[string, ...string[]]} command
 * @property {NodeJS.ProcessEnv} [env]
 *
 * @typedef {object} Outcome
 * @property {string} name
 * @property {boolean} passed
 */

const local = (program) => path.join(ROOT, 'node_modules/.bin', program);

/** What needs no build. @type {Check[]} */
export const STATIC_CHECKS = [
  { name: 'lint', command: [local('eslint'), '.'] },
  { name: 'types', command: [local('tsc'), '-p', 'tsconfig.test.json', '--noEmit'] },
  { name: 'format', command: [local('prettier'), '--check', '.'] },
  {
    name: 'walls',
    command: [local('depcruise'), '--config', '.dependency-cruiser.mjs', 'src', 'migrations'],
  },
];

/** @type {Check} */
export const BUILD = { name: 'build', command: [local('nest'), 'build'] };

/**
 * What the build says about the database and the API.
 * @param {NodeJS.ProcessEnv} env with the database's addresses
 * @returns {Check[]}
 */
export const driftChecks = (env) => [
  { name: 'migrations up, down, up', command: [process.execPath, 'scripts/lib/migrations-check.mjs'], env },
  {
    name: 'entities as in the database',
    command: [process.execPath, builtPath('src/cli.js'), 'db', 'drift'],
    env,
  },
  {
    name: 'OpenAPI document',
    command: [process.execPath, builtPath('src/cli.js'), 'openapi', '--check', 'docs/api/openapi.json'],
    env,
  },
  {
    name: 'table of media',
    command: [process.execPath, builtPath('src/cli.js'), 'media-table', '--check', 'docs/media.md'],
    env,
  },
];

/**
 * A short storm over all platforms. It mostly waits, so that it runs beside Jest: what it says does not depend on how fast it is.
 * @type {Check}
 */
export const STORM = {
  name: 'storm (npm run chaos -- --seed 1 --posts 170)',
  command: [process.execPath, 'scripts/chaos.mjs', '--seed', '1', '--posts', '170'],
};

/**
 * Runs checks, so many at a time, and shows the output of each when it has ended.
 * @param {Check[]} checks
 * @param {number} [atOnce]
 * @returns {Promise<Outcome[]>}
 */
export async function runChecks(checks, atOnce = 1) {
  const waiting = [...checks];
  const outcomes = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) outcomes.push(await runCheck(check));
  };
  await Promise.all(Array.from({ length: atOnce }, lane));
  return outcomes;
}

/** @param {Check} check */
async function runCheck({ name, command: [program, ...args], env = process.env }) {
  const started = performance.now();
  const { output, how } = await collect(program, args, env);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const passed = how === '';
  console.log(`${passed ? 'ok  ' : 'FAIL'}  ${name} (${seconds} s)${passed ? '' : `: ${how}`}`);
  if (!passed) console.log(output.trim().replace(/^/gm, '      '));
  return { name, passed };
}

function collect(program, args, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
      });
    }
    child.once('error', (error) => resolve({ output, how: error.message }));
    child.once('close', (code, signal) =>
      resolve({ output, how: code === 0 ? '' : `ended with ${signal ?? code}` }),
    );
  });
}
