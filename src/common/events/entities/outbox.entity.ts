import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** An event of a committed transaction; `seq` is null until the relay has numbered it. */
@Entity('outbox')
@Index('outbox_workspace_seq', ['workspaceId', 'seq'], { unique: true })
@Index('outbox_unnumbered', ['position'], { where: 'seq IS NULL' })
export class OutboxEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'outbox_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'outbox_pkey' })
  id: string;

  @Column({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  position: string;

  @Column({ type: 'text' })
  type: string;

  @Column({ type: 'integer' })
  version: number;

  @Column({ type: 'jsonb' })
  data: object;

  @Column({ name: 'correlation_id', type: 'text', nullable: true })
  correlationId: string | null;

  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  occurredAt: Date;

  @Column({ type: 'bigint', nullable: true })
  seq: string | null;
}
