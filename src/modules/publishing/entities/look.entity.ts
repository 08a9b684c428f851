import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PublicationEntity } from './publication.entity.js';

/** One look on the platform for the outcome of an open commit. */
@Entity('looks')
@Index('looks_publication', ['workspaceId', 'publicationId', 'id'])
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'looks_of_publication',
})
export class LookEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'looks_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'looks_pkey' })
  id: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId: string;

  @Column({ name: 'content_revision', type: 'integer' })
  contentRevision: number;

  @Column({ name: 'commit_key', type: 'text' })
  commitKey: string;

  /** `found`, `absent`, `absent_too_early`, `cannot_tell`, `failed`. */
  @Column({ type: 'text' })
  verdict: string;

  @Column({ type: 'jsonb' })
  evidence: object;

  @Column({ type: 'timestamptz', default: () => 'fanfare.now()' })
  at: Date;
}
