import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AccountEntity } from './account.entity.js';

/** The sealed credentials of an account, and the lease of whoever renews them. */
@Entity('account_credentials')
@ForeignKey(() => AccountEntity, ['workspaceId', 'accountId'], ['workspaceId', 'id'], {
  name: 'account_credentials_account',
  onDelete: 'CASCADE',
})
@Index('account_credentials_login', ['workspaceId', 'login'], { where: 'login IS NOT NULL' })
export class AccountCredentialEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'account_credentials_pkey' })
  workspaceId: string;

  @PrimaryColumn({ name: 'account_id', type: 'uuid', primaryKeyConstraintName: 'account_credentials_pkey' })
  accountId: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ name: 'key_id', type: 'text' })
  keyId: string;

  @Column({ type: 'bytea' })
  nonce: Buffer;

  @Column({ type: 'bytea' })
  ciphertext: Buffer;

  /** Hash of the refresh token, which accounts of one login share; `unread` where nobody has looked since before it was noted. */
  @Column({ type: 'text', nullable: true })
  login: string | null;

  @Column({ name: 'refresh_lease_token', type: 'uuid', nullable: true })
  refreshLeaseToken: string | null;

  @Column({ name: 'refresh_lease_until', type: 'timestamptz', nullable: true })
  refreshLeaseUntil: Date | null;

  @Column({ name: 'stored_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  storedAt: Date;
}
