import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const holdScopes = ['post', 'account', 'brand', 'workspace'] as const;
export type HoldScope = (typeof holdScopes)[number];

/** A person's word that nothing more may go out, until it is taken back. */
@Entity('holds')
@Check('holds_scope', `scope = ANY (ARRAY['post'::text, 'account'::text, 'brand'::text, 'workspace'::text])`)
@Index('holds_subject', ['workspaceId', 'scope', 'subjectId'], { unique: true })
export class HoldEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'holds_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'holds_pkey' })
  id: string;

  @Column({ type: 'text' })
  scope: HoldScope;

  /** Id of the post, account or brand; the workspace's own for a workspace. */
  @Column({ name: 'subject_id', type: 'uuid' })
  subjectId: string;

  @Column({ type: 'text', nullable: true })
  reason: string | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
