import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Who changed what, and when. Only ever added. */
@Entity('audit_entries')
@Index('audit_entries_subject', ['workspaceId', 'subjectType', 'subjectId', 'occurredAt'])
export class AuditEntryEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'audit_entries_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'audit_entries_pkey' })
  id: string;

  /** The API key that asked for it; null: the engine itself. */
  @Column({ name: 'key_id', type: 'uuid', nullable: true })
  keyId: string | null;

  @Column({ type: 'text' })
  action: string;

  @Column({ name: 'subject_type', type: 'text' })
  subjectType: string;

  @Column({ name: 'subject_id', type: 'text' })
  subjectId: string;

  @Column({ type: 'jsonb' })
  details: object;

  @Column({ name: 'occurred_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  occurredAt: Date;
}
