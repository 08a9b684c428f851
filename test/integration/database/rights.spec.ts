import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createTestDatabase, type TestDatabase } from '../../support/database.js';
import { query, type Row } from '../../support/query.js';

const SOURCE = path.resolve(import.meta.dirname, '../../../src');

/** Unique over workspaces on purpose: the key is looked up before its workspace is known. */
const GLOBAL_INDEXES = ['api_keys_hash'];

/** What the sweep role may do, and nothing else. Columns where the right is for those only. */
const SWEEP_RIGHTS: Record<string, string[]> = {
  'fanfare.clock_offset': ['SELECT'],
  'fanfare.restoration': ['INSERT', 'SELECT', 'UPDATE'],
  'public.accounts': [
    'SELECT (credentials_version)',
    'SELECT (expires_at)',
    'SELECT (id)',
    'SELECT (renewal_tried_at)',
    'SELECT (state)',
    'SELECT (workspace_id)',
  ],
  'public.api_keys': ['SELECT'],
  'public.assets': ['SELECT'],
  'public.blobs': ['DELETE', 'SELECT', 'UPDATE (archived)'],
  'public.circuit_waits': ['SELECT'],
  'public.circuits': ['SELECT'],
  'public.deliveries': ['INSERT', 'SELECT', 'UPDATE'],
  'public.event_counters': ['INSERT', 'SELECT', 'UPDATE'],
  'public.idempotency_keys': ['DELETE', 'SELECT (expires_at)', 'SELECT (key)', 'SELECT (workspace_id)'],
  'public.media_uses': ['SELECT'],
  'public.migrations': ['SELECT'],
  'public.occurrences': ['SELECT', 'UPDATE (state)'],
  'public.outbox': ['SELECT', 'UPDATE (seq)'],
  'public.plans': ['SELECT'],
  'public.processes': ['DELETE', 'INSERT', 'SELECT', 'UPDATE'],
  'public.publications': ['SELECT', 'UPDATE (swept_at)', 'UPDATE (wake_no)'],
  'public.renditions': ['SELECT', 'UPDATE (swept_at)', 'UPDATE (wake_no)'],
  'public.workspaces': ['INSERT', 'SELECT'],
};

/** Tables of ours without rows of a workspace. */
const WITHOUT_WORKSPACE = [
  'blobs',
  'budgets',
  'circuits',
  'instance_switches',
  'migrations',
  'processes',
  'workspaces',
];

/** Rows that belong to nobody: hashes with counts and times, what is off for all, what has been migrated, which processes are there. */
const OF_NOBODY = ['blobs', 'budgets', 'circuits', 'instance_switches', 'migrations', 'processes'];

