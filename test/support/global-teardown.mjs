import { rmSync } from 'node:fs';

export default async function tearDown() {
  await globalThis.fanfareTestPostgres?.stop();
  const reports = process.env.FANFARE_TEST_REPORTS;
  if (reports !== undefined) rmSync(reports, { recursive: true, force: true });
}
