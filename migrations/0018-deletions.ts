import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls that take a published post back: recorded before and after, like those that publish. */
export class Deletions0018 implements MigrationInterface {
  readonly name = 'Deletions1767225601800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE deletions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        publication_id uuid NOT NULL,
        commit_key text NOT NULL,
        platform_post_id text NOT NULL,
        request jsonb NOT NULL,
        outcome text,
        answer jsonb,
        error jsonb,
        started_at timestamptz NOT NULL DEFAULT fanfare.now(),
        ended_at timestamptz,
        CONSTRAINT deletions_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT deletions_publication FOREIGN KEY (workspace_id, publication_id)
          REFERENCES publications (workspace_id, id) ON DELETE CASCADE,
        CONSTRAINT deletions_outcome CHECK (outcome = ANY (ARRAY['done'::text, 'refused'::text, 'unknown'::text]))
      );
      CREATE INDEX deletions_of_publication ON deletions (workspace_id, publication_id);
      SELECT fanfare.protect('deletions');
      ALTER TABLE publications ADD COLUMN deleted_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publications DROP COLUMN deleted_at;
      DROP TABLE deletions;
    `);
  }
}
