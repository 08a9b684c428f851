import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts that came of one login are found by the hash of its refresh token, without opening anybody's credentials. Of those that are
 * stored already it is noted when somebody looks for it: a migration opens none.
 */
export class SharedLogins0025 implements MigrationInterface {
  readonly name = 'SharedLogins1767225602500';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE account_credentials ADD COLUMN login text DEFAULT 'unread';
      ALTER TABLE account_credentials ALTER COLUMN login DROP DEFAULT;
      CREATE INDEX account_credentials_login ON account_credentials (workspace_id, login) WHERE login IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX account_credentials_login;
      ALTER TABLE account_credentials DROP COLUMN login;
    `);
  }
}
