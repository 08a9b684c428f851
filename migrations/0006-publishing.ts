import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Plans, publications and the ledger of what was sent. */
export class Publishing0006 implements MigrationInterface {
  readonly name = 'Publishing1767225600600';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE plans (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        post_id uuid NOT NULL,
        occurrence_id uuid,
        due_at timestamptz NOT NULL,
        status text NOT NULL DEFAULT 'scheduled',
        outcome text,
        partially_failed boolean NOT NULL DEFAULT false,
        success_policy text NOT NULL,
        late jsonb NOT NULL,
        content_revision integer,
        run_no integer NOT NULL DEFAULT 1,
        handed_over_at timestamptz,
        started_at timestamptz,
        settled_at timestamptz,
        settled_revision integer NOT NULL DEFAULT 0,
        left_out jsonb NOT NULL DEFAULT '[]'::jsonb,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT plans_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT plans_status CHECK (status = ANY (ARRAY['scheduled'::text, 'processing'::text, 'published'::text,
          'unconfirmed'::text, 'failed'::text, 'canceled'::text])),
        CONSTRAINT plans_success_policy CHECK (success_policy = ANY (ARRAY['any'::text, 'all'::text]))
      );
      CREATE UNIQUE INDEX plans_occurrence ON plans (workspace_id, occurrence_id);
      CREATE INDEX plans_post ON plans (workspace_id, post_id, id);
      CREATE INDEX plans_status_id ON plans (workspace_id, status, id);
      CREATE INDEX plans_unsettled ON plans (started_at) WHERE settled_at IS NULL;
      SELECT fanfare.protect('plans');
      SELECT fanfare.allow_sweep('plans', 'SELECT');

      CREATE TABLE publish_requests (
        workspace_id uuid NOT NULL,
        request_id text NOT NULL,
        plan_id uuid NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT publish_requests_pkey PRIMARY KEY (workspace_id, request_id),
        CONSTRAINT publish_requests_plan FOREIGN KEY (workspace_id, plan_id) REFERENCES plans (workspace_id, id)
      );
      SELECT fanfare.protect('publish_requests');

