import { Injectable } from '@nestjs/common';
import { ConflictError } from '../../common/errors/index.js';
import { AssetsRepository } from './assets.repository.js';
import { UsesRepository } from './uses.repository.js';

/**
 * Who needs which file. Content and Publishing tell it in the unit of work of their own change, so that there is no moment
 * in which a file that is named could be deleted. Every method runs inside the caller's unit of work.
 */
@Injectable()
export class MediaUses {
  constructor(
    private readonly uses: UsesRepository,
    private readonly assets: AssetsRepository,
  ) {}

  /** From now on the post names these files and no others. Throws ConflictError when one was deleted meanwhile. */
  async replace(postId: string, assetIds: readonly string[]): Promise<void> {
    await this.uses.endOthers(postId, postId, assetIds);
    await this.begin(postId, postId, assetIds);
  }

  /** A plan of the post has frozen these files: it sends them, whatever becomes of the post. */
  async hold(postId: string, planId: string, assetIds: readonly string[]): Promise<void> {
    await this.begin(postId, planId, assetIds);
  }

  /** The post was deleted. */
  async endOf(postId: string): Promise<void> {
    await this.uses.endOfPost(postId);
  }

  private async begin(postId: string, holderId: string, assetIds: readonly string[]): Promise<void> {
    const ids = [...new Set(assetIds)];
    if (ids.length === 0) return;
    const found = await this.uses.begin(postId, holderId, ids);
    if (holderId === postId && found.length < ids.length) {
      throw new ConflictError('A file of the post was deleted at this moment.', { code: 'media_deleted' });
    }
    await this.assets.restore(found);
  }
}