describe('the rights in the database', () => {
  let database: TestDatabase;
  let tables: Row[];

  beforeAll(async () => {
    database = await createTestDatabase();
    tables = await query(
      database.adminUrl,
      `SELECT c.oid, c.relname AS name, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
              EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'workspace_id'
                                                   AND NOT a.attisdropped AND a.attnotnull) AS "ofWorkspace"
         FROM pg_class c WHERE c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace ORDER BY c.relname`,
    );
  });

  afterAll(() => database.drop());

  it.each(['fanfare', 'fanfare_app', 'fanfare_sweep'])(
    'give %s neither superuser nor a way around row-level security, and no table',
    async (role) => {
      const [found] = await query(
        database.adminUrl,
        `SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication, rolinherit,
                (SELECT count(*)::int FROM pg_class c WHERE c.relowner = r.oid) AS owned,
                (SELECT count(*)::int FROM pg_namespace n WHERE n.nspowner = r.oid) AS schemas,
                has_schema_privilege(r.oid, 'public', 'CREATE') AS "mayCreate",
                has_schema_privilege(r.oid, 'fanfare', 'CREATE') AS "mayCreateInOurs"
           FROM pg_roles r WHERE rolname = $1`,
        [role],
      );
      expect(found).toEqual({
        rolsuper: false,
        rolbypassrls: false,
        rolcreaterole: false,
        rolcreatedb: false,
        rolreplication: false,
        rolinherit: false,
        owned: 0,
        schemas: 0,
        mayCreate: false,
        mayCreateInOurs: false,
      });
    },
  );

  it('give the login itself nothing on any table, and no membership but the two roles', async () => {
    const rights = await query(
      database.adminUrl,
      `SELECT c.relname FROM pg_class c, aclexplode(c.relacl) a
        WHERE a.grantee IN (0, 'fanfare'::regrole) AND c.relnamespace IN ('public'::regnamespace, 'fanfare'::regnamespace)`,
    );
    expect(rights).toEqual([]);
    const roles = await query(
      database.adminUrl,
      `SELECT roleid::regrole::text AS role, inherit_option, admin_option FROM pg_auth_members
        WHERE member = 'fanfare'::regrole ORDER BY 1`,
    );
    expect(roles).toEqual([
      { role: 'fanfare_app', inherit_option: false, admin_option: false },
      { role: 'fanfare_sweep', inherit_option: false, admin_option: false },
    ]);
  });

  it('enable and force row-level security with a policy on every table of workspaces', async () => {
    expect(tables.filter(({ ofWorkspace }) => ofWorkspace === true).length).toBeGreaterThan(20);
    expect(tables.filter(({ ofWorkspace }) => ofWorkspace !== true).map(({ name }) => name)).toEqual(
      WITHOUT_WORKSPACE,
    );
    const open = tables.filter(
      ({ name, enabled, forced }) => !OF_NOBODY.includes(String(name)) && !(enabled && forced),
    );
    expect(open).toEqual([]);
    const policies = await query(
      database.adminUrl,
      `SELECT polrelid::regclass::text AS name, pg_get_expr(polqual, polrelid) AS using,
              pg_get_expr(polwithcheck, polrelid) AS check
         FROM pg_policy WHERE polcmd = '*' AND polpermissive AND polroles = ARRAY['fanfare_app'::regrole::oid]
        ORDER BY 1`,
    );
    const mine = (column: string): string => `(${column} = fanfare.current_workspace())`;
    expect(policies).toEqual(
      tables
        .filter(({ name }) => !OF_NOBODY.includes(String(name)))
        .map(({ name }) => {
          const rule = mine(name === 'workspaces' ? 'id' : 'workspace_id');
          return { name, using: rule, check: rule };
        }),
    );
  });

  it('give policies to no role but the two', async () => {
    const roles = await query(
      database.adminUrl,
      `SELECT DISTINCT unnest(polroles)::regrole::text AS role FROM pg_policy ORDER BY 1`,
    );
    expect(roles).toEqual([{ role: 'fanfare_app' }, { role: 'fanfare_sweep' }]);
  });

  it('include the workspace in every unique index', async () => {
    const indexes = await query(
      database.adminUrl,
      `SELECT i.indexrelid::regclass::text AS index FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'workspace_id'
        WHERE i.indisunique AND c.relnamespace = 'public'::regnamespace AND NOT (a.attnum = ANY (i.indkey))`,
    );
    expect(indexes.map(({ index }) => index)).toEqual(GLOBAL_INDEXES);
  });

  it('include the workspace in every foreign key, on both sides', async () => {
    const keys = await query(
      database.adminUrl,
      `SELECT k.conname FROM pg_constraint k
        WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND NOT EXISTS (
          SELECT FROM unnest(k.conkey, k.confkey) AS pair(mine, theirs)
            JOIN pg_attribute m ON m.attrelid = k.conrelid AND m.attnum = pair.mine
            JOIN pg_attribute t ON t.attrelid = k.confrelid AND t.attnum = pair.theirs
           WHERE m.attname = 'workspace_id'
             AND t.attname = CASE k.confrelid WHEN 'workspaces'::regclass THEN 'id' ELSE 'workspace_id' END)`,
    );
    expect(keys).toEqual([]);
  });

  it('cover the table of every entity, and every table has one', () => {
    const named = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.entity.ts'))
      .map((file) => /@Entity\('(\w+)'\)/.exec(readFileSync(path.join(SOURCE, file), 'utf8'))?.[1] ?? file);
    expect(named.toSorted()).toEqual(tables.map(({ name }) => name).filter((name) => name !== 'migrations'));
  });

  it('let the sweep role do what is listed and nothing else', async () => {
    const rights = await query(
      database.adminUrl,
      `SELECT n.nspname || '.' || c.relname AS table, a.privilege_type AS right, NULL::text AS column
         FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a
        WHERE a.grantee = 'fanfare_sweep'::regrole
       UNION ALL
       SELECT n.nspname || '.' || c.relname, a.privilege_type, t.attname
         FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace,
              aclexplode(t.attacl) a
        WHERE a.grantee = 'fanfare_sweep'::regrole`,
    );
    const found: Record<string, string[]> = {};
    for (const { table, right, column } of rights) {
      const said = column === null ? String(right) : `${String(right)} (${String(column)})`;
      found[String(table)] = [...(found[String(table)] ?? []), said].toSorted();
    }
    expect(found).toEqual(SWEEP_RIGHTS);
  });

  it('let the sweep role see rows by a policy of its own on those tables only', async () => {
    const policies = await query(
      database.adminUrl,
      `SELECT polrelid::regclass::text AS name FROM pg_policy
        WHERE 'fanfare_sweep'::regrole::oid = ANY (polroles) ORDER BY 1`,
    );
    const listed = Object.keys(SWEEP_RIGHTS)
      .map((name) => name.replace('public.', ''))
      .filter((name) => !name.startsWith('fanfare.') && !OF_NOBODY.includes(name));
    expect(policies.map(({ name }) => name)).toEqual(listed);
  });

  it('keep the clock and the schema from being changed by either role', async () => {
    for (const role of ['fanfare_app', 'fanfare_sweep']) {
      const change = query(
        database.appUrl,
        `BEGIN; SET LOCAL ROLE ${role}; UPDATE fanfare.clock_offset SET milliseconds = 1`,
      );
      await expect(change).rejects.toThrow('permission denied');
      const protect = query(database.appUrl, `BEGIN; SET LOCAL ROLE ${role}; CREATE TABLE mine (id int)`);
      await expect(protect).rejects.toThrow('permission denied');
      const unlock = query(
        database.appUrl,
        `BEGIN; SET LOCAL ROLE ${role}; ALTER TABLE brands DISABLE ROW LEVEL SECURITY`,
      );
      await expect(unlock).rejects.toThrow('must be owner');
    }
  });
});
