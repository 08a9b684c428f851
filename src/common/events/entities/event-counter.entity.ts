import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The last number that the relay gave in a workspace. */
@Entity('event_counters')
export class EventCounterEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'event_counters_pkey' })
  workspaceId: string;

  @Column({ name: 'last_seq', type: 'bigint' })
  lastSeq: string;
}
