import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A process that works or schedules, for as long as it is there. */
@Entity('processes')
@Check('processes_role', `role = ANY (ARRAY['all'::text, 'worker'::text, 'scheduler'::text])`)
export class ProcessEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'processes_pkey' })
  id: string;

  @Column({ type: 'text' })
  role: 'all' | 'worker' | 'scheduler';

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  startedAt: Date;

  @Column({ name: 'seen_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  seenAt: Date;
}
