// npm test: everything that has to hold, with databases of its own. Arguments go to Jest, and leave the storm out.
import { ensureInstalled } from './lib/install.mjs';
import { BUILD, driftChecks, runChecks, STATIC_CHECKS, STORM } from './lib/checks.mjs';
import { runJest } from './lib/jest.mjs';

const tally = { passed: 0, failed: 0, leftOut: [] };

const note = (outcomes) => {
  for (const { passed } of outcomes) tally[passed ? 'passed' : 'failed'] += 1;
};

async function main(jestArguments) {
  if (await ensureInstalled()) console.log('ok    installed what package-lock.json asks for');
  const outcomes = await runChecks([...STATIC_CHECKS, BUILD], 2);
  note(outcomes);
  if (outcomes.some(({ name, passed }) => name === BUILD.name && !passed)) {
    const reason = 'the build has failed';
    const left = [...driftChecks({}).map(({ name }) => name), 'Jest', STORM.name];
    tally.leftOut.push(...left.map((name) => `${name}: ${reason}`));
    return;
  }
  await checkDrift();
  const storm = runChecks(jestArguments.length === 0 ? [STORM] : []);
  const { passed, failed, skipped } = await runJest(jestArguments);
  tally.passed += passed;
  tally.failed += failed;
  tally.leftOut.push(...skipped);
  note(await storm);
}

async function checkDrift() {
  const { startTestPostgres } = await import('../test/support/test-postgres.mjs');
  const server = await startTestPostgres();
  try {
    const urls = { DATABASE_URL: server.appUrl, DATABASE_MIGRATION_URL: server.ownerUrl };
    note(await runChecks(driftChecks({ ...process.env, ...urls })));
  } finally {
    await server.stop();
  }
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error);
  tally.failed += 1;
}
if (tally.leftOut.length > 0)
  console.log(`\nLeft out:\n${tally.leftOut.map((line) => `  ${line}`).join('\n')}`);
console.log(`\n${tally.passed} passed, ${tally.failed} failed, ${tally.leftOut.length} skipped`);
process.exitCode = tally.failed === 0 ? 0 : 1;
