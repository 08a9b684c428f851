import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity.js';

/** A workspace's own app on a platform, instead of the one that the environment configures. */
@Entity('app_credentials')
@ForeignKey(() => WorkspaceEntity, ['workspaceId'], ['id'], { name: 'app_credentials_workspace' })
export class AppCredentialEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'app_credentials_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'app_credentials_pkey' })
  platform: string;

  @Column({ name: 'client_id', type: 'text' })
  clientId: string;

  @Column({ name: 'key_id', type: 'text' })
  keyId: string;

  @Column({ type: 'bytea' })
  nonce: Buffer;

  @Column({ type: 'bytea' })
  ciphertext: Buffer;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
