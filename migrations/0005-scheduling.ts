import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Concrete dates of posts. The sweep reads the near end of one partial index, however many dates lie behind it. */
export class Scheduling0005 implements MigrationInterface {
  readonly name = 'Scheduling1767225600500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE occurrences (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        post_id uuid NOT NULL,
        state text NOT NULL,
        due_at timestamptz,
        handed_over_at timestamptz,
        handover_no integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT occurrences_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT occurrences_state CHECK (state = ANY (ARRAY['planned'::text, 'handed_over'::text, 'canceled'::text])),
        CONSTRAINT occurrences_due_known CHECK ((due_at IS NOT NULL) OR (state = 'canceled'::text))
      );
      CREATE INDEX occurrences_due ON occurrences (due_at, id) WHERE state = 'planned'::text;
      CREATE INDEX occurrences_post ON occurrences (workspace_id, post_id);
      SELECT fanfare.protect('occurrences');
      -- UPDATE of one column is what FOR UPDATE SKIP LOCKED asks for; the sweep itself writes nothing.
      SELECT fanfare.allow_sweep('occurrences', 'SELECT, UPDATE (state)');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE occurrences`);
  }
}
