import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What can be told: which publications did not end well, and which processes are there. */
export class Telling0012 implements MigrationInterface {
  readonly name = 'Telling1767225601200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX publications_unsuccessful ON publications (workspace_id, id)
        WHERE state = ANY (ARRAY['failed'::text, 'unconfirmed'::text, 'skipped'::text])
           OR state = 'published'::text AND warnings @> '[{"code": "incomplete"}]'::jsonb;
      ALTER TABLE dead_letters NO FORCE ROW LEVEL SECURITY;
      DELETE FROM dead_letters WHERE kind = 'publication';
      ALTER TABLE dead_letters FORCE ROW LEVEL SECURITY;
      ALTER TABLE dead_letters DROP CONSTRAINT dead_letters_kind;
      ALTER TABLE dead_letters ADD CONSTRAINT dead_letters_kind CHECK (kind = 'delivery'::text);

      CREATE TABLE processes (
        id uuid NOT NULL,
        role text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT fanfare.now(),
        seen_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT processes_pkey PRIMARY KEY (id),
        CONSTRAINT processes_role CHECK (role = ANY (ARRAY['all'::text, 'worker'::text, 'scheduler'::text]))
      );
      GRANT SELECT ON processes TO fanfare_app;
      GRANT SELECT, INSERT, UPDATE, DELETE ON processes TO fanfare_sweep;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE processes;
      ALTER TABLE dead_letters DROP CONSTRAINT dead_letters_kind;
      ALTER TABLE dead_letters ADD CONSTRAINT dead_letters_kind
        CHECK (kind = ANY (ARRAY['delivery'::text, 'publication'::text]));
      DROP INDEX publications_unsuccessful;
    `);
  }
}
