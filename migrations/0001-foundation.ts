import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The ground: the schema `fanfare` with the database's clock and the workspace of a transaction, and the tables of
 * src/common. `fanfare.protect(table)` is how every later table gets its row-level security.
 */
export class Foundation0001 implements MigrationInterface {
  readonly name = 'Foundation1767225600100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA fanfare;
      GRANT USAGE ON SCHEMA fanfare TO fanfare_app, fanfare_sweep;

      CREATE TABLE fanfare.clock_offset (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        milliseconds bigint NOT NULL DEFAULT 0
      );
      INSERT INTO fanfare.clock_offset DEFAULT VALUES;
      COMMENT ON TABLE fanfare.clock_offset IS 'Zero, except in tests that move time.';
      GRANT SELECT ON fanfare.clock_offset TO fanfare_app, fanfare_sweep;

      CREATE FUNCTION fanfare.now() RETURNS timestamptz LANGUAGE sql STABLE PARALLEL SAFE AS $$
        SELECT clock_timestamp() + (SELECT milliseconds FROM fanfare.clock_offset) * interval '1 millisecond'
      $$;
      COMMENT ON FUNCTION fanfare.now() IS 'The one clock that times of several processes are compared by.';

      CREATE FUNCTION fanfare.current_workspace() RETURNS uuid LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
      DECLARE
        given text := current_setting('fanfare.workspace_id', true);
      BEGIN
        IF given IS NULL OR given = '' THEN
          RAISE EXCEPTION 'no workspace: this statement runs outside a unit of work' USING ERRCODE = '42501';
        END IF;
        RETURN given::uuid;
      END
      $$;

      CREATE FUNCTION fanfare.protect(target regclass) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', target);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', target);
        EXECUTE format('CREATE POLICY workspace ON %s TO fanfare_app
          USING (workspace_id = fanfare.current_workspace())
          WITH CHECK (workspace_id = fanfare.current_workspace())', target);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO fanfare_app', target);
      END
      $$;
      COMMENT ON FUNCTION fanfare.protect(regclass) IS 'Row-level security by workspace; every table with workspace_id gets it.';

      CREATE FUNCTION fanfare.allow_sweep(target regclass, rights text) RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        EXECUTE format('CREATE POLICY sweep ON %s TO fanfare_sweep USING (true) WITH CHECK (true)', target);
        EXECUTE format('GRANT %s ON %s TO fanfare_sweep', rights, target);
      END
      $$;
      COMMENT ON FUNCTION fanfare.allow_sweep(regclass, text) IS 'Lets the sweep role see the rows of all workspaces in one table.';
    `);
    await runner.query(`
      CREATE TABLE outbox (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY NOT NULL,
        type text NOT NULL,
        version integer NOT NULL,
        data jsonb NOT NULL,
        correlation_id text,
        occurred_at timestamptz NOT NULL DEFAULT fanfare.now(),
        seq bigint,
        CONSTRAINT outbox_pkey PRIMARY KEY (workspace_id, id)
      );
      CREATE UNIQUE INDEX outbox_workspace_seq ON outbox (workspace_id, seq);
      CREATE INDEX outbox_unnumbered ON outbox (position) WHERE seq IS NULL;
      SELECT fanfare.protect('outbox');
      SELECT fanfare.allow_sweep('outbox', 'SELECT, UPDATE (seq)');

      CREATE TABLE event_counters (
        workspace_id uuid NOT NULL,
        last_seq bigint NOT NULL,
        CONSTRAINT event_counters_pkey PRIMARY KEY (workspace_id)
      );
      SELECT fanfare.protect('event_counters');
      SELECT fanfare.allow_sweep('event_counters', 'SELECT, INSERT, UPDATE');

      CREATE TABLE deliveries (
        workspace_id uuid NOT NULL,
        event_id uuid NOT NULL,
        listener text NOT NULL,
        seq bigint NOT NULL,
        state text NOT NULL DEFAULT 'pending',
        attempts integer NOT NULL DEFAULT 0,
        next_attempt_at timestamptz NOT NULL,
        lease_until timestamptz,
        last_error text,
        CONSTRAINT deliveries_pkey PRIMARY KEY (workspace_id, event_id, listener),
        CONSTRAINT deliveries_event FOREIGN KEY (workspace_id, event_id) REFERENCES outbox (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT deliveries_state CHECK (state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text]))
      );
      CREATE INDEX deliveries_pending ON deliveries (next_attempt_at) WHERE state = 'pending'::text;
      SELECT fanfare.protect('deliveries');
      SELECT fanfare.allow_sweep('deliveries', 'SELECT, INSERT, UPDATE');

      CREATE TABLE dead_letters (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        kind text NOT NULL,
        subject_id text NOT NULL,
        reason text NOT NULL,
        details jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT dead_letters_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT dead_letters_kind CHECK (kind = ANY (ARRAY['delivery'::text, 'publication'::text]))
      );
      CREATE UNIQUE INDEX dead_letters_subject ON dead_letters (workspace_id, kind, subject_id);
      SELECT fanfare.protect('dead_letters');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE dead_letters;
      DROP TABLE deliveries;
      DROP TABLE event_counters;
      DROP TABLE outbox;
      DROP SCHEMA fanfare CASCADE;
    `);
  }
}
