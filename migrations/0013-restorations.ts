import type { MigrationInterface, QueryRunner } from 'typeorm';

/** After a backup was restored: what may have gone out in the time that was lost, and is looked for before any commit. */
export class Restorations0013 implements MigrationInterface {
  readonly name = 'Restorations1767225601300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE fanfare.restoration (
        single boolean PRIMARY KEY DEFAULT true CHECK (single),
        since timestamptz NOT NULL,
        marked_at timestamptz NOT NULL
      );
      COMMENT ON TABLE fanfare.restoration IS 'The last restore of a backup: what was due until then may have gone out since.';
      GRANT SELECT ON fanfare.restoration TO fanfare_app;
      GRANT SELECT, INSERT, UPDATE ON fanfare.restoration TO fanfare_sweep;
      ALTER TABLE publications ADD COLUMN suspected_since timestamptz, ADD COLUMN suspected_at timestamptz;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publications DROP COLUMN suspected_at, DROP COLUMN suspected_since;
      DROP TABLE fanfare.restoration;
    `);
  }
}
