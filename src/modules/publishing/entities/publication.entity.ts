import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { TargetPolicy } from '../../content/index.js';
import type { TargetContent } from '../../../platforms/core/index.js';
import type { PublicationState, WakeReason } from '../publication.states.js';
import type { StoredError, StoredWarning } from '../stored-error.js';
import { PlanEntity } from './plan.entity.js';

/** One target of a plan: the row whose lock is the fence of every visible call. */
@Entity('publications')
@Check(
  'publications_state',
  `state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text, 'published'::text, 'failed'::text, 'unconfirmed'::text, 'skipped'::text, 'canceled'::text])`,
)
@Check('publications_priority', `priority = ANY (ARRAY[0, 1, 2])`)
@Index('publications_plan', ['workspaceId', 'planId', 'targetId'], { unique: true })
@Index('publications_post', ['workspaceId', 'postId'])
@Index('publications_platform_post', ['workspaceId', 'accountId', 'platformPostId'], {
  unique: true,
  where: 'platform_post_id IS NOT NULL',
})
@Index('publications_wake', ['wakeAt'], {
  where: `state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])`,
})
@Index('publications_backlog', ['workspaceId', 'wakeAt'], {
  where: `state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])`,
})
@Index('publications_turns', ['workspaceId', 'priority', 'wakeAt'], {
  where: `state = ANY (ARRAY['waiting'::text, 'running'::text, 'with_platform'::text])`,
})
@Index('publications_unsuccessful', ['workspaceId', 'id'], {
  where: `state = ANY (ARRAY['failed'::text, 'unconfirmed'::text, 'skipped'::text]) OR state = 'published'::text AND warnings @> '[{"code": "incomplete"}]'::jsonb`,
})
@ForeignKey(() => PlanEntity, ['workspaceId', 'planId'], ['workspaceId', 'id'], {
  name: 'publications_of_plan',
})
export class PublicationEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'publications_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'publications_pkey' })
  id: string;

  @Column({ name: 'plan_id', type: 'uuid' })
  planId: string;

  @Column({ name: 'post_id', type: 'uuid' })
  postId: string;

  @Column({ name: 'target_id', type: 'uuid' })
  targetId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ type: 'text' })
  platform: string;

  @Column({ type: 'text', default: 'waiting' })
  state: PublicationState;

  @Column({ name: 'due_at', type: 'timestamptz' })
  dueAt: Date;

  /** What the target's policy says of trying it; empty where it was made before there was such a policy. */
  @Column({ type: 'jsonb', default: {} })
  policy: Partial<TargetPolicy>;

  /** 0 urgent, 1 normal, 2 bulk: which of the workspace's own goes first (docs/adr/0013). */
  @Column({ type: 'smallint', default: 1 })
  priority: number;

  /** Null until frozen. */
  @Column({ type: 'jsonb', nullable: true })
  content: TargetContent | null;

  @Column({ name: 'content_revision', type: 'integer', nullable: true })
  contentRevision: number | null;

  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;

  /** Claims since the last step that ended. */
  @Column({ type: 'integer', default: 0 })
  claims: number;

  @Column({ name: 'wake_at', type: 'timestamptz', nullable: true })
  wakeAt: Date | null;

  @Column({ name: 'wake_reason', type: 'text', nullable: true })
  wakeReason: WakeReason | null;

  @Column({ name: 'wake_no', type: 'integer', default: 1 })
  wakeNo: number;

  /** When the sweep last added the job of this wake again. */
  @Column({ name: 'swept_at', type: 'timestamptz', nullable: true })
  sweptAt: Date | null;

  /** When the first visible call was recorded; from then on neither cancel nor edit is possible. */
  @Column({ name: 'going_out_at', type: 'timestamptz', nullable: true })
  goingOutAt: Date | null;

  /** Nothing more may go out until it is resumed. Set under the row's lock, and asked by the fence. */
  @Column({ type: 'boolean', default: false })
  held: boolean;

  /** A person resumed it: being late is no reason any more. */
  @Column({ name: 'late_allowed', type: 'boolean', default: false })
  lateAllowed: boolean;

  /** When a person last let it go on: from then on, not from the due time, counts how long it may wait. */
  @Column({ name: 'patience_from', type: 'timestamptz', nullable: true })
  patienceFrom: Date | null;

  /** A backup was restored: since then it may have gone out, with nothing left of it in the ledger (docs/adr/0016). */
  @Column({ name: 'suspected_since', type: 'timestamptz', nullable: true })
  suspectedSince: Date | null;

  /** Until when: the moment from which the ledger knows everything again. */
  @Column({ name: 'suspected_at', type: 'timestamptz', nullable: true })
  suspectedAt: Date | null;

  /** Key of the circuit that it waits behind; counts while the wake's reason is `circuit`. */
  @Column({ name: 'waits_for', type: 'text', nullable: true })
  waitsFor: string | null;

  @Column({ type: 'integer', default: 0 })
  retries: number;

  @Column({ name: 'attempt_count', type: 'integer', default: 0 })
  attemptCount: number;

  /** The credentials' version that a renewal was last asked for; a second refusal of its successor ends the publication. */
  @Column({ name: 'renewed_version', type: 'integer', nullable: true })
  renewedVersion: number | null;

  @Column({ name: 'platform_post_id', type: 'text', nullable: true })
  platformPostId: string | null;

  @Column({ type: 'text', nullable: true })
  permalink: string | null;

  @Column({ name: 'published_at', type: 'timestamptz', nullable: true })
  publishedAt: Date | null;

  /** When everything of it was deleted on the platform, by us. */
  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;

  @Column({ name: 'settled_at', type: 'timestamptz', nullable: true })
  settledAt: Date | null;

  /** Why it was skipped or is unconfirmed. */
  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ type: 'jsonb', nullable: true })
  error: StoredError | null;

  @Column({ type: 'jsonb', default: [] })
  warnings: StoredWarning[];

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
