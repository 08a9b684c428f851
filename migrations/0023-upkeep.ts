import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was changed is read by subject and time; what clients named long ago is removed for workspaces that are idle, too. */
export class Upkeep0023 implements MigrationInterface {
  readonly name = 'Upkeep1767225602300';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX audit_entries_subject;
      CREATE INDEX audit_entries_subject ON audit_entries (workspace_id, subject_type, subject_id, occurred_at);
      CREATE INDEX idempotency_keys_over ON idempotency_keys (expires_at);
      SELECT fanfare.allow_sweep('idempotency_keys', 'DELETE, SELECT (workspace_id, key, expires_at)');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY sweep ON idempotency_keys;
      REVOKE DELETE, SELECT (workspace_id, key, expires_at) ON idempotency_keys FROM fanfare_sweep;
      DROP INDEX idempotency_keys_over;
      DROP INDEX audit_entries_subject;
      CREATE INDEX audit_entries_subject ON audit_entries (workspace_id, subject_type, subject_id);
    `);
  }
}
