import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { AssetEntity } from './asset.entity.js';

const primaryKeyConstraintName = 'media_uses_pkey';

/** A post that names a file, or a plan that has frozen it. A live use (no end) keeps the file from being deleted. */
@Entity('media_uses')
@ForeignKey(() => AssetEntity, ['workspaceId', 'assetId'], ['workspaceId', 'id'], {
  name: 'media_uses_asset',
})
@Index('media_uses_post', ['workspaceId', 'postId'])
@Index('media_uses_holder', ['workspaceId', 'holderId'])
export class MediaUseEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName })
  workspaceId: string;

  @PrimaryColumn({ name: 'asset_id', type: 'uuid', primaryKeyConstraintName })
  assetId: string;

  @PrimaryColumn({ name: 'post_id', type: 'uuid', primaryKeyConstraintName })
  postId: string;

  /** The post itself, or a plan of it. */
  @PrimaryColumn({ name: 'holder_id', type: 'uuid', primaryKeyConstraintName })
  holderId: string;

  /** The post is out: its file may rest in the archive. */
  @Column({ type: 'boolean', default: false })
  done: boolean;

  @Column({ name: 'started_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  startedAt: Date;

  @Column({ name: 'ended_at', type: 'timestamptz', nullable: true })
  endedAt: Date | null;
}
