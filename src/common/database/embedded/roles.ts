import pg from 'pg';
import { APP_LOGIN } from './credentials.js';

/** Roles that the migrations' policies and grants name. A transaction takes one with SET LOCAL ROLE. */
export const APP_ROLE = 'fanfare_app';
export const SWEEP_ROLE = 'fanfare_sweep';

export interface Login {
  readonly name: string;
  /** Without one an existing login keeps its password and a new one has none. */
  readonly password?: string;
}

export interface RoleOptions {
  /** What the engine connects as (DATABASE_URL): may become either role, has no right of its own. */
  readonly app: Login;
  /** What the migrations connect as (DATABASE_MIGRATION_URL): owns the tables. */
  readonly owner?: Login;
}

/**
 * Makes the roles that the engine needs; says nothing when they are there. Roles belong to the whole server, so no migration makes
 * them: `npm run db:roles`, the embedded server and the tests do, all through this function.
 * @param adminUrl a login that may create roles
 */
export async function ensureRoles(
  adminUrl: string,
  { app, owner }: RoleOptions = { app: { name: APP_LOGIN } },
): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query(`select pg_advisory_xact_lock(hashtext('fanfare roles'))`);
    for (const role of [APP_ROLE, SWEEP_ROLE]) await ensureRole(client, role, 'nologin noinherit');
    await ensureLogin(client, app, 'login noinherit');
    if (owner !== undefined && owner.name !== app.name) await ensureLogin(client, owner, 'login');
    for (const role of [APP_ROLE, SWEEP_ROLE]) await grantRole(client, role, app.name);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

/** The advisory lock holds per database only; two databases of one server may still race. */
async function ensureRole(client: pg.Client, name: string, attributes: string): Promise<void> {
  const found = await client.query('select 1 from pg_roles where rolname = $1', [name]);
  if (found.rowCount !== 0) return;
  const create = `create role ${pg.escapeIdentifier(name)} ${attributes}`;
  await client.query(
    `do $do$ begin ${create}; exception when duplicate_object or unique_violation then null; end $do$`,
  );
}

async function ensureLogin(client: pg.Client, login: Login, attributes: string): Promise<void> {
  await ensureRole(client, login.name, attributes);
  if (login.password === undefined) return;
  const name = pg.escapeIdentifier(login.name);
  await client.query(`alter role ${name} login password ${pg.escapeLiteral(login.password)}`);
}

async function grantRole(client: pg.Client, role: string, login: string): Promise<void> {
  const member = `select 1 from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
    where r.rolname = $1 and u.rolname = $2`;
  const found = await client.query(member, [role, login]);
  if (found.rowCount !== 0) return;
  // PostgreSQL 16 fixes the inheritance in the grant; before that the login's NOINHERIT decides.
  const version = await client.query<{ server_version_num: string }>('show server_version_num');
  const fixed = Number(version.rows[0]?.server_version_num) >= 160_000 ? ' with inherit false, set true' : '';
  await client.query(`grant ${pg.escapeIdentifier(role)} to ${pg.escapeIdentifier(login)}${fixed}`);
}
