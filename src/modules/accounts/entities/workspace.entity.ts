import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The tenant. It has no `workspace_id`: it is one. */
@Entity('workspaces')
export class WorkspaceEntity {
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'workspaces_pkey' })
  id: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
