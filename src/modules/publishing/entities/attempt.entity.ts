import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { StoredError } from '../stored-error.js';
import { PublicationEntity } from './publication.entity.js';

/** One claimed run that reached `publish`. */
@Entity('attempts')
@Index('attempts_publication', ['workspaceId', 'publicationId', 'no'], { unique: true })
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'attempts_of_publication',
})
export class AttemptEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'attempts_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'attempts_pkey' })
  id: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId: string;

  @Column({ type: 'integer' })
  no: number;

  @Column({ name: 'lease_token', type: 'uuid' })
  leaseToken: string;

  @Column({ name: 'wake_reason', type: 'text' })
  wakeReason: string;

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  startedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;

  /** State that it left the publication in; null when the process died. */
  @Column({ type: 'text', nullable: true })
  outcome: string | null;

  @Column({ type: 'jsonb', nullable: true })
  error: StoredError | null;
}
