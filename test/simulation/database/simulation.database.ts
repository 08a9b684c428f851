import type { Backends } from './backends.js';

/** Tables that a schedule finds as they were set up. */
const kept = ['workspaces', 'brands', 'accounts', 'account_credentials', 'api_keys', 'app_credentials'];

/** The parts of the database that only the simulation has: a clock that it moves, and a way back to the beginning. */
export class SimulationDatabase {
  constructor(private readonly backends: Backends) {}

  /** A sequence, because reading one sees its value of this very moment, as reading a clock does, and no snapshot. */
  async prepare(): Promise<void> {
    await this.send(`
      -- The simulation finds deadlocks by itself; a busy machine must not make PostgreSQL see one, or plan anew.
      DO $$ BEGIN
        EXECUTE format('ALTER DATABASE %I SET deadlock_timeout = %L', current_database(), '1h');
        EXECUTE format('ALTER DATABASE %I SET plan_cache_mode = force_generic_plan', current_database());
        EXECUTE format('ALTER DATABASE %I SET enable_seqscan = off', current_database());
      END $$;
      CREATE SCHEMA simulation;
      CREATE SEQUENCE simulation.clock MINVALUE 0;
      GRANT USAGE ON SCHEMA simulation TO fanfare_app, fanfare_sweep;
      GRANT SELECT ON SEQUENCE simulation.clock TO fanfare_app, fanfare_sweep;
      CREATE OR REPLACE FUNCTION fanfare.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT timestamptz 'epoch' + (SELECT last_value FROM simulation.clock) * interval '1 millisecond'
      $$`);
  }

  /** What is there now is what every schedule begins with. */
  async remember(): Promise<void> {
    const { rows } = await this.backends.control.send(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind = 'r' AND c.relname <> 'migrations' ORDER BY c.relname`,
    );
    const tables = (rows as { name: string }[]).map(({ name }) => name);
    const filled = tables.filter((name) => kept.includes(name));
    for (const name of filled)
      await this.send(`CREATE TABLE simulation.${name} AS SELECT * FROM public.${name}`);
    const clear = tables
      .filter((name) => !filled.includes(name))
      .map((name) => `DELETE FROM public.${name};`);
    const restore = filled.map(
      (name) => `
        IF (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM public.${name} t) IS DISTINCT FROM
           (SELECT string_agg(t::text, ',' ORDER BY t::text) FROM simulation.${name} t) THEN
          DELETE FROM public.${name};
          INSERT INTO public.${name} SELECT * FROM simulation.${name};
        END IF;`,
    );
    await this.send(`
      CREATE FUNCTION simulation.reset(start bigint) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        SET LOCAL session_replication_role = replica;
        ${clear.join('\n')}
        ${restore.join('\n')}
        PERFORM setval(pg_get_serial_sequence('outbox', 'position'), 1, false);
        PERFORM setval('simulation.clock', start);
      END $$`);
  }

  async reset(startMs: number): Promise<void> {
    await this.backends.control.send('SELECT simulation.reset($1)', [startMs]);
  }

  async setClock(ms: number): Promise<void> {
    await this.backends.control.send(`SELECT setval('simulation.clock', $1)`, [ms]);
  }

  private async send(text: string): Promise<void> {
    await this.backends.control.send(text);
  }
}
