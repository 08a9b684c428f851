import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { JsonObject } from '../../../platforms/core/index.js';
import type { AccountState } from '../account.view.js';
import { BrandEntity } from './brand.entity.js';
import { WorkspaceEntity } from './workspace.entity.js';

/** A connected account. Its row and id stay when it is disconnected. */
@Entity('accounts')
@Check('accounts_state', `state = ANY (ARRAY['connected'::text, 'expired'::text, 'disconnected'::text])`)
@Index('accounts_external', ['workspaceId', 'platform', 'externalId'], { unique: true })
@Index('accounts_of_brand', ['workspaceId', 'brandId'])
@Index('accounts_ending', ['expiresAt'], { where: `state = 'connected'::text AND expires_at IS NOT NULL` })
@ForeignKey(() => WorkspaceEntity, ['workspaceId'], ['id'], { name: 'accounts_workspace' })
@ForeignKey(() => BrandEntity, ['workspaceId', 'brandId'], ['workspaceId', 'id'], { name: 'accounts_brand' })
export class AccountEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'accounts_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'accounts_pkey' })
  id: string;

  @Column({ name: 'brand_id', type: 'uuid', nullable: true })
  brandId: string | null;

  @Column({ type: 'text' })
  platform: string;

  @Column({ name: 'external_id', type: 'text' })
  externalId: string;

  @Column({ type: 'text' })
  state: AccountState;

  @Column({ name: 'display_name', type: 'text' })
  displayName: string;

  @Column({ type: 'text', nullable: true })
  handle: string | null;

  @Column({ name: 'avatar_url', type: 'text', nullable: true })
  avatarUrl: string | null;

  @Column({ type: 'jsonb' })
  metadata: JsonObject;

  /** Of the latest credentials. It outlives them, so that a version never comes back after a reconnect. */
  @Column({ name: 'credentials_version', type: 'integer' })
  credentialsVersion: number;

  /** When the credentials end by themselves. */
  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  /** When the login was last to be renewed before its end. */
  @Column({ name: 'renewal_tried_at', type: 'timestamptz', nullable: true })
  renewalTriedAt: Date | null;

  /** The end that somebody was told of; others are other ends. */
  @Column({ name: 'end_told_for', type: 'timestamptz', nullable: true })
  endToldFor: Date | null;

  @Column({ name: 'last_error_code', type: 'text', nullable: true })
  lastErrorCode: string | null;

  @Column({ name: 'connected_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  connectedAt: Date;

  @Column({ name: 'checked_at', type: 'timestamptz', nullable: true })
  checkedAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
