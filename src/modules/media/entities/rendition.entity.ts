import type { MediaDetails, Recipe } from '../../../platforms/core/index.js';
import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

export const renditionStates = ['waiting', 'running', 'ready', 'failed'] as const;
export type RenditionState = (typeof renditionStates)[number];

/** What was made of some bytes by a recipe, once per workspace. */
@Entity('renditions')
@Check(
  'renditions_state',
  `state = ANY (ARRAY['waiting'::text, 'running'::text, 'ready'::text, 'failed'::text])`,
)
@Index('renditions_open', ['updatedAt'], {
  where: "state = ANY (ARRAY['waiting'::text, 'running'::text])",
})
@Index('renditions_recipe', ['workspaceId', 'sourceSha256', 'recipeHash'], { unique: true })
export class RenditionEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'renditions_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'renditions_pkey' })
  id: string;

  @Column({ name: 'source_sha256', type: 'text' })
  sourceSha256: string;

  @Column({ name: 'source_mime_type', type: 'text' })
  sourceMimeType: string;

  @Column({ name: 'source_bytes', type: 'bigint' })
  sourceBytes: string;

  @Column({ name: 'source_duration_ms', type: 'integer', nullable: true })
  sourceDurationMs: number | null;

  @Column({ name: 'recipe_hash', type: 'text' })
  recipeHash: string;

  @Column({ type: 'jsonb' })
  recipe: Recipe;

  /** Why it is made, for a person. */
  @Column({ type: 'jsonb' })
  because: string[];

  @Column({ type: 'text' })
  state: RenditionState;

  /** Per cent. */
  @Column({ type: 'integer', default: 0 })
  progress: number;

  @Column({ type: 'text', nullable: true })
  sha256: string | null;

  @Column({ name: 'mime_type', type: 'text', nullable: true })
  mimeType: string | null;

  @Column({ type: 'bigint', nullable: true })
  bytes: string | null;

  @Column({ type: 'integer', nullable: true })
  width: number | null;

  @Column({ type: 'integer', nullable: true })
  height: number | null;

  @Column({ name: 'duration_ms', type: 'integer', nullable: true })
  durationMs: number | null;

  @Column({ type: 'jsonb', default: {} })
  details: MediaDetails;

  /** Why it could not be made. */
  @Column({ type: 'text', nullable: true })
  error: string | null;

  /** Whoever is making it is believed until then. */
  @Column({ name: 'lease_until', type: 'timestamptz', nullable: true })
  leaseUntil: Date | null;

  /** Whoever is making it knows it by this. */
  @Column({ name: 'lease_token', type: 'uuid', nullable: true })
  leaseToken: string | null;

  /** How often it was begun. */
  @Column({ type: 'integer', default: 0 })
  claims: number;

  /** Grows whenever a job is added for it. */
  @Column({ name: 'wake_no', type: 'integer', default: 0 })
  wakeNo: number;

  @Column({ name: 'swept_at', type: 'timestamptz', nullable: true })
  sweptAt: Date | null;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;

  @Column({ name: 'updated_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  updatedAt: Date;
}
