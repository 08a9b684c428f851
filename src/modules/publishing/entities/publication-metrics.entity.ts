import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { PostMetrics } from '../../../platforms/core/index.js';
import { PublicationEntity } from './publication.entity.js';

/** The figures of a post as the platform gave them last. */
@Entity('publication_metrics')
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'publication_metrics_publication',
  onDelete: 'CASCADE',
})
export class PublicationMetricsEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'publication_metrics_pkey' })
  workspaceId: string;

  @PrimaryColumn({
    name: 'publication_id',
    type: 'uuid',
    primaryKeyConstraintName: 'publication_metrics_pkey',
  })
  publicationId: string;

  @Column({ type: 'jsonb' })
  values: PostMetrics['values'];

  @Column({ name: 'read_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  readAt: Date;
}
