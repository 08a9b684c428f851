import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import { RenditionFailed, type RenditionFailedData } from '../media/events/index.js';
import type { PostWarning } from './post.js';
import { PostsRepository, rowOf } from './posts.repository.js';

const code = 'media_cannot_be_made';

/** Tells the owner of a post, before it is due, that one of its files cannot be made to fit. */
@Injectable()
export class RenditionListener {
  constructor(private readonly repository: PostsRepository) {}

  @OnDomainEvent(RenditionFailed, 'content.warn-of-failed-rendition')
  async warn({ data }: DeliveredEvent<RenditionFailedData>): Promise<void> {
    const message = `A file of it cannot be made to fit one of its platforms: ${data.reason} Give that target another file.`;
    for (const postId of [...new Set(data.uses.map((use) => use.postId))].toSorted()) {
      await this.add(postId, { code, message, pointer: '/media' });
    }
  }

  private async add(postId: string, warning: PostWarning): Promise<void> {
    const row = await this.repository.findRow(postId, 'update');
    if (row === null || row.deletedAt !== null) return;
    if (row.warnings.some((known) => known.code === warning.code && known.message === warning.message))
      return;
    await this.repository.save({ ...rowOf(row), warnings: [...row.warnings, warning] }, null);
  }
}
