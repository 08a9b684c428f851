import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which bytes lie in the archive of the storage. */
export class MediaArchive0016 implements MigrationInterface {
  readonly name = 'MediaArchive1767225601600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE blobs ADD COLUMN archived boolean NOT NULL DEFAULT false;
      CREATE INDEX blobs_archived ON blobs (sha256) WHERE archived;
      CREATE INDEX assets_archived ON assets (sha256) WHERE archived_at IS NOT NULL;
      GRANT UPDATE (archived) ON blobs TO fanfare_sweep;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE UPDATE (archived) ON blobs FROM fanfare_sweep;
      DROP INDEX assets_archived;
      DROP INDEX blobs_archived;
      ALTER TABLE blobs DROP COLUMN archived;
    `);
  }
}
