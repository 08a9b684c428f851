import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { MediaRef, WrittenPart } from '../post.js';
import type { TargetPolicy } from '../post.policy.js';
import { PostEntity } from './post.entity.js';

/** A post's form for one account. What is null inherits from the post. */
@Entity('post_targets')
@Index('post_targets_post_account', ['workspaceId', 'postId', 'accountId'], { unique: true })
@Index('post_targets_account', ['workspaceId', 'accountId', 'postId'])
@ForeignKey(() => PostEntity, ['workspaceId', 'postId'], ['workspaceId', 'id'], {
  name: 'post_targets_post',
  onDelete: 'CASCADE',
})
export class PostTargetEntity {
  @PrimaryColumn({ name: 'workspace_id', type: 'uuid', primaryKeyConstraintName: 'post_targets_pkey' })
  workspaceId: string;

  /** Publication ids are derived from it: it stays while the post keeps the account. */
  @PrimaryColumn({ type: 'uuid', primaryKeyConstraintName: 'post_targets_pkey' })
  id: string;

  @Column({ name: 'post_id', type: 'uuid' })
  postId: string;

  @Column({ name: 'account_id', type: 'uuid' })
  accountId: string;

  @Column({ type: 'integer' })
  position: number;

  @Column({ type: 'text', nullable: true })
  text: string | null;

  @Column({ type: 'text', nullable: true })
  link: string | null;

  @Column({ type: 'jsonb', nullable: true })
  media: readonly MediaRef[] | null;

  @Column({ type: 'jsonb', nullable: true })
  thread: readonly WrittenPart[] | null;

  /** A JsonObject; TypeORM's types cannot follow its recursion. */
  @Column({ type: 'jsonb', nullable: true })
  settings: object | null;

  /** Null: the post's. */
  @Column({ type: 'jsonb', nullable: true })
  policy: Partial<TargetPolicy> | null;
}
