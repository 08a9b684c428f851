import { rmSync } from 'node:fs';

export default async function tearDown() {
  const running = globalThis.fanfareTestPostgres;
  if (!running) return;
  await running.server.stop();
  rmSync(running.dataDir, { recursive: true, force: true });
}
