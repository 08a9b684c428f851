import { parseArgs } from 'node:util';
import pg from 'pg';
import { AppModule } from '../app.module.js';
import { readProcessEnv, withLocalKeys } from '../common/config/index.js';
import { toPublicId } from '../common/ids/index.js';
import { type Restored, RestorationService, type SuspectedPublication } from '../modules/publishing/index.js';
import { installedPlatforms } from '../platforms/installed.js';
import { type Command, CommandError, UsageError } from './command.js';
import { databaseUrls } from './database.urls.js';
import { withContext } from './with.context.js';

interface Asked {
  readonly since: Date;
  readonly upcoming: boolean;
  readonly dryRun: boolean;
}

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})$/;

function read(args: readonly string[]): Asked {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { since: { type: 'string' }, upcoming: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
    allowPositionals: true,
    strict: false,
  });
  const unknown = Object.keys(values).find((name) => !['since', 'upcoming', 'dry-run'].includes(name));
  if (unknown !== undefined || positionals.length > 0)
    throw new UsageError(
      `"${unknown === undefined ? positionals.join(' ') : `--${unknown}`}" is not understood.`,
    );
  const { since } = values;
  if (typeof since !== 'string' || !instant.test(since) || Number.isNaN(Date.parse(since))) {
    throw new UsageError(
      'Give --since the time when the backup was made, with its zone: --since 2026-05-01T03:00:00Z. Rather too early than too late.',
    );
  }
  return {
    since: new Date(since),
    upcoming: values.upcoming === true,
    dryRun: values['dry-run'] === true,
  };
}

/** A worker that runs meanwhile would send what is about to be marked. */
async function assertNobodyWorks(): Promise<void> {
  const client = new pg.Client({
    connectionString: databaseUrls().app.href,
    application_name: 'fanfare-restored',
  });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      `SELECT count(*)::int AS count FROM pg_stat_activity
        WHERE datname = current_database() AND application_name IN ('fanfare', 'fanfare-queue')`,
    );
    if ((rows[0]?.count ?? 0) === 0) return;
  } finally {
    await client.end();
  }
  throw new CommandError(
    'Fanfare is running on this database. Stop every process first, then mark, then start.',
  );
}

async function restored(args: readonly string[]): Promise<readonly string[]> {
  const { since, upcoming, dryRun } = read(args);
  await assertNobodyWorks();
  // As a process of the API: it takes no job and sweeps nothing.
  const env = { ...withLocalKeys(readProcessEnv()).env, FANFARE_ROLE: 'api', LOG_LEVEL: 'error' };
  const platforms = await installedPlatforms(env);
  return withContext(AppModule.forRoot({ env, platforms, running: false, headless: true }), async (app) =>
    reportOf(await app.get(RestorationService).restored(since, { upcoming, dryRun }), dryRun),
  );
}

function reportOf({ since, until, suspected, undelivered }: Restored, dryRun: boolean): string[] {
  const lost = `from ${since.toISOString()} to ${until.toISOString()}`;
  const [told, asked] = [
    suspected.filter(({ canBeTold }) => canBeTold),
    suspected.filter(({ canBeTold }) => !canBeTold),
  ];
  return [
    ...suspected.map(lineOf),
    `${suspected.length} ${dryRun ? 'would be' : 'were'} marked as possibly gone out in the lost time ${lost}:`,
    `  ${told.length} will be looked for on the platform and go out only if they are not there;`,
    `  ${asked.length} end unconfirmed, because the platform cannot be asked: a person says what is there.`,
    ...(undelivered === 0
      ? []
      : [
          dryRun
            ? `${undelivered} events are still to be delivered; the publications that they lead to are not counted.`
            : `${undelivered} events could not be delivered; the log says why. They are repeated when Fanfare runs.`,
        ]),
    ...(dryRun ? ['Nothing was changed.'] : ['Fanfare can be started.']),
  ];
}

function lineOf({ publicationId, postId, platform, dueAt, canBeTold }: SuspectedPublication): string {
  const then = canBeTold ? 'is looked for' : 'a person decides';
  return [
    toPublicId('pub', publicationId),
    toPublicId('post', postId),
    platform,
    dueAt.toISOString(),
    then,
  ].join('  ');
}

export const restoreCommands: readonly Command[] = [
  {
    name: 'restored',
    takes: '--since <time of the backup> [--upcoming] [--dry-run]',
    does: 'After a backup was restored, before the start: nothing that may be out goes out again.',
    run: restored,
  },
];
