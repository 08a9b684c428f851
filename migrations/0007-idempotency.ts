import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Requests that clients have named, with their answers; and the right to see how far the schema is. */
export class Idempotency0007 implements MigrationInterface {
  readonly name = 'Idempotency1767225600700';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE idempotency_keys (
        workspace_id uuid NOT NULL,
        key text NOT NULL,
        route text NOT NULL,
        body_hash text NOT NULL,
        state text NOT NULL,
        claim uuid NOT NULL,
        locked_until timestamptz NOT NULL,
        subject text,
        answer json,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT idempotency_keys_pkey PRIMARY KEY (workspace_id, key),
        CONSTRAINT idempotency_keys_state CHECK (state = ANY (ARRAY['running'::text, 'done'::text])),
        CONSTRAINT idempotency_keys_answered CHECK ((state = 'running'::text) OR (answer IS NOT NULL))
      );
      CREATE INDEX idempotency_keys_expiry ON idempotency_keys (workspace_id, expires_at);
      SELECT fanfare.protect('idempotency_keys');
      -- For /health/ready: whether the schema is the one that the program was written for.
      GRANT SELECT ON migrations TO fanfare_sweep;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      REVOKE SELECT ON migrations FROM fanfare_sweep;
      DROP TABLE idempotency_keys;
    `);
  }
}
