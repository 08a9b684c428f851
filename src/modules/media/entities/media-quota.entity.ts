import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** How much media a workspace may keep, where that is not what holds for all. */
@Entity('media_quotas')
@Check('media_quotas_bytes', 'bytes >= 0')
export class MediaQuotaEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'media_quotas_pkey' })
  workspaceId: string;

  /** The driver gives bigint as text. Null: as many as fit. */
  @Column({ type: 'bigint', nullable: true })
  bytes: string | null;

  @Column({ name: 'set_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  setAt: Date;
}
