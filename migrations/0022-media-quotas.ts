import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How much media a workspace may keep, where that is not what holds for all. */
export class MediaQuotas0022 implements MigrationInterface {
  readonly name = 'MediaQuotas1767225602200';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE media_quotas (
        workspace_id uuid NOT NULL,
        bytes bigint,
        set_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT media_quotas_pkey PRIMARY KEY (workspace_id),
        CONSTRAINT media_quotas_bytes CHECK (bytes >= 0)
      );
      SELECT fanfare.protect('media_quotas');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE media_quotas`);
  }
}
