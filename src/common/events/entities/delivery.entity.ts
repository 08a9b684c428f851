import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { OutboxEntity } from './outbox.entity.js';

/** One event on its way to one listener. */
@Entity('deliveries')
@Check('deliveries_state', `state = ANY (ARRAY['pending'::text, 'delivered'::text, 'dead'::text])`)
@Index('deliveries_pending', ['nextAttemptAt'], { where: `state = 'pending'::text` })
@ForeignKey(() => OutboxEntity, ['workspaceId', 'eventId'], ['workspaceId', 'id'], {
  name: 'deliveries_event',
  onDelete: 'CASCADE',
})
export class DeliveryEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'deliveries_pkey' })
  workspaceId: string;

  @PrimaryColumn({ name: 'event_id', type: 'uuid', primaryKeyConstraintName: 'deliveries_pkey' })
  eventId: string;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'deliveries_pkey' })
  listener: string;

  @Column({ type: 'bigint' })
  seq: string;

  @Column({ type: 'text', default: 'pending' })
  state: 'pending' | 'delivered' | 'dead';

  @Column({ type: 'integer', default: 0 })
  attempts: number;

  @Column({ name: 'next_attempt_at', type: 'timestamptz' })
  nextAttemptAt: Date;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;

  @Column({ name: 'last_error', type: 'text', nullable: true })
  lastError: string | null;
}
