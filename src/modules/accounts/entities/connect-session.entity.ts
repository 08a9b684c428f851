import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { ConnectStatus } from '../connect.session.js';

/** One way from "connect" to accounts. What is secret in it lies sealed in one blob, and goes when it is done. */
@Entity('connect_sessions')
@Check('connect_sessions_status', `status = ANY (ARRAY['started'::text, 'choose'::text, 'done'::text])`)
@Index('connect_sessions_expiry', ['workspaceId', 'expiresAt'])
export class ConnectSessionEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'connect_sessions_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'connect_sessions_pkey' })
  id: string;

  @Column({ type: 'text' })
  platform: string;

  @Column({ type: 'text' })
  status: ConnectStatus;

  /** SHA-256 of the OAuth state; null for forms. */
  @Column({ name: 'state_hash', type: 'text', nullable: true })
  stateHash: string | null;

  @Column({ name: 'redirect_uri', type: 'text', nullable: true })
  redirectUri: string | null;

  @Column({ name: 'key_id', type: 'text', nullable: true })
  keyId: string | null;

  @Column({ type: 'bytea', nullable: true })
  nonce: Buffer | null;

  @Column({ type: 'bytea', nullable: true })
  ciphertext: Buffer | null;

  /** Whoever completes the session, so that a code is exchanged once. */
  @Column({ name: 'claim_token', type: 'uuid', nullable: true })
  claimToken: string | null;

  @Column({ name: 'claimed_until', type: 'timestamptz', nullable: true })
  claimedUntil: Date | null;

  @Column({ name: 'account_ids', type: 'uuid', array: true })
  accountIds: string[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz' })
  expiresAt: Date;
}
