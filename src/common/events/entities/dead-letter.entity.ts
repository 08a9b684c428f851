import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A delivery that was given up and waits for an operator. */
@Entity('dead_letters')
@Check('dead_letters_kind', `kind = 'delivery'::text`)
@Index('dead_letters_subject', ['workspaceId', 'kind', 'subjectId'], { unique: true })
export class DeadLetterEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'dead_letters_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'dead_letters_pkey' })
  id: string;

  @Column({ type: 'text' })
  kind: 'delivery';

  /** `<event id>/<listener>`. */
  @Column({ name: 'subject_id', type: 'text' })
  subjectId: string;

  @Column({ type: 'text' })
  reason: string;

  @Column({ type: 'jsonb' })
  details: object;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
