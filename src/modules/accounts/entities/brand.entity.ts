import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { WorkspaceEntity } from './workspace.entity.js';

/** A group of accounts and posts inside a workspace. */
@Entity('brands')
@Index('brands_name', ['workspaceId', 'name'], { unique: true })
@ForeignKey(() => WorkspaceEntity, ['workspaceId'], ['id'], { name: 'brands_workspace' })
export class BrandEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'brands_pkey' })
  workspaceId: string;

  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'brands_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
