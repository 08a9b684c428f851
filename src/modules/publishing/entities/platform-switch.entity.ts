import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What becomes of a post that is due on a platform that is off. */
export const whenDueModes = ['skip', 'wait'] as const;
export type WhenDue = (typeof whenDueModes)[number];

/** A platform switched off or on for one workspace at run time; without a row it is on, unless it is off for all. */
@Entity('platform_switches')
@Check('platform_switches_when_due', `when_due = ANY (ARRAY['skip'::text, 'wait'::text])`)
export class PlatformSwitchEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'platform_switches_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'platform_switches_pkey' })
  platform: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ name: 'when_due', type: 'text', default: 'skip' })
  whenDue: WhenDue;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
