import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Bytes in the storage and how often they are referenced, over all workspaces. */
@Entity('blobs')
@Check('blobs_reference_count', 'reference_count >= 0')
@Check('blobs_pending', 'pending >= 0')
@Index('blobs_archived', ['sha256'], { where: 'archived' })
@Index('blobs_unreferenced', ['keepUntil'], { where: 'reference_count = 0' })
export class BlobEntity {
  /** Lower-case hex. */
  @PrimaryColumn({ type: 'text', primaryKeyConstraintName: 'blobs_pkey' })
  sha256: string;

  /** The driver gives bigint as text. */
  @Column({ type: 'bigint' })
  bytes: string;

  /** Assets, previews and renditions. */
  @Column({ name: 'reference_count', type: 'integer', default: 0 })
  referenceCount: number;

  /** Processes that are writing these bytes and will reference them. */
  @Column({ type: 'integer', default: 0 })
  pending: number;

  /** They lie in the archive of the storage. */
  @Column({ type: 'boolean', default: false })
  archived: boolean;

  /** Those that are pending are believed until then. */
  @Column({ name: 'keep_until', type: 'timestamptz' })
  keepUntil: Date;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
