import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { PlanOutcome, PlanStatus, SuccessPolicy } from '../plan-status.js';

/** The run of one occurrence, or of one request to publish. */
@Entity('plans')
@Check(
  'plans_status',
  `status = ANY (ARRAY['scheduled'::text, 'processing'::text, 'published'::text, 'unconfirmed'::text, 'failed'::text, 'canceled'::text])`,
)
@Check('plans_success_policy', `success_policy = ANY (ARRAY['any'::text, 'all'::text])`)
@Index('plans_occurrence', ['workspaceId', 'occurrenceId'], { unique: true })
@Index('plans_post', ['workspaceId', 'postId', 'id'])
@Index('plans_unsettled', ['startedAt'], { where: 'settled_at IS NULL' })
@Index('plans_status_id', ['workspaceId', 'status', 'id'])
export class PlanEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'plans_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'plans_pkey' })
  id: string;

  @Column({ name: 'post_id', type: 'uuid' })
  postId: string;

  /** Null when the plan was made by a request to publish. */
  @Column({ name: 'occurrence_id', type: 'uuid', nullable: true })
  occurrenceId: string | null;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  @Column({ type: 'text', default: 'scheduled' })
  status: PlanStatus;

  @Column({ type: 'text', nullable: true })
  outcome: PlanOutcome | null;

  @Column({ name: 'partially_failed', type: 'boolean', default: false })
  partiallyFailed: boolean;

  @Column({ name: 'success_policy', type: 'text' })
  successPolicy: SuccessPolicy;

  /** Late policy as Content keeps it. */
  @Column({ type: 'jsonb' })
  late: object;

  /** Null until the content is frozen. */
  @Column({ name: 'content_revision', type: 'integer', nullable: true })
  contentRevision: number | null;

  /** Names the job of the next first run; raised when the due time changes. */
  @Column({ name: 'run_no', type: 'integer', default: 1 })
  runNo: number;

  @Column({ name: 'handed_over_at', type: 'timestamptz', nullable: true })
  handedOverAt: Date | null;

  @Column({ name: 'started_at', type: 'timestamptz', nullable: true })
  startedAt: Date | null;

  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true })
  settledAt: Date | null;

  /** How often it has settled. */
  @Column({ name: 'settled_revision', type: 'integer', default: 0 })
  settledRevision: number;

  /** Accounts that a request to publish left out, with the reason. */
  @Column({ name: 'left_out', type: 'jsonb', default: [] })
  leftOut: object[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
