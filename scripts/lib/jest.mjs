import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './run.mjs';

const REPORT = path.join(ROOT, '.cache/jest.json');

/**
 * Runs Jest and counts.
 * @param {string[]} args
 * @returns {Promise<{ passed: number, failed: number, skipped: string[] }>} skipped: the titles of what was left out
 */
export async function runJest(args) {
  mkdirSync(path.dirname(REPORT), { recursive: true });
  rmSync(REPORT, { force: true });
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const child = spawn(
    process.execPath,
    [jest, '--json', `--outputFile=${REPORT}`, '--passWithNoTests', ...args],
    {
      cwd: ROOT,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  const [code] = await once(child, 'exit');
  return count(readReport(), code);
}

/** Jest's report in figures; its absence is a failure. */
export function count(report, code) {
  if (!report) return { passed: 0, failed: 1, skipped: [] };
  // A file that cannot be loaded fails without a single test.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites;
  return {
    passed: report.numPassedTests,
    failed: code === 0 ? failed : Math.max(failed, 1),
    skipped: report.testResults.flatMap((file) =>
      file.assertionResults
        .filter(({ status }) => ['pending', 'todo', 'skipped', 'disabled'].includes(status))
        .map(({ fullName }) => `${path.relative(ROOT, file.name)}: ${fullName}`),
    ),
  };
}

function readReport() {
  try {
    return JSON.parse(readFileSync(REPORT, 'utf8'));
  } catch (error) {
    console.error(`Jest has left no report: ${error.message}`);
    return undefined;
  }
}
