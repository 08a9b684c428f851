import { Column, Entity, PrimaryColumn } from 'typeorm';

/** A workspace that was told of an open circuit, and is told again when it closes. */
@Entity('circuit_waits')
export class CircuitWaitEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'circuit_waits_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'circuit_waits_pkey' })
  circuit: string;

  @Column({ type: 'timestamptz', default: () => 'fanfare.now()' })
  since: Date;
}
