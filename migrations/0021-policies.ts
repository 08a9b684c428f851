import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a post says about being tried, given up, shortened and hurried, for each target; and the order of a workspace's own posts. */
export class Policies0021 implements MigrationInterface {
  readonly name = 'Policies1767225602100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE post_targets ADD COLUMN policy jsonb;
      ALTER TABLE publications ADD COLUMN policy jsonb NOT NULL DEFAULT '{}';
      ALTER TABLE publications ADD COLUMN priority smallint NOT NULL DEFAULT 1,
        ADD CONSTRAINT publications_priority CHECK (priority = ANY (ARRAY[0, 1, 2]));
      CREATE INDEX publications_turns ON publications (workspace_id, priority, wake_at)
        WHERE state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX publications_turns;
      ALTER TABLE publications DROP COLUMN priority;
      ALTER TABLE publications DROP COLUMN policy;
      ALTER TABLE post_targets DROP COLUMN policy;
    `);
  }
}
