import { Injectable } from '@nestjs/common';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { checkAltText } from './alt-text.js';
import type { Asset } from './asset.js';
import { type AssetFilter, AssetsRepository } from './assets.repository.js';
import { BlobKeeper } from './blob.keeper.js';
import { RenditionsRepository } from './renditions/renditions.repository.js';
import { type MediaUse, UsesRepository } from './uses.repository.js';

export interface AssetPage {
  readonly items: readonly Asset[];
  /** Null on the last page; an asset's id. */
  readonly nextCursor: string | null;
}

const defaultLimit = 50;
const maxLimit = 100;
const mostUses = 200;

/** The files of a workspace. Every method runs inside the caller's unit of work. */
@Injectable()
export class MediaLibrary {
  constructor(
    private readonly repository: AssetsRepository,
    private readonly uses: UsesRepository,
    private readonly keeper: BlobKeeper,
    private readonly renditions: RenditionsRepository,
  ) {}

  /** Throws NotFoundError. */
  async get(assetId: string): Promise<Asset> {
    const asset = await this.repository.find(assetId);
    if (asset === null) throw notFound();
    return asset;
  }

  /** Those that exist. */
  find(assetIds: readonly string[]): Promise<Asset[]> {
    return this.repository.findMany(assetIds);
  }

  /** Newest first. */
  async list(filter: AssetFilter & { readonly limit?: number | undefined }): Promise<AssetPage> {
    const limit = Math.min(maxLimit, Math.max(1, filter.limit ?? defaultLimit));
    const found = await this.repository.list(filter, limit + 1);
    const items = found.slice(0, limit);
    return { items, nextCursor: found.length > limit ? (items.at(-1)?.id ?? null) : null };
  }

  async setAltText(assetId: string, altText: string | null): Promise<Asset> {
    await this.repository.setAltText(assetId, checkAltText(altText));
    return this.get(assetId);
  }

  /** Where a file is and was used, newest first. */
  async usage(assetId: string): Promise<MediaUse[]> {
    await this.get(assetId);
    return this.uses.list(assetId, mostUses);
  }

  /** Throws ConflictError while a post names it or a plan is to send it. Its bytes are freed with the commit. */
  async delete(assetId: string): Promise<void> {
    const asset = await this.repository.lock(assetId);
    if (asset === null) throw notFound();
    if (await this.uses.isUsed(assetId)) {
      throw new ConflictError(
        'The file is in use. Take it out of the posts that GET /api/v1/media/{id}/usage lists, or delete them.',
        { code: 'media_in_use' },
      );
    }
    await this.uses.forget(assetId);
    await this.repository.delete(assetId);
    const { sha256, previewSha256 } = asset;
    const made = await this.renditions.dropOrphans(sha256);
    await this.keeper.release([sha256, ...(previewSha256 === null ? [] : [previewSha256]), ...made]);
  }

  /** The same for a sweep, which only wants what is still unused; false when it is used again or gone. */
  async deleteUnused(assetId: string): Promise<boolean> {
    const asset = await this.repository.lock(assetId);
    if (asset === null || (await this.uses.isUsed(assetId))) return false;
    await this.delete(assetId);
    return true;
  }
}

function notFound(): NotFoundError {
  return new NotFoundError('There is no such file.', { code: 'media_not_found' });
}
