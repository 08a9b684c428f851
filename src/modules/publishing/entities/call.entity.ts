import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { CommitResult } from '../../../platforms/core/index.js';
import type { StoredError } from '../stored-error.js';
import { PublicationEntity } from './publication.entity.js';

/** One request of a commit: written before it is sent; its outcome is added once and never changed. */
@Entity('calls')
@Check('calls_outcome', `outcome = ANY (ARRAY['done'::text, 'refused'::text, 'unknown'::text])`)
@Index('calls_commit', ['workspaceId', 'publicationId', 'contentRevision', 'commitKey', 'no'], {
  unique: true,
})
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'calls_of_publication',
})
export class CallEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'calls_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'calls_pkey' })
  id: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId: string;

  @Column({ name: 'content_revision', type: 'integer' })
  contentRevision: number;

  @Column({ name: 'commit_key', type: 'text' })
  commitKey: string;

  @Column({ type: 'integer' })
  no: number;

  @Column({ name: 'attempt_id', type: 'uuid' })
  attemptId: string;

  @Column({ name: 'lease_token', type: 'uuid' })
  leaseToken: string;

  @Column({ name: 'request_hash', type: 'text' })
  requestHash: string;

  /** Redacted. */
  @Column({ type: 'jsonb' })
  request: object;

  @Column({ name: 'started_at', type: 'timestamptz' })
  startedAt: Date;

  @Column({ name: 'deadline_at', type: 'timestamptz' })
  deadlineAt: Date;

  /** Null: started, nothing heard yet. */
  @Column({ type: 'text', nullable: true })
  outcome: 'done' | 'refused' | 'unknown' | null;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** Redacted. */
  @Column({ type: 'jsonb', nullable: true })
  answer: object | null;

  @Column({ type: 'jsonb', nullable: true })
  result: CommitResult | null;

  @Column({ type: 'jsonb', nullable: true })
  error: StoredError | null;

  /** What a look or a person concluded about a call whose outcome is unknown: `found`, `absent`, `judged_published`, `judged_absent`. */
  @Column({ type: 'text', nullable: true })
  verdict: string | null;

  @Column({ name: 'verdict_at', type: 'timestamptz', nullable: true })
  verdictAt: Date | null;
}
