import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Posts and what each account is to get of them. */
export class Content0003 implements MigrationInterface {
  readonly name = 'Content1767225600300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE posts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        editorial_state text NOT NULL,
        status text NOT NULL,
        text text NOT NULL,
        link text,
        media jsonb NOT NULL,
        thread jsonb NOT NULL,
        scheduled_for text,
        timezone text,
        due_at timestamptz,
        occurrence_id uuid,
        policy jsonb NOT NULL,
        external_id text,
        metadata jsonb NOT NULL,
        labels text[] NOT NULL,
        warnings jsonb NOT NULL,
        content_hash text NOT NULL,
        revision integer NOT NULL,
        content_revision integer NOT NULL,
        latest_plan_id uuid,
        latest_plan_status text,
        latest_plan_revision integer,
        plans_after uuid,
        canceled_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        deleted_at timestamptz,
        CONSTRAINT posts_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT posts_editorial_state CHECK (editorial_state = ANY (ARRAY['draft'::text, 'under_review'::text, 'rejected'::text, 'approved'::text])),
        CONSTRAINT posts_status_known CHECK (status = ANY (ARRAY['draft'::text, 'under_review'::text, 'rejected'::text, 'approved'::text, 'scheduled'::text, 'held'::text, 'processing'::text, 'published'::text, 'unconfirmed'::text, 'failed'::text, 'canceled'::text])),
        CONSTRAINT posts_occurrence_due CHECK ((occurrence_id IS NULL) OR (due_at IS NOT NULL))
      );
      CREATE INDEX posts_status ON posts (workspace_id, status, id) WHERE deleted_at IS NULL;
      CREATE INDEX posts_external_id ON posts (workspace_id, external_id) WHERE external_id IS NOT NULL;
      SELECT fanfare.protect('posts');

      CREATE TABLE post_targets (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        post_id uuid NOT NULL,
        account_id uuid NOT NULL,
        position integer NOT NULL,
        text text,
        link text,
        media jsonb,
        thread jsonb,
        settings jsonb,
        CONSTRAINT post_targets_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT post_targets_post FOREIGN KEY (workspace_id, post_id) REFERENCES posts (workspace_id, id) ON DELETE CASCADE
      );
      CREATE UNIQUE INDEX post_targets_post_account ON post_targets (workspace_id, post_id, account_id);
      CREATE INDEX post_targets_account ON post_targets (workspace_id, account_id, post_id);
      SELECT fanfare.protect('post_targets');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE post_targets;
      DROP TABLE posts;
    `);
  }
}
