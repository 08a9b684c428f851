import { Check, Column, Entity, PrimaryColumn } from 'typeorm';
import type { WhenDue } from './platform-switch.entity.js';

/** A platform switched off or on for all workspaces, by whoever runs the instance. Belongs to no workspace. */
@Entity('instance_switches')
@Check('instance_switches_when_due', `when_due = ANY (ARRAY['skip'::text, 'wait'::text])`)
export class InstanceSwitchEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'instance_switches_pkey' })
  platform: string;

  @Column({ type: 'boolean' })
  enabled: boolean;

  @Column({ name: 'when_due', type: 'text', default: 'skip' })
  whenDue: WhenDue;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
