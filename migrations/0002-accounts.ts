import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Workspaces, their API keys, brands, accounts with their sealed credentials, connect sessions and the audit log. */
export class Accounts0002 implements MigrationInterface {
  readonly name = 'Accounts1767225600200';

  async up(runner: QueryRunner): Promise<void> {
    await this.createTenants(runner);
    await this.createAccounts(runner);
    await this.createSessions(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE audit_entries;
      DROP TABLE app_credentials;
      DROP TABLE connect_sessions;
      DROP TABLE account_credentials;
      DROP TABLE accounts;
      DROP TABLE brands;
      DROP TABLE api_keys;
      DROP TABLE workspaces;
    `);
  }

  /** A workspace is its own tenant: its policy reads its id. Keys are looked up before a workspace is known. */
  private async createTenants(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspaces (
        id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT workspaces_pkey PRIMARY KEY (id)
      );
      ALTER TABLE workspaces ENABLE ROW LEVEL SECURITY;
      ALTER TABLE workspaces FORCE ROW LEVEL SECURITY;
      CREATE POLICY workspace ON workspaces TO fanfare_app
        USING (id = fanfare.current_workspace()) WITH CHECK (id = fanfare.current_workspace());
      GRANT SELECT, UPDATE ON workspaces TO fanfare_app;
      SELECT fanfare.allow_sweep('workspaces', 'SELECT, INSERT');

      CREATE TABLE api_keys (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        prefix text NOT NULL,
        hash text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        expires_at timestamptz,
        revoked_at timestamptz,
        last_used_at timestamptz,
        CONSTRAINT api_keys_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT api_keys_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
        CONSTRAINT api_keys_scopes CHECK (scopes <@ ARRAY['read'::text, 'write'::text, 'admin'::text])
      );
      CREATE UNIQUE INDEX api_keys_hash ON api_keys (hash);
      SELECT fanfare.protect('api_keys');
      SELECT fanfare.allow_sweep('api_keys', 'SELECT');
    `);
  }

  private async createAccounts(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE brands (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT brands_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT brands_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
      );
      CREATE UNIQUE INDEX brands_name ON brands (workspace_id, name);
      SELECT fanfare.protect('brands');

      CREATE TABLE accounts (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        brand_id uuid,
        platform text NOT NULL,
        external_id text NOT NULL,
        state text NOT NULL,
        display_name text NOT NULL,
        handle text,
        avatar_url text,
        metadata jsonb NOT NULL,
        credentials_version integer NOT NULL,
        expires_at timestamptz,
        last_error_code text,
        connected_at timestamptz NOT NULL DEFAULT fanfare.now(),
        checked_at timestamptz,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT accounts_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT accounts_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id),
        CONSTRAINT accounts_brand FOREIGN KEY (workspace_id, brand_id) REFERENCES brands (workspace_id, id),
        CONSTRAINT accounts_state
          CHECK (state = ANY (ARRAY['connected'::text, 'expired'::text, 'disconnected'::text]))
      );
      CREATE UNIQUE INDEX accounts_external ON accounts (workspace_id, platform, external_id);
      CREATE INDEX accounts_of_brand ON accounts (workspace_id, brand_id);
      SELECT fanfare.protect('accounts');

      CREATE TABLE account_credentials (
        workspace_id uuid NOT NULL,
        account_id uuid NOT NULL,
        version integer NOT NULL,
        key_id text NOT NULL,
        nonce bytea NOT NULL,
        ciphertext bytea NOT NULL,
        refresh_lease_token uuid,
        refresh_lease_until timestamptz,
        stored_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT account_credentials_pkey PRIMARY KEY (workspace_id, account_id),
        CONSTRAINT account_credentials_account FOREIGN KEY (workspace_id, account_id)
          REFERENCES accounts (workspace_id, id) ON DELETE CASCADE
      );
      SELECT fanfare.protect('account_credentials');
    `);
  }

  private async createSessions(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE connect_sessions (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        platform text NOT NULL,
        status text NOT NULL,
        state_hash text,
        redirect_uri text,
        key_id text,
        nonce bytea,
        ciphertext bytea,
        claim_token uuid,
        claimed_until timestamptz,
        account_ids uuid[] NOT NULL,
        created_at timestamptz NOT NULL DEFAULT fanfare.now(),
        expires_at timestamptz NOT NULL,
        CONSTRAINT connect_sessions_pkey PRIMARY KEY (workspace_id, id),
        CONSTRAINT connect_sessions_status
          CHECK (status = ANY (ARRAY['started'::text, 'choose'::text, 'done'::text]))
      );
      CREATE INDEX connect_sessions_expiry ON connect_sessions (workspace_id, expires_at);
      SELECT fanfare.protect('connect_sessions');

      CREATE TABLE app_credentials (
        workspace_id uuid NOT NULL,
        platform text NOT NULL,
        client_id text NOT NULL,
        key_id text NOT NULL,
        nonce bytea NOT NULL,
        ciphertext bytea NOT NULL,
        updated_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT app_credentials_pkey PRIMARY KEY (workspace_id, platform),
        CONSTRAINT app_credentials_workspace FOREIGN KEY (workspace_id) REFERENCES workspaces (id)
      );
      SELECT fanfare.protect('app_credentials');

      CREATE TABLE audit_entries (
        workspace_id uuid NOT NULL,
        id uuid NOT NULL,
        key_id uuid,
        action text NOT NULL,
        subject_type text NOT NULL,
        subject_id text NOT NULL,
        details jsonb NOT NULL,
        occurred_at timestamptz NOT NULL DEFAULT fanfare.now(),
        CONSTRAINT audit_entries_pkey PRIMARY KEY (workspace_id, id)
      );
      CREATE INDEX audit_entries_subject ON audit_entries (workspace_id, subject_type, subject_id);
      SELECT fanfare.protect('audit_entries');
      -- What was done stays written.
      REVOKE UPDATE, DELETE ON audit_entries FROM fanfare_app;
    `);
  }
}
