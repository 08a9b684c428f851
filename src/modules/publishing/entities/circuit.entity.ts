import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Whether a platform, or one of its servers, works. Belongs to no workspace: it is down for all alike (docs/adr/0012). */
@Entity('circuits')
@Check('circuits_state', `state = ANY (ARRAY['closed'::text, 'open'::text])`)
export class CircuitEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'circuits_pkey' })
  key: string;

  @Column({ type: 'text' })
  platform: string;

  @Column({ type: 'text', default: 'closed' })
  state: 'closed' | 'open';

  /** Without a success between them. */
  @Column({ type: 'integer', default: 0 })
  outages: number;

  @Column({ name: 'first_outage_at', type: 'timestamptz', nullable: true })
  firstOutageAt: Date | null;

  @Column({ name: 'opened_at', type: 'timestamptz', nullable: true })
  openedAt: Date | null;

  /** Of the failure that opened it. */
  @Column({ type: 'text', nullable: true })
  code: string | null;

  /** Probes that failed since it opened. */
  @Column({ type: 'integer', default: 0 })
  probes: number;

  /** From when on it may be probed. */
  @Column({ name: 'probe_at', type: 'timestamptz', nullable: true })
  probeAt: Date | null;

  /** Who probes, and until when he is believed to. */
  @Column({ name: 'probe_token', type: 'uuid', nullable: true })
  probeToken: string | null;

  @Column({ name: 'probe_until', type: 'timestamptz', nullable: true })
  probeUntil: Date | null;

  /** When the next one that has to wait looks again. */
  @Column({ name: 'turn_at', type: 'timestamptz', nullable: true })
  turnAt: Date | null;

  @Column({ name: 'last_success_at', type: 'timestamptz', nullable: true })
  lastSuccessAt: Date | null;
}
