import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { PublicationEntity } from './publication.entity.js';

/** One change of a publication's state, for the timeline. */
@Entity('transitions')
@Index('transitions_publication', ['workspaceId', 'publicationId', 'id'])
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'transitions_of_publication',
})
export class TransitionEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'transitions_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'transitions_pkey' })
  id: string;

  @Column({ name: 'publication_id', type: 'uuid' })
  publicationId: string;

  @Column({ name: 'from_state', type: 'text', nullable: true })
  fromState: string | null;

  @Column({ name: 'to_state', type: 'text' })
  toState: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  @Column({ type: 'jsonb', nullable: true })
  details: object | null;

  @Column({ type: 'timestamptz', default: () => 'fanfare.now()' })
  at: Date;
}
