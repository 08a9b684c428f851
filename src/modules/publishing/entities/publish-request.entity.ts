import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { PlanEntity } from './plan.entity.js';

/** A wish to publish, remembered by its id: the same wish never makes a second plan. */
@Entity('publish_requests')
@ForeignKey(() => PlanEntity, ['workspaceId', 'planId'], ['workspaceId', 'id'], {
  name: 'publish_requests_plan',
})
export class PublishRequestEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'publish_requests_pkey' })
  workspaceId: string;

  @PrimaryColumn({ name: 'request_id', type: 'text', primaryKeyConstraintName: 'publish_requests_pkey' })
  requestId: string;

  @Column({ name: 'plan_id', type: 'uuid' })
  planId: string;

  @Column({ name: 'created_at', type: 'timestamptz', default: () => 'fanfare.now()' })
  createdAt: Date;
}
