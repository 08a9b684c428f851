import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MediaRef, PostWarning, WrittenPart } from '../post.js';
import type { PostPolicy } from '../post.policy.js';
import type { EditorialState, PostStatus } from '../post.status.js';

@Entity('posts')
@Check(
  'posts_editorial_state',
  `editorial_state = ANY (ARRAY['draft'::text, 'under_review'::text, 'rejected'::text, 'approved'::text])`,
)
@Check(
  'posts_status_known',
  `status = ANY (ARRAY['draft'::text, 'under_review'::text, 'rejected'::text, 'approved'::text, 'scheduled'::text, 'held'::text, 'processing'::text, 'published'::text, 'unconfirmed'::text, 'failed'::text, 'canceled'::text])`,
)
@Check('posts_occurrence_due', `(occurrence_id IS NULL) OR (due_at IS NOT NULL)`)
@Index('posts_status', ['workspaceId', 'status', 'id'], { where: 'deleted_at IS NULL' })
@Index('posts_external_id', ['workspaceId', 'externalId'], { where: 'external_id IS NOT NULL' })
export class PostEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'posts_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'posts_pkey' })
  id: string;

  @Column({ name: 'editorial_state', type: 'text' })
  editorialState: EditorialState;

  /** `statusOf` the row, stored with every write. */
  @Column({ type: 'text' })
  status: PostStatus;

  @Column({ type: 'text' })
  text: string;

  @Column({ type: 'text', nullable: true })
  link: string | null;

  @Column({ type: 'jsonb' })
  media: readonly MediaRef[];

  @Column({ type: 'jsonb' })
  thread: readonly WrittenPart[];

  @Column({ name: 'scheduled_for', type: 'text', nullable: true })
  scheduledFor: string | null;

  @Column({ type: 'text', nullable: true })
  timezone: string | null;

  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ name: 'occurrence_id', type: 'uuid', nullable: true })
  occurrenceId: string | null;

  @Column({ type: 'jsonb' })
  policy: PostPolicy;

  @Column({ name: 'external_id', type: 'text', nullable: true })
  externalId: string | null;

  /** A JsonObject; TypeORM's types cannot follow its recursion. */
  @Column({ type: 'jsonb' })
  metadata: object;

  @Column({ type: 'text', array: true })
  labels: readonly string[];

  @Column({ type: 'jsonb' })
  warnings: readonly PostWarning[];

  @Column({ name: 'content_hash', type: 'text' })
  contentHash: string;

  @Column({ type: 'integer' })
  revision: number;

  @Column({ name: 'content_revision', type: 'integer' })
  contentRevision: number;

  @Column({ name: 'latest_plan_id', type: 'uuid', nullable: true })
  latestPlanId: string | null;

  @Column({ name: 'latest_plan_status', type: 'text', nullable: true })
  latestPlanStatus: string | null;

  @Column({ name: 'latest_plan_revision', type: 'integer', nullable: true })
  latestPlanRevision: number | null;

  /** Plans no younger than this id belong to a time that was taken back; they say nothing of the post any more. */
  @Column({ name: 'plans_after', type: 'uuid', nullable: true })
  plansAfter: string | null;

  @Column({ name: 'canceled_at', type: 'timestamptz', nullable: true })
  canceledAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;

  @Column({ name: 'deleted_at', type: 'timestamptz', nullable: true })
  deletedAt: Date | null;
}
