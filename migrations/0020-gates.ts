import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How long a publication waits counts from when a person last let it go on. Platforms are switched for the whole instance as well,
 * by keys with the scope operator, and what comes due meanwhile is passed over or waits.
 */
export class Gates0020 implements MigrationInterface {
  readonly name = 'Gates1767225602000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE publications ADD COLUMN patience_from timestamptz;

      ALTER TABLE platform_switches ADD COLUMN when_due text NOT NULL DEFAULT 'skip',
        ADD CONSTRAINT platform_switches_when_due CHECK (when_due = ANY (ARRAY['skip'::text, 'wait'::text]));
      CREATE TABLE instance_switches (
        platform text NOT NULL,
        enabled boolean NOT NULL,
        when_due text NOT NULL DEFAULT 'skip',
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT instance_switches_pkey PRIMARY KEY (platform),
        CONSTRAINT instance_switches_when_due CHECK (when_due = ANY (ARRAY['skip'::text, 'wait'::text]))
      );
      GRANT SELECT, INSERT, UPDATE ON instance_switches TO fanfare_app;

      ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes;
      ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes
        CHECK (scopes <@ ARRAY['read'::text, 'write'::text, 'admin'::text, 'operator'::text]);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE api_keys SET scopes = array_remove(scopes, 'operator');
      ALTER TABLE api_keys DROP CONSTRAINT api_keys_scopes;
      ALTER TABLE api_keys ADD CONSTRAINT api_keys_scopes
        CHECK (scopes <@ ARRAY['read'::text, 'write'::text, 'admin'::text]);
      DROP TABLE instance_switches;
      ALTER TABLE platform_switches DROP COLUMN when_due;
      ALTER TABLE publications DROP COLUMN patience_from;
    `);
  }
}
