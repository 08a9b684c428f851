import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Logins that end by themselves are found in time, in every workspace, and each end is told of once. */
export class EndingLogins0024 implements MigrationInterface {
  readonly name = 'EndingLogins1767225602400';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE accounts ADD COLUMN renewal_tried_at timestamptz;
      ALTER TABLE accounts ADD COLUMN end_told_for timestamptz;
      CREATE INDEX accounts_ending ON accounts (expires_at) WHERE state = 'connected'::text AND expires_at IS NOT NULL;
      SELECT fanfare.allow_sweep('accounts',
        'SELECT (workspace_id, id, state, credentials_version, expires_at, renewal_tried_at)');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY sweep ON accounts;
      REVOKE SELECT (workspace_id, id, state, credentials_version, expires_at, renewal_tried_at) ON accounts
        FROM fanfare_sweep;
      DROP INDEX accounts_ending;
      ALTER TABLE accounts DROP COLUMN end_told_for;
      ALTER TABLE accounts DROP COLUMN renewal_tried_at;
    `);
  }
}
