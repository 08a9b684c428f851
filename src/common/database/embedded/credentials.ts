import { randomBytes, randomUUID } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { hasCode, ifMissing } from './fs-errors.js';
import { requiredText } from './json-field.js';

/** Login names of the embedded cluster. The superuser is nobody's login: it only makes the others. */
export const SUPERUSER = 'postgres';
export const OWNER_LOGIN = 'fanfare_owner';
export const APP_LOGIN = 'fanfare';
export const DATABASE = 'fanfare';

export interface Credentials {
  readonly superuserPassword: string;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

export interface ConnectionUrls {
  readonly superuserUrl: string;
  readonly ownerUrl: string;
  readonly appUrl: string;
}

export function readCredentials(dataDir: string): Promise<Credentials | undefined> {
  return readFile(credentialsFile(dataDir), 'utf8').then(parse, ifMissing(undefined));
}

/** Made once, before the cluster, so that no cluster is ever without its passwords. */
export async function ensureCredentials(dataDir: string): Promise<Credentials> {
  const existing = await readCredentials(dataDir);
  if (existing !== undefined) return existing;
  const password = (): string => randomBytes(24).toString('base64url');
  const made: Credentials = {
    superuserPassword: password(),
    ownerPassword: password(),
    appPassword: password(),
  };
  const draft = path.join(dataDir, `.${randomUUID()}`);
  await writeFile(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flush: true });
  try {
    await link(draft, credentialsFile(dataDir));
    return made;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    return parse(await readFile(credentialsFile(dataDir), 'utf8'));
  } finally {
    await rm(draft, { force: true });
  }
}

export function connectionUrls(credentials: Credentials, port: number): ConnectionUrls {
  const url = (login: string, password: string, database: string): string =>
    `postgresql://${login}:${password}@127.0.0.1:${port}/${database}`;
  return {
    superuserUrl: url(SUPERUSER, credentials.superuserPassword, 'postgres'),
    ownerUrl: url(OWNER_LOGIN, credentials.ownerPassword, DATABASE),
    appUrl: url(APP_LOGIN, credentials.appPassword, DATABASE),
  };
}

const credentialsFile = (dataDir: string): string => path.join(dataDir, 'postgres-passwords.json');

function parse(text: string): Credentials {
  const value: unknown = JSON.parse(text);
  const field = (name: string): string => requiredText(value, name, 'postgres-passwords.json');
  return {
    superuserPassword: field('superuserPassword'),
    ownerPassword: field('ownerPassword'),
    appPassword: field('appPassword'),
  };
}
