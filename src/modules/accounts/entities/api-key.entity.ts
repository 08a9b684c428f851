import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ApiKeyScope } from '../api-key.js';
import { WorkspaceEntity } from './workspace.entity.js';

/** A key of a workspace; only its hash is kept. */
@Entity('api_keys')
@Check('api_keys_scopes', `scopes <@ ARRAY['read'::text, 'write'::text, 'admin'::text, 'operator'::text]`)
@Index('api_keys_hash', ['hash'], { unique: true })
@ForeignKey(() => WorkspaceEntity, ['workspaceId'], ['id'], { name: 'api_keys_workspace' })
export class ApiKeyEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'api_keys_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'api_keys_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  /** The first characters of the key, so that a person recognises it. */
  @Column({ type: 'text' })
  prefix: string;

  /** SHA-256 in hex. */
  @Column({ type: 'text' })
  hash: string;

  @Column({ type: 'text', array: true })
  scopes: ApiKeyScope[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'expires_at', type: 'timestamptz', nullable: true })
  expiresAt: Date | null;

  @Column({ name: 'revoked_at', type: 'timestamptz', nullable: true })
  revokedAt: Date | null;

  @Column({ name: 'last_used_at', type: 'timestamptz', nullable: true })
  lastUsedAt: Date | null;
}
