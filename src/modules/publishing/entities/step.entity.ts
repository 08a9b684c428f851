import { Check, Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import type { JsonValue } from '../../../platforms/core/index.js';
import { PublicationEntity } from './publication.entity.js';

/** The remembered result of a `step` or `waitFor`. A secret result is kept sealed. */
@Entity('steps')
@Check('steps_kind', `kind = ANY (ARRAY['step'::text, 'wait'::text])`)
@ForeignKey(() => PublicationEntity, ['workspaceId', 'publicationId'], ['workspaceId', 'id'], {
  name: 'steps_of_publication',
})
export class StepEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'steps_pkey' })
  workspaceId: string;

  @PrimaryColumn({ name: 'publication_id', type: 'uuid', primaryKeyConstraintName: 'steps_pkey' })
  publicationId: string;

  @PrimaryColumn({ name: 'content_revision', type: 'integer', primaryKeyConstraintName: 'steps_pkey' })
  contentRevision: number;

  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'steps_pkey' })
  key: string;

  @Column({ type: 'text' })
  kind: 'step' | 'wait';

  /** False while a wait is not ready. */
  @Column({ type: 'boolean' })
  ended: boolean;

  @Column({ type: 'jsonb', nullable: true })
  value: { result: JsonValue } | null;

  @Column({ type: 'jsonb', nullable: true })
  sealed: object | null;

  @Column({ name: 'valid_until', type: 'timestamptz', nullable: true })
  validUntil: Date | null;

  @Column({ type: 'integer', default: 0 })
  looks: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
