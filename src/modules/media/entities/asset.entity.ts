import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { MediaKind } from '../../../platforms/core/index.js';
import type { AssetState, MediaDetails } from '../asset.js';

/** An uploaded file as one workspace knows it. The bytes lie in the storage under their hash. */
@Entity('assets')
@Check(
  'assets_kind',
  `kind = ANY (ARRAY['image'::text, 'gif'::text, 'video'::text, 'audio'::text, 'document'::text])`,
)
@Check('assets_state', `state = ANY (ARRAY['processing'::text, 'ready'::text, 'rejected'::text])`)
@Index('assets_sha256', ['workspaceId', 'sha256'])
@Index('assets_created', ['createdAt'])
@Index('assets_archived', ['sha256'], { where: 'archived_at IS NOT NULL' })
export class AssetEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'assets_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'assets_pkey' })
  id: string;

  @Column({ type: 'text' })
  state: AssetState;

  @Column({ type: 'text' })
  kind: MediaKind;

  @Column({ name: 'mime_type', type: 'text' })
  mimeType: string;

  /** The driver gives bigint as text. */
  @Column({ type: 'bigint' })
  bytes: string;

  /** Lower-case hex. */
  @Column({ type: 'text' })
  sha256: string;

  /** Pixels after orientation. */
  @Column({ type: 'integer', nullable: true })
  width: number | null;

  @Column({ type: 'integer', nullable: true })
  height: number | null;

  @Column({ name: 'duration_ms', type: 'integer', nullable: true })
  durationMs: number | null;

  @Column({ name: 'alt_text', type: 'text', nullable: true })
  altText: string | null;

  @Column({ name: 'file_name', type: 'text' })
  fileName: string;

  /** Codecs, frame rate and the like; what holds for the kind. */
  @Column({ type: 'jsonb', default: {} })
  details: MediaDetails;

  @Column({ name: 'blur_hash', type: 'text', nullable: true })
  blurHash: string | null;

  /** A small picture of it. */
  @Column({ name: 'preview_sha256', type: 'text', nullable: true })
  previewSha256: string | null;

  /** Where it was imported from. */
  @Column({ name: 'source_url', type: 'text', nullable: true })
  sourceUrl: string | null;

  @Column({ name: 'archived_at', type: 'timestamptz', nullable: true })
  archivedAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
