import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { OccurrenceState } from '../occurrence.state.js';

/** One concrete date of a post. Its id is chosen by the post, so that making it twice makes it once. */
@Entity('occurrences')
@Check('occurrences_state', `state = ANY (ARRAY['planned'::text, 'handed_over'::text, 'canceled'::text])`)
@Check('occurrences_due_known', `(due_at IS NOT NULL) OR (state = 'canceled'::text)`)
@Index('occurrences_due', ['dueAt', 'id'], { where: `state = 'planned'::text` })
@Index('occurrences_post', ['workspaceId', 'postId'])
export class OccurrenceEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'occurrences_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'occurrences_pkey' })
  id: string;

  @Column({ name: 'post_id', type: 'uuid' })
  postId: string;

  @Column({ type: 'text' })
  state: OccurrenceState;

  /** Null only in the tombstone of an occurrence that was canceled before it was made. */
  @Column({ name: 'due_at', type: 'timestamptz', nullable: true })
  dueAt: Date | null;

  @Column({ name: 'handed_over_at', type: 'timestamptz', nullable: true })
  handedOverAt: Date | null;

  /** How often it got another date. */
  @Column({ name: 'handover_no', type: 'integer', default: 0 })
  handoverNo: number;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
