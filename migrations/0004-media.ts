import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Uploaded files; their bytes lie in the storage. */
export class Media0004 implements MigrationInterface {
  readonly name = 'Media1767225600400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE assets (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        state text NOT NULL,
        kind text NOT NULL,
        mime_type text NOT NULL,
        bytes bigint NOT NULL,
        sha256 text NOT NULL,
        width integer,
        height integer,
        duration_ms integer,
        alt_text text,
        file_name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT assets_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT assets_kind CHECK (kind = ANY (ARRAY['image'::text, 'gif'::text, 'video'::text, 'audio'::text, 'document'::text])),
        CONSTRAINT assets_state CHECK (state = ANY (ARRAY['processing'::text, 'ready'::text, 'rejected'::text]))
      );
      CREATE INDEX assets_sha256 ON assets (workspace_id, sha256);
      SELECT fanfare.protect('assets');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE assets`);
  }
}