      CREATE TABLE publications (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        plan_id uuid NOT NULL,
        post_id uuid NOT NULL,
        target_id uuid NOT NULL,
        account_id uuid NOT NULL,
        platform text NOT NULL,
        state text NOT NULL DEFAULT 'waiting',
        due_at timestamptz NOT NULL,
        content jsonb,
        content_revision integer,
        lease_token uuid,
        lease_until timestamptz,
        claims integer NOT NULL DEFAULT 0,
        wake_at timestamptz,
        wake_reason text,
        wake_no integer NOT NULL DEFAULT 1,
        swept_at timestamptz,
        going_out_at timestamptz,
        retries integer NOT NULL DEFAULT 0,
        attempt_count integer NOT NULL DEFAULT 0,
        renewed_version integer,
        platform_post_id text,
        permalink text,
        published_at timestamptz,
        settled_at timestamptz,
        reason text,
        error jsonb,
        warnings jsonb NOT NULL DEFAULT '[]'::jsonb,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT publications_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT publications_of_plan FOREIGN KEY (workspace_id, plan_id) REFERENCES plans (workspace_id, id),
        CONSTRAINT publications_state CHECK (state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text,
          'published'::text, 'failed'::text, 'unconfirmed'::text, 'skipped'::text, 'canceled'::text]))
      );
      CREATE UNIQUE INDEX publications_plan ON publications (workspace_id, plan_id, target_id);
      CREATE INDEX publications_post ON publications (workspace_id, post_id);
      CREATE UNIQUE INDEX publications_platform_post ON publications (workspace_id, account_id, platform_post_id)
        WHERE platform_post_id IS NOT NULL;
      CREATE INDEX publications_wake ON publications (wake_at)
        WHERE state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text]);
      SELECT fanfare.protect('publications');
      SELECT fanfare.allow_sweep('publications', 'SELECT, UPDATE (wake_no, swept_at)');
    `);
    await runner.query(`
      CREATE TABLE attempts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        publication_id uuid NOT NULL,
        no integer NOT NULL,
        lease_token uuid NOT NULL,
        wake_reason text NOT NULL,
        started_at timestamptz NOT NULL DEFAULT fanfare.now(),
        ended_at timestamptz,
        outcome text,
        error jsonb,
        CONSTRAINT attempts_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT attempts_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id)
      );
      CREATE UNIQUE INDEX attempts_publication ON attempts (workspace_id, publication_id, no);
      SELECT fanfare.protect('attempts');

      CREATE TABLE steps (
        workspace_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        content_revision integer NOT NULL,
        key text NOT NULL,
        kind text NOT NULL,
        ended boolean NOT NULL,
        value jsonb,
        sealed jsonb,
        valid_until timestamptz,
        looks integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT steps_pkey PRIMARY KEY (workspace_id, publication_id, content_revision, key),
        CONSTRAINT steps_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id),
        CONSTRAINT steps_kind CHECK (kind = ANY (ARRAY['step'::text, 'wait'::text]))
      );
      SELECT fanfare.protect('steps');

      CREATE TABLE commits (
        workspace_id uuid NOT NULL,
        publication_id uuid NOT NULL,
        content_revision integer NOT NULL,
        key text NOT NULL,
        position integer NOT NULL,
        account_id uuid NOT NULL,
        fingerprint text NOT NULL,
        request_hash text NOT NULL,
        state text NOT NULL,
        calls integer NOT NULL,
        first_started_at timestamptz NOT NULL,
        last_started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        repeat_until timestamptz,
        first_absent_at timestamptz,
        looks integer NOT NULL DEFAULT 0,
        result jsonb,
        resolved_by text,
        CONSTRAINT commits_pkey PRIMARY KEY (workspace_id, publication_id, content_revision, key),
        CONSTRAINT commits_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id),
        CONSTRAINT commits_state CHECK (state = ANY (ARRAY['open'::text, 'done'::text, 'clear'::text]))
      );
      CREATE UNIQUE INDEX commits_open_fingerprint ON commits (workspace_id, account_id, fingerprint) WHERE state = 'open'::text;
      SELECT fanfare.protect('commits');

      CREATE TABLE calls (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        publication_id uuid NOT NULL,
        content_revision integer NOT NULL,
        commit_key text NOT NULL,
        no integer NOT NULL,
        attempt_id uuid NOT NULL,
        lease_token uuid NOT NULL,
        request_hash text NOT NULL,
        request jsonb NOT NULL,
        started_at timestamptz NOT NULL,
        deadline_at timestamptz NOT NULL,
        outcome text,
        ended_at timestamptz,
        answer jsonb,
        result jsonb,
        error jsonb,
        verdict text,
        verdict_at timestamptz,
        CONSTRAINT calls_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT calls_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id),
        CONSTRAINT calls_outcome CHECK (outcome = ANY (ARRAY['done'::text, 'refused'::text, 'unknown'::text]))
      );
      CREATE UNIQUE INDEX calls_commit ON calls (workspace_id, publication_id, content_revision, commit_key, no);
      SELECT fanfare.protect('calls');

      CREATE TABLE looks (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        publication_id uuid NOT NULL,
        content_revision integer NOT NULL,
        commit_key text NOT NULL,
        verdict text NOT NULL,
        evidence jsonb NOT NULL,
        at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT looks_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT looks_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id)
      );
      CREATE INDEX looks_publication ON looks (workspace_id, publication_id, id);
      SELECT fanfare.protect('looks');

      CREATE TABLE transitions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        publication_id uuid NOT NULL,
        from_state text,
        to_state text NOT NULL,
        reason text NOT NULL,
        lease_token uuid,
        details jsonb,
        at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT transitions_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT transitions_of_publication FOREIGN KEY (workspace_id, publication_id) REFERENCES publications (workspace_id, id)
      );
      CREATE INDEX transitions_publication ON transitions (workspace_id, publication_id, id);
      SELECT fanfare.protect('transitions');

      CREATE TABLE platform_switches (
        workspace_id uuid NOT NULL,
        platform text NOT NULL,
        enabled boolean NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT platform_switches_pkey PRIMARY KEY (workspace_id, platform)
      );
      SELECT fanfare.protect('platform_switches');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE platform_switches;
      DROP TABLE transitions;
      DROP TABLE looks;
      DROP TABLE calls;
      DROP TABLE commits;
      DROP TABLE steps;
      DROP TABLE attempts;
      DROP TABLE publications;
      DROP TABLE publish_requests;
      DROP TABLE plans;
    `);
  }
}
