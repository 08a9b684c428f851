import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What whoever makes a rendition has to know and to note. No version before this one has written a row of it. */
export class RenditionWork0014 implements MigrationInterface {
  readonly name = 'RenditionWork1767225601400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE renditions ADD COLUMN source_mime_type text NOT NULL;
      ALTER TABLE renditions ADD COLUMN source_bytes bigint NOT NULL;
      ALTER TABLE renditions ADD COLUMN source_duration_ms integer;
      ALTER TABLE renditions ADD COLUMN because jsonb NOT NULL;
      ALTER TABLE renditions ADD COLUMN lease_token uuid;
      ALTER TABLE renditions ADD COLUMN claims integer NOT NULL DEFAULT 0;
      ALTER TABLE renditions ADD COLUMN wake_no integer NOT NULL DEFAULT 0;
      ALTER TABLE renditions ADD COLUMN swept_at timestamptz;
      CREATE INDEX renditions_open ON renditions (updated_at)
        WHERE state = ANY (ARRAY['waiting'::text, 'running'::text]);
      SELECT fanfare.allow_sweep('renditions', 'SELECT, UPDATE (wake_no, swept_at)');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY sweep ON renditions;
      REVOKE SELECT, UPDATE (wake_no, swept_at) ON renditions FROM fanfare_sweep;
      DROP INDEX renditions_open;
      ALTER TABLE renditions DROP COLUMN swept_at;
      ALTER TABLE renditions DROP COLUMN wake_no;
      ALTER TABLE renditions DROP COLUMN claims;
      ALTER TABLE renditions DROP COLUMN lease_token;
      ALTER TABLE renditions DROP COLUMN because;
      ALTER TABLE renditions DROP COLUMN source_duration_ms;
      ALTER TABLE renditions DROP COLUMN source_bytes;
      ALTER TABLE renditions DROP COLUMN source_mime_type;
    `);
  }
}
