import { parseArgs } from 'node:util';
import { AppModule } from '../app.module.js';
import { readProcessEnv, withLocalKeys } from '../common/config/index.js';
import { WorkspaceService } from '../modules/accounts/index.js';
import { MediaQuota, type MediaUsage } from '../modules/media/index.js';
import { installedPlatforms } from '../platforms/installed.js';
import { type Command, UsageError } from './command.js';
import { withContext } from './with.context.js';

type Wish = number | null | 'installation' | 'as it is';

const megabyte = 1024 * 1024;
const most = 1_000_000_000;

function read(args: readonly string[]): { wish: Wish; workspace: string | null } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      megabytes: { type: 'string' },
      unlimited: { type: 'boolean' },
      default: { type: 'boolean' },
      workspace: { type: 'string' },
    },
    allowPositionals: true,
    strict: false,
  });
  const known = ['megabytes', 'unlimited', 'default', 'workspace'];
  const strange = Object.keys(values).find((name) => !known.includes(name));
  const words = strange === undefined ? positionals : [`--${strange}`];
  if (words.length > 0) throw new UsageError(`"${words.join(' ')}" is not understood.`);
  const wishes: Wish[] = [
    ...(values.megabytes === undefined ? [] : [bytesOf(values.megabytes)]),
    ...(values.unlimited === undefined ? [] : [null]),
    ...(values.default === undefined ? [] : (['installation'] as const)),
  ];
  if (wishes.length > 1) throw new UsageError('Give one of --megabytes, --unlimited and --default.');
  const { workspace } = values;
  const [wish = 'as it is'] = wishes;
  return { wish, workspace: typeof workspace === 'string' ? workspace : null };
}

function bytesOf(text: string | boolean): number {
  const megabytes = typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : NaN;
  if (megabytes <= most) return megabytes * megabyte;
  throw new UsageError(`Give --megabytes a whole number from 0 to ${most}.`);
}

async function quota(args: readonly string[]): Promise<readonly string[]> {
  const { wish, workspace } = read(args);
  // As a process of the API: it takes no job and sweeps nothing.
  const env = { ...withLocalKeys(readProcessEnv()).env, FANFARE_ROLE: 'api', LOG_LEVEL: 'error' };
  const platforms = await installedPlatforms(env);
  return withContext(AppModule.forRoot({ env, platforms, running: false, headless: true }), async (app) => {
    const workspaces = app.get(WorkspaceService);
    const workspaceId = workspace ?? (await workspaces.ensureFirst()).workspaceId;
    if (!(await workspaces.exists(workspaceId))) {
      throw new UsageError(`There is no workspace "${workspaceId}".`);
    }
    if (wish !== 'as it is') await app.get(MediaQuota).set(workspaceId, wish);
    return [lineOf(workspaceId, await app.get(MediaQuota).usage(workspaceId))];
  });
}

function lineOf(workspaceId: string, { bytes, files, quotaBytes, quotaOf }: MediaUsage): string {
  const given = quotaOf === 'workspace' ? 'a quota of its own' : 'the quota of this installation';
  const limit = quotaBytes === null ? 'as many as fit' : `${quotaBytes} bytes`;
  return `${workspaceId}  ${files} files, ${bytes} bytes; may keep ${limit} (${given})`;
}

export const mediaCommands: readonly Command[] = [
  {
    name: 'media quota',
    takes: '[--workspace <id>] [--megabytes <n> | --unlimited | --default]',
    does: 'Says how much media a workspace keeps and may keep, or sets it.',
    run: quota,
  },
];
