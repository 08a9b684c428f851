import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The figures of a post as the platform gave them last: read on demand, kept for a short time. */
export class PublicationMetrics0019 implements MigrationInterface {
  readonly name = 'PublicationMetrics1767225601900';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE publication_metrics (
        workspace_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        "values" jsonb NOT NULL,
        read_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT publication_metrics_pkey PRIMARY KEY (workspace_id, publication_id),
        CONSTRAINT publication_metrics_publication FOREIGN KEY (workspace_id, publication_id)
          REFERENCES publications (workspace_id, id) ON DELETE CASCADE
      );
      SELECT fanfare.protect('publication_metrics');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE publication_metrics`);
  }
}
