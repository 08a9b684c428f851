import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CommitResult } from '../../../platforms/core/index.js';
import { PublicationEntity } from './publication.entity.js';

/**
 * A visible thing to be created once. `open`: a call was recorded and its outcome is not known. `done`: it exists.
 * `clear`: it is proven that no call so far created anything.
 */
@Entity('commits')
@Check('commits_state', `state = ANY (ARRAY['open'::text, 'done'::text, 'clear'::text])`)
@Index('commits_open_fingerprint', ['workspaceId', 'accountId', 'fingerprint'], {
  unique: true,
  where: `state = 'open'::text`,
})
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'commits_of_publication',
})
export class CommitEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'commits_pkey' })
  workspaceId: string;

  @PrimaryColumn({ name: 'publication_id', type: 'uuid', primaryKeyConstraintName: 'commits_pkey' })
  publicationId: string;

  @PrimaryColumn({ name: 'content_revision', type: 'integer', primaryKeyConstraintName: 'commits_pkey' })
  contentRevision: number;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'commits_pkey' })
  key: string;

  /** In the order in which they were first opened, from 0. */
  @Column({ type: 'integer' })
  position: number;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  /** Hash of what is visible; while one is open on an account, no other with the same may open. */
  @Column({ type: 'text' })
  fingerprint: string;

  @Column({ name: 'request_hash', type: 'text' })
  requestHash: string;

  @Column({ type: 'text' })
  state: 'open' | 'done' | 'clear';

  @Column({ type: 'integer' })
  calls: number;

  @Column({ name: 'first_started_at', type: 'timestamptz' })
  firstStartedAt: Date;

  @Column({ name: 'last_started_at', type: 'timestamptz' })
  lastStartedAt: Date;

  @Column({ name: 'deadline_at', type: 'timestamptz' })
  deadlineAt: Date;

  /** Until then the same bytes may be sent again under the platform's idempotency key. */
  @Column({ name: 'repeat_until', type: 'timestamptz', nullable: true })
  repeatUntil: Date | null;

  @Column({ name: 'first_absent_at', type: 'timestamptz', nullable: true })
  firstAbsentAt: Date | null;

  @Column({ type: 'integer', default: 0 })
  looks: number;

  @Column({ type: 'jsonb', nullable: true })
  result: CommitResult | null;

  /** How it became done: `answer`, `look`, `person`, `late_answer`. */
  @Column({ name: 'resolved_by', type: 'text', nullable: true })
  resolvedBy: string | null;
}
