import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Holds: what may not go out until somebody says so; and the order in which a workspace's backlog is served. */
export class Holds0009 implements MigrationInterface {
  readonly name = 'Holds1767225600900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE holds (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        scope text NOT NULL,
        subject_id uuid NOT NULL,
        reason text,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT holds_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT holds_scope CHECK (scope = ANY (ARRAY['post'::text, 'account'::text, 'brand'::text, 'workspace'::text]))
      );
      CREATE UNIQUE INDEX holds_subject ON holds (workspace_id, scope, subject_id);
      SELECT fanfare.protect('holds');
      ALTER TABLE publications ADD COLUMN held boolean NOT NULL DEFAULT false;
      ALTER TABLE publications ADD COLUMN late_allowed boolean NOT NULL DEFAULT false;
      CREATE INDEX publications_backlog ON publications (workspace_id, wake_at)
        WHERE state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX publications_backlog;
      ALTER TABLE publications DROP COLUMN late_allowed;
      ALTER TABLE publications DROP COLUMN held;
      DROP TABLE holds;
    `);
  }
}
