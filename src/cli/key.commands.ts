import { parseArgs } from 'node:util';
import { toPublicId } from '../common/ids/index.js';
import {
  apiKeyScopes,
  type ApiKeyScope,
  ApiKeyService,
  type ApiKeyView,
  type Caller,
  WorkspaceService,
} from '../modules/accounts/index.js';
import { withAccounts } from './accounts.context.js';
import { type Command, UsageError } from './command.js';

async function create(args: readonly string[]): Promise<readonly string[]> {
  const { values } = parseArgs({
    args: [...args],
    options: { name: { type: 'string' }, scopes: { type: 'string' } },
    strict: false,
  });
  const name = typeof values.name === 'string' ? values.name : 'Made at the command line';
  const scopes = scopesOf(typeof values.scopes === 'string' ? values.scopes : 'read,write,admin');
  return withAccounts(async (app) => {
    const { workspaceId, apiKey } = await app.get(WorkspaceService).ensureFirst();
    if (apiKey !== null && args.length === 0) return [apiKey];
    const caller: Caller = { workspaceId, keyId: null };
    const { secret } = await app.get(ApiKeyService).create(caller, { name, scopes, expiresAt: null });
    return [secret];
  });
}

function list(): Promise<readonly string[]> {
  return withAccounts(async (app) => {
    const { workspaceId } = await app.get(WorkspaceService).ensureFirst();
    return (await app.get(ApiKeyService).list(workspaceId)).map(lineOf);
  });
}

function scopesOf(text: string): ApiKeyScope[] {
  return text.split(',').map((word) => {
    const scope = apiKeyScopes.find((known) => known === word.trim());
    if (scope === undefined)
      throw new UsageError(`"${word}" is no scope. Known are: ${apiKeyScopes.join(', ')}.`);
    return scope;
  });
}

function lineOf({ id, prefix, name, scopes, lastUsedAt, revokedAt }: ApiKeyView): string {
  const state = revokedAt === null ? `last used ${lastUsedAt?.toISOString() ?? 'never'}` : 'revoked';
  return [toPublicId('key', id), `${prefix}…`, scopes.join(','), state, name].join('  ');
}

export const keyCommands: readonly Command[] = [
  {
    name: 'keys create',
    takes: '[--name <name>] [--scopes read,write,admin,operator]',
    does: 'Makes an API key and prints it, this once.',
    run: create,
  },
  { name: 'keys list', takes: '', does: 'Lists the API keys, never the keys themselves.', run: list },
];
