import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findRunningEmbeddedPostgres, stopOrphan } from '../../src/common/database/embedded/index.js';
import { knownClusterDir } from '../../src/common/database/embedded/placement.js';
import { identityOf } from '../../src/common/database/embedded/running-process.js';
import { eventually } from '../support/eventually.js';
import { freePort } from '../support/free-port.js';
import { Started } from './started.js';

describe('npm start', () => {
  let dataDir: string;
  let port: number;

  beforeEach(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'fanfare-start-'));
    await chmod(dataDir, 0o755);
    port = await freePort();
  });

  afterEach(async () => {
    await Started.stopAll();
    await stopOrphan(dataDir);
    await rm(dataDir, { recursive: true, force: true });
  });

  const serverPid = async (): Promise<number> =>
    Number.parseInt(await readFile(path.join(await knownClusterDir(dataDir), 'postmaster.pid'), 'utf8'), 10);

  it('serves from an empty folder and leaves no process behind', async () => {
    const started = new Started(dataDir, port);
    await started.answers('/health/ready');
    const pids = [await started.enginePid(), await serverPid()];
    await started.stop('SIGTERM');
    expect(started.exitCode).toBe(0);
    for (const pid of pids) expect(await identityOf(pid)).toBeUndefined();
    expect(await readFile(path.join(dataDir, 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );
  });

  it('says who holds the folder when it is started a second time', async () => {
    const first = new Started(dataDir, port);
    await first.answers();
    const second = new Started(dataDir, await freePort());
    await second.exited;
    expect(second.exitCode).toBe(1);
    expect(second.output).toContain(`is in use by process ${first.pid}`);
    await first.answers();
  });

  it('serves again on the same ports after it was killed', async () => {
    const killed = new Started(dataDir, port);
    await killed.answers();
    const before = await findRunningEmbeddedPostgres(dataDir);
    await killed.stop('SIGKILL');
    const again = new Started(dataDir, port);
    await again.answers('/health/ready');
    const after = await findRunningEmbeddedPostgres(dataDir);
    expect(after?.appUrl).toBe(before?.appUrl);
    expect(after?.holder.pid).toBe(again.pid);
  });

  it('goes on serving when the database is killed', async () => {
    const started = new Started(dataDir, port);
    await started.answers('/health/ready');
    const killed = await serverPid();
    process.kill(killed, 'SIGKILL');
    await eventually(async () => (await serverPid()) !== killed);
    await started.answers('/health/ready');
    expect(started.output).toContain('PostgreSQL has ended by itself; starting it again');
  });

  it('ends with a reason when the engine has ended by itself', async () => {
    const started = new Started(dataDir, port);
    await started.answers();
    process.kill(await started.enginePid(), 'SIGKILL');
    await started.exited;
    expect(started.exitCode).toBe(1);
    expect(started.output).toContain('The engine was ended by SIGKILL');
    expect(await stopOrphan(dataDir)).toBe('none');
  });
});
