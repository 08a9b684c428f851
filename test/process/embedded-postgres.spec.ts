import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  FolderInUseError,
  startEmbeddedPostgres,
  stopOrphan,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../src/common/database/embedded/index.js';
import { installedBinaries } from '../../src/common/database/embedded/binaries.js';
import { identityOf } from '../../src/common/database/embedded/running-process.js';
import { eventually } from '../support/eventually.js';
import { query } from '../support/query.js';
import { Holder } from './holder.js';
import { copyMinimalTree } from './minimal-tree.js';

const NOBODY = { uid: 65_534, gid: 65_534 };
const asRoot = process.getuid?.() === 0;

describe('embedded PostgreSQL', () => {
  const started: EmbeddedPostgres[] = [];
  const folders: string[] = [];

  const start = async (
    dataDir: string,
    more: Partial<EmbeddedPostgresOptions> = {},
  ): Promise<EmbeddedPostgres> => {
    const server = await startEmbeddedPostgres({
      dataDir,
      log: () => undefined,
      initdbFlags: ['--no-sync'],
      ...more,
    });
    started.push(server);
    return server;
  };

  const folder = async (mode = 0o755): Promise<string> => {
    const made = await mkdtemp(path.join(tmpdir(), 'fanfare-embedded-'));
    await chmod(made, mode);
    folders.push(made);
    return made;
  };

  afterEach(async () => {
    await Holder.stopAll();
    for (const server of started.splice(0)) await server.stop();
    for (const made of folders.splice(0)) {
      await stopOrphan(made);
      await rm(made, { recursive: true, force: true });
    }
  });

  it('makes a cluster with its roles in an empty folder', async () => {
    const dataDir = await folder();
    const server = await start(dataDir);
    const login = await query(
      server.appUrl,
      `select r.rolsuper, r.rolinherit, pg_encoding_to_char(d.encoding) as encoding, d.datlocale as locale,
         pg_get_userbyid(d.datdba) as owner, current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync,
         current_setting('listen_addresses') as listens
       from pg_roles r, pg_database d where r.rolname = current_user and d.datname = current_database()`,
    );
    expect(login).toEqual([
      {
        ...{
          rolsuper: false,
          rolinherit: false,
          encoding: 'UTF8',
          locale: 'C.UTF-8',
          owner: 'fanfare_owner',
        },
        ...{ fsync: 'on', sync: 'on', listens: '127.0.0.1' },
      },
    ]);
    expect(await query(server.appUrl, roleAfter('fanfare_app'))).toEqual([{ current_user: 'fanfare_app' }]);
    expect(await query(server.appUrl, roleAfter('fanfare_sweep'))).toEqual([
      { current_user: 'fanfare_sweep' },
    ]);
    expect((await stat(path.join(dataDir, 'postgres-passwords.json'))).mode & 0o777).toBe(0o600);
  });

  it('keeps its data, port and passwords over a stop and a start', async () => {
    const dataDir = await folder();
    const first = await start(dataDir);
    await query(first.ownerUrl, 'create table kept (id int); insert into kept values (1)');
    await first.stop();
    const second = await start(dataDir);
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(await query(second.ownerUrl, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('starts a killed server again, with everything that was committed', async () => {
    const server = await start(await folder());
    await query(server.ownerUrl, 'create table kept (id int); insert into kept values (1)');
    const killed = server.pid();
    process.kill(killed ?? 0, 'SIGKILL');
    const rows = await eventually(() => query(server.ownerUrl, 'select id from kept'));
    expect(rows).toEqual([{ id: 1 }]);
    expect(server.pid()).not.toBe(killed);
  });

  it('stops while it is being started again', async () => {
    const dataDir = await folder();
    const server = await start(dataDir);
    process.kill(server.pid() ?? 0, 'SIGKILL');
    await server.stop();
    expect(await stopOrphan(dataDir)).toBe('none');
  });

  it('takes over the server of a killed process', async () => {
    const dataDir = await folder();
    const holder = await Holder.start(dataDir);
    await query(holder.answer.ownerUrl, 'create table kept (id int); insert into kept values (1)');
    await holder.kill();
    expect(await query(holder.answer.ownerUrl, 'select id from kept')).toEqual([{ id: 1 }]); // it has survived

    const server = await start(dataDir);
    expect(server.pid()).not.toBe(holder.answer.serverPid);
    expect(await query(server.ownerUrl, 'select id from kept')).toEqual([{ id: 1 }]);
    expect(await identityOf(holder.answer.serverPid)).toBeUndefined();
  });

  it('says who holds the folder when it is started a second time', async () => {
    const dataDir = await folder();
    const holder = await Holder.start(dataDir);
    await expect(start(dataDir)).rejects.toThrow(FolderInUseError);
    const second = await Holder.start(dataDir);
    await second.exited;
    expect(second.exitCode).toBe(1);
    expect(second.answer.code).toBe('FANFARE_FOLDER_IN_USE');
    expect(second.answer.error).toContain(`process ${holder.pid} (node `);
    expect(await query(holder.answer.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  it('chooses another port when its own is taken', async () => {
    const dataDir = await folder();
    const first = await start(dataDir);
    await first.stop();
    const intruder = createServer().listen(first.port, '127.0.0.1');
    await once(intruder, 'listening');
    const second = await start(dataDir);
    expect(second.port).not.toBe(first.port);
    expect(await query(second.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    intruder.close();
  });

  it('clears away what a start that was killed has left half made', async () => {
    const dataDir = await folder();
    await mkdir(path.join(dataDir, 'postgres.init-abc', 'cluster'), { recursive: true });
    await start(dataDir);
    expect(await readdir(dataDir)).not.toContain('postgres.init-abc');
  });

  it('repairs the libraries that a skipped install script leaves without names', async () => {
    const home = await copyOfBinaries(await folder());
    const lib = path.join(home, 'lib');
    for (const name of await readdir(lib)) {
      if (/^libicu\w+\.so\.60$/.test(name)) await unlink(path.join(lib, name));
    }
    const server = await start(await folder(), { binaries: { home, version: 'repaired' } });
    expect(await query(server.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  const whenRoot = asRoot ? it : it.skip;

  whenRoot(
    'places programs and data elsewhere when the clone lies in a closed home (only as root)',
    async () => {
      const closed = await folder(0o700);
      const fallbackRoot = await folder();
      const dataDir = path.join(closed, '.data');
      const binaries = { home: await copyOfBinaries(closed), version: '18' };
      const first = await start(dataDir, { binaries, fallbackRoot });
      await query(first.ownerUrl, 'create table kept (id int); insert into kept values (1)');
      expect(first.clusterDir).toMatch(
        new RegExp(`^${fallbackRoot}/fanfare-[0-9a-f]{12}/data-[0-9a-f]{12}$`),
      );
      const note = await readFile(path.join(dataDir, 'postgres-location.txt'), 'utf8');
      expect(note).toContain(first.clusterDir);
      await first.stop();

      const second = await start(dataDir, { binaries, fallbackRoot });
      expect(second.clusterDir).toBe(first.clusterDir);
      expect(await query(second.ownerUrl, 'select id from kept')).toEqual([{ id: 1 }]);
    },
  );

  // Needs root to become somebody else, and a Node that this somebody can run.
  const whenSomebodyElse = asRoot && nodeRunsForNobody() ? it : it.skip;

  const asNobody = async (dataDir: string): Promise<Holder> => {
    await chown(dataDir, NOBODY.uid, NOBODY.gid);
    const root = await folder();
    await copyMinimalTree(root);
    return Holder.start(dataDir, { ...NOBODY, root });
  };

  whenSomebodyElse('runs for an ordinary user (only as root)', async () => {
    const holder = await asNobody(await folder());
    expect(holder.answer).not.toHaveProperty('error');
    expect((await stat(holder.answer.clusterDir)).uid).toBe(NOBODY.uid);
    expect(await query(holder.answer.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
  });

  whenSomebodyElse(
    'runs as root on the folder of an ordinary user, as that user (only as root)',
    async () => {
      const dataDir = await folder();
      const holder = await asNobody(dataDir);
      await holder.stop();
      const server = await start(dataDir);
      expect((await stat(server.clusterDir)).uid).toBe(NOBODY.uid);
      expect(await query(server.appUrl, 'select 1 as one')).toEqual([{ one: 1 }]);
    },
  );
});

const roleAfter = (role: string): string => `begin; set local role ${role}; select current_user; commit`;

async function copyOfBinaries(target: string): Promise<string> {
  const { home } = await installedBinaries();
  const copy = path.join(target, 'node_modules', 'native');
  await cp(home, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

function nodeRunsForNobody(): boolean {
  return spawnSync(process.execPath, ['--version'], { ...NOBODY, cwd: '/' }).status === 0;
}
