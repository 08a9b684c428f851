import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Budgets and circuits. Both belong to nobody: a platform counts on its accounts and is down for all workspaces alike. Their keys
 * are hashes, so that no workspace reads there of another one's accounts and servers.
 */
export class Limits0010 implements MigrationInterface {
  readonly name = 'Limits1767225601000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE budgets (
        key text NOT NULL,
        interval_ms double precision NOT NULL,
        burst integer NOT NULL,
        used_until timestamptz NOT NULL,
        closed_until timestamptz NOT NULL DEFAULT '-infinity',
        turn_at timestamptz NOT NULL DEFAULT '-infinity',
        read_at timestamptz NOT NULL DEFAULT '-infinity',
        CONSTRAINT budgets_pkey PRIMARY KEY (key)
      );
      GRANT SELECT, INSERT, UPDATE ON budgets TO fanfare_app;

      CREATE TABLE circuits (
        key text NOT NULL,
        platform text NOT NULL,
        state text NOT NULL DEFAULT 'closed',
        outages integer NOT NULL DEFAULT 0,
        first_outage_at timestamptz,
        opened_at timestamptz,
        code text,
        probes integer NOT NULL DEFAULT 0,
        probe_at timestamptz,
        probe_token uuid,
        probe_until timestamptz,
        turn_at timestamptz,
        last_success_at timestamptz,
        CONSTRAINT circuits_pkey PRIMARY KEY (key),
        CONSTRAINT circuits_state CHECK (state = ANY (ARRAY['closed'::text, 'open'::text]))
      );
      GRANT SELECT, INSERT, UPDATE ON circuits TO fanfare_app;
      GRANT SELECT ON circuits TO fanfare_sweep;

      CREATE TABLE circuit_waits (
        workspace_id uuid NOT NULL,
        circuit text NOT NULL,
        since timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT circuit_waits_pkey PRIMARY KEY (workspace_id, circuit)
      );
      SELECT fanfare.protect('circuit_waits');
      SELECT fanfare.allow_sweep('circuit_waits', 'SELECT');

      ALTER TABLE publications ADD COLUMN waits_for text;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publications DROP COLUMN waits_for;
      DROP TABLE circuit_waits;
      DROP TABLE circuits;
      DROP TABLE budgets;
    `);
  }
}
