import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Bytes counted by references, who uses which file, what was read of it, and what was made of it. */
export class MediaPipeline0008 implements MigrationInterface {
  readonly name = 'MediaPipeline1767225600800';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE blobs (
        sha256 text NOT NULL,
        bytes bigint NOT NULL,
        reference_count integer NOT NULL DEFAULT 0,
        pending integer NOT NULL DEFAULT 0,
        keep_until timestamptz NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT blobs_pkey PRIMARY KEY (sha256),
        CONSTRAINT blobs_reference_count CHECK (reference_count >= 0),
        CONSTRAINT blobs_pending CHECK (pending >= 0)
      );
      CREATE INDEX blobs_unreferenced ON blobs (keep_until) WHERE reference_count = 0;
      GRANT SELECT, INSERT, UPDATE ON blobs TO fanfare_app;
      GRANT SELECT, DELETE ON blobs TO fanfare_sweep;

      ALTER TABLE assets ADD COLUMN details jsonb NOT NULL DEFAULT '{}';
      ALTER TABLE assets ADD COLUMN blur_hash text;
      ALTER TABLE assets ADD COLUMN preview_sha256 text;
      ALTER TABLE assets ADD COLUMN source_url text;
      ALTER TABLE assets ADD COLUMN archived_at timestamptz;
      CREATE INDEX assets_created ON assets (created_at);

      CREATE TABLE media_uses (
        workspace_id uuid NOT NULL,
        asset_id uuid NOT NULL,
        post_id uuid NOT NULL,
        holder_id uuid NOT NULL,
        done boolean NOT NULL DEFAULT false,
        started_at timestamptz NOT NULL DEFAULT fanfare.now(),
        ended_at timestamptz,
        CONSTRAINT media_uses_pkey PRIMARY KEY (workspace_id, asset_id, post_id, holder_id),
        CONSTRAINT media_uses_asset FOREIGN KEY (workspace_id, asset_id) REFERENCES assets (workspace_id, id)
      );
      CREATE INDEX media_uses_post ON media_uses (workspace_id, post_id);
      CREATE INDEX media_uses_holder ON media_uses (workspace_id, holder_id);

      CREATE TABLE renditions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        source_sha256 text NOT NULL,
        recipe_hash text NOT NULL,
        recipe jsonb NOT NULL,
        state text NOT NULL,
        progress integer NOT NULL DEFAULT 0,
        sha256 text,
        mime_type text,
        bytes bigint,
        width integer,
        height integer,
        duration_ms integer,
        details jsonb NOT NULL DEFAULT '{}',
        error text,
        lease_until timestamptz,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT renditions_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT renditions_state CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'failed'::text]))
      );
      CREATE UNIQUE INDEX renditions_recipe ON renditions (workspace_id, source_sha256, recipe_hash);
    `);
    await this.fill(runner);
    await runner.query(`
      SELECT fanfare.protect('media_uses');
      SELECT fanfare.protect('renditions');
      SELECT fanfare.allow_sweep('assets', 'SELECT');
      SELECT fanfare.allow_sweep('media_uses', 'SELECT');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY sweep ON assets;
      REVOKE SELECT ON assets FROM fanfare_sweep;
      DROP TABLE renditions;
      DROP TABLE media_uses;
      DROP INDEX assets_created;
      ALTER TABLE assets DROP COLUMN archived_at;
      ALTER TABLE assets DROP COLUMN source_url;
      ALTER TABLE assets DROP COLUMN preview_sha256;
      ALTER TABLE assets DROP COLUMN blur_hash;
      ALTER TABLE assets DROP COLUMN details;
      DROP TABLE blobs;
    `);
  }

  /** Of the files and posts that are there already. The owner sees rows of workspaces only while it is not forced. */
  private async fill(runner: QueryRunner): Promise<void> {
    const tables = ['assets', 'posts', 'post_targets'];
    for (const table of tables) await runner.query(`ALTER TABLE ${table} NO FORCE ROW LEVEL SECURITY`);
    await runner.query(`
      INSERT INTO blobs (sha256, bytes, reference_count, keep_until)
        SELECT sha256, max(bytes), count(*), fanfare.now() FROM assets GROUP BY sha256;

      INSERT INTO media_uses (workspace_id, asset_id, post_id, holder_id)
        SELECT DISTINCT named.workspace_id, asset.id, named.post_id, named.post_id
          FROM (
            SELECT workspace_id, id AS post_id, media, thread FROM posts WHERE deleted_at IS NULL
            UNION ALL
            SELECT t.workspace_id, t.post_id, t.media, t.thread FROM post_targets t
              JOIN posts p ON p.workspace_id = t.workspace_id AND p.id = t.post_id AND p.deleted_at IS NULL
          ) named,
          LATERAL (
            SELECT jsonb_path_query(coalesce(named.media, '[]'), '$[*].id') #>> '{}' AS id
            UNION ALL
            SELECT jsonb_path_query(coalesce(named.thread, '[]'), '$[*].media[*].id') #>> '{}'
          ) item
          JOIN assets asset ON asset.id::text = item.id
         WHERE asset.workspace_id = named.workspace_id;
    `);
    for (const table of tables) await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  }
}
