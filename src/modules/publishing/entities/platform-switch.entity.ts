import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A platform switched off or on for one workspace at run time; without a row the configuration decides. */
@Entity('platform_switches')
export class PlatformSwitchEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'platform_switches_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'platform_switches_pkey' })
  platform: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
