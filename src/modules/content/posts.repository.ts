import { Injectable } from '@nestjs/common';
import { In, IsNull, type SelectQueryBuilder } from 'typeorm';
import { UnitOfWork } from '../../common/database/index.js';
import type { JsonObject } from '../../platforms/core/index.js';
import { PostTargetEntity } from './entities/post-target.entity.js';
import { PostEntity } from './entities/post.entity.js';
import type { PostFilter } from './post.input.js';
import type { Post, PostTarget } from './post.js';
import { defaultPolicy } from './post.policy.js';
import { statusOf } from './post.status.js';

/** A row without what the repository fills in by itself. */
export type PostRow = Omit<
  PostEntity,
  'workspaceId' | 'status' | 'canceledAt' | 'createdAt' | 'updatedAt' | 'deletedAt'
> & { readonly canceledAt: Date | 'now' | null };

export interface LoadedPost {
  readonly row: PostEntity;
  readonly targets: readonly PostTarget[];
}

export type PostLock = 'none' | 'share' | 'update';

const targetsAsJson = `(
  SELECT coalesce(jsonb_agg(jsonb_build_object('id', t.id, 'accountId', t.account_id, 'text', t.text, 'link', t.link,
           'media', t.media, 'thread', t.thread, 'settings', t.settings, 'policy', t.policy) ORDER BY t.position), '[]'::jsonb)
    FROM post_targets t WHERE t.workspace_id = post.workspace_id AND t.post_id = post.id)`;

const databaseNow = (): string => 'fanfare.now()';

@Injectable()
export class PostsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  /** Null when it does not exist, is another workspace's, or is deleted. */
  async find(postId: string, lock: PostLock = 'none'): Promise<LoadedPost | null> {
    if (lock === 'none') return this.snapshot(postId);
    const row = await this.findRow(postId, lock);
    if (row === null || row.deletedAt !== null) return null;
    return { row, targets: (await this.targetsOf([postId])).get(postId) ?? [] };
  }

  /** Post and targets in one statement: without a lock, two would see two revisions. */
  private async snapshot(postId: string): Promise<LoadedPost | null> {
    const { manager, workspaceId } = this.unitOfWork;
    const { raw, entities } = await manager
      .createQueryBuilder(PostEntity, 'post')
      .addSelect(targetsAsJson, 'targets')
      .where('post.workspaceId = :workspaceId AND post.id = :postId', { workspaceId, postId })
      .andWhere('post.deletedAt IS NULL')
      .getRawAndEntities<{ targets: PostTarget[] }>();
    const [row] = entities;
    const [first] = raw;
    return row === undefined || first === undefined ? null : { row, targets: first.targets };
  }

  /** Deleted ones too. */
  async findRow(postId: string, lock: PostLock = 'none'): Promise<PostEntity | null> {
    const { manager, workspaceId } = this.unitOfWork;
    return manager.findOne(PostEntity, {
      where: { workspaceId, id: postId },
      ...(lock === 'none'
        ? {}
        : { lock: { mode: lock === 'share' ? 'pessimistic_read' : 'pessimistic_write' } }),
    });
  }

  /** Newest first, one more than `limit` when there are more. */
  async list(filter: PostFilter, before: string | null, limit: number): Promise<LoadedPost[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const query = manager
      .createQueryBuilder(PostEntity, 'post')
      .where('post.workspaceId = :workspaceId', { workspaceId })
      .andWhere('post.deletedAt IS NULL')
      .orderBy('post.id', 'DESC')
      .limit(limit + 1);
    if (before !== null) query.andWhere('post.id < :before', { before });
    const rows = await narrow(query, filter).getMany();
    const targets = await this.targetsOf(rows.map((row) => row.id));
    return rows.map((row) => ({ row, targets: targets.get(row.id) ?? [] }));
  }

  async insert(row: PostRow, targets: readonly PostTarget[]): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.insert(PostEntity, { ...row, workspaceId, ...computed(row) });
    await this.insertTargets(row.id, targets);
  }

  /** Targets are replaced only when given. */
  async save(row: PostRow, targets: readonly PostTarget[] | null): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    const { id, ...changes } = row;
    await manager.update(
      PostEntity,
      { workspaceId, id },
      { ...changes, ...computed(row), updatedAt: databaseNow },
    );
    if (targets === null) return;
    await manager.delete(PostTargetEntity, { workspaceId, postId: id });
    await this.insertTargets(id, targets);
  }

  async markDeleted(postId: string): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.update(
      PostEntity,
      { workspaceId, id: postId, deletedAt: IsNull() },
      { deletedAt: databaseNow, updatedAt: databaseNow },
    );
  }

  private async insertTargets(postId: string, targets: readonly PostTarget[]): Promise<void> {
    if (targets.length === 0) return;
    const { manager, workspaceId } = this.unitOfWork;
    await manager.insert(
      PostTargetEntity,
      targets.map((target, position) => ({ ...target, workspaceId, postId, position })),
    );
  }

  private async targetsOf(postIds: readonly string[]): Promise<Map<string, PostTarget[]>> {
    const { manager, workspaceId } = this.unitOfWork;
    if (postIds.length === 0) return new Map();
    const rows = await manager.find(PostTargetEntity, {
      where: { workspaceId, postId: In([...postIds]) },
      order: { position: 'ASC' },
    });
    const grouped = new Map<string, PostTarget[]>(postIds.map((id) => [id, []]));
    for (const row of rows) grouped.get(row.postId)?.push(toTarget(row));
    return grouped;
  }
}

function narrow(
  query: SelectQueryBuilder<PostEntity>,
  { status, accountId, externalId, label }: PostFilter,
): SelectQueryBuilder<PostEntity> {
  if (status !== undefined) query.andWhere('post.status IN (:...statuses)', { statuses: [status].flat() });
  if (externalId !== undefined) query.andWhere('post.externalId = :externalId', { externalId });
  if (label !== undefined) query.andWhere('post.labels @> ARRAY[:label]::text[]', { label });
  if (accountId !== undefined) {
    query.andWhere(
      `EXISTS (SELECT 1 FROM post_targets target WHERE target.workspace_id = post.workspace_id
                  AND target.post_id = post.id AND target.account_id = :accountId)`,
      { accountId },
    );
  }
  return query;
}

function computed(row: PostRow) {
  const canceledAt = row.canceledAt === 'now' ? databaseNow : row.canceledAt;
  return { canceledAt, status: statusOf(row) };
}

function toTarget(row: PostTargetEntity): PostTarget {
  const { id, accountId, text, link, media, thread, policy } = row;
  return { id, accountId, text, link, media, thread, policy, settings: row.settings as JsonObject | null };
}

/** What a change starts from. */
export function rowOf(entity: PostEntity): PostRow {
  const {
    workspaceId: _workspace,
    status: _status,
    createdAt: _created,
    updatedAt: _updated,
    deletedAt: _deleted,
    ...row
  } = entity;
  return { ...row, policy: { ...defaultPolicy, ...row.policy } };
}

/** What other modules and the API see of a row. */
export function toPost({ row, targets }: LoadedPost): Post {
  const {
    workspaceId: _workspace,
    plansAfter: _floor,
    latestPlanRevision: _planRevision,
    deletedAt: _deleted,
    ...rest
  } = row;
  const policy = { ...defaultPolicy, ...row.policy };
  return { ...rest, policy, metadata: row.metadata as JsonObject, targets };
}
