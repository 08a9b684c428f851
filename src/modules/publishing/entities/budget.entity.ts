import { Column, Entity, PrimaryColumn } from 'typeorm';

/** How much of a rate is used (GCRA). Belongs to no workspace: the platform counts on its account or app (docs/adr/0012). */
@Entity('budgets')
export class BudgetEntity {
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'budgets_pkey' })
  key: string;

  /** Milliseconds in which one call comes back. */
  @Column({ name: 'interval_ms', type: 'double precision' })
  intervalMs: number;

  /** Calls at once after a quiet time. */
  @Column({ type: 'integer' })
  burst: number;

  /** When everything that was taken has come back. */
  @Column({ name: 'used_until', type: 'timestamptz' })
  usedUntil: Date;

  /** What the platform said: nothing goes before. */
  @Column({ name: 'closed_until', type: 'timestamptz', default: '-infinity' })
  closedUntil: Date;

  /** When the next one that has to wait is woken. */
  @Column({ name: 'turn_at', type: 'timestamptz', default: '-infinity' })
  turnAt: Date;

  /** When the platform was last asked how much is left. */
  @Column({ name: 'read_at', type: 'timestamptz', default: '-infinity' })
  readAt: Date;
}
