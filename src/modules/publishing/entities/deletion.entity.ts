import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { AnswerEvidence, RequestEvidence } from '../../../common/http/index.js';
import type { StoredError } from '../stored-error.js';
import { PublicationEntity } from './publication.entity.js';

/** One call that takes back one thing of a publication. Written before it is sent; its end is added once. */
@Entity('deletions')
@Check('deletions_outcome', `outcome = ANY (ARRAY['done'::text, 'refused'::text, 'unknown'::text])`)
@Index('deletions_of_publication', ['workspaceId', 'publicationId'])
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'deletions_publication',
  onDelete: 'CASCADE',
})
export class DeletionEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'deletions_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'deletions_pkey' })
  id: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId: string;

  /** The commit whose post it takes back. */
  @Column({ name: 'commit_key', type: 'text' })
  commitKey: string;

  @Column({ name: 'platform_post_id', type: 'text' })
  platformPostId: string;

  @Column({ type: 'jsonb' })
  request: RequestEvidence;

  /** Null while it is under way, or when nobody has heard of its end. */
  @Column({ type: 'text', nullable: true })
  outcome: 'done' | 'refused' | 'unknown' | null;

  @Column({ type: 'jsonb', nullable: true })
  answer: AnswerEvidence | null;

  @Column({ type: 'jsonb', nullable: true })
  error: StoredError | null;

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  startedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
