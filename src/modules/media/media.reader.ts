import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import type { Asset, MediaDescription } from './asset.js';
import { AssetsRepository } from './assets.repository.js';
import { MediaStorage } from './media.storage.js';

export interface OpenMedium {
  readonly stream: Readable;
  readonly bytes: number;
  readonly mimeType: string;
  readonly fileName: string;
}

/** What Content and Publishing read of media. */
@Injectable()
export class MediaReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AssetsRepository,
    private readonly storage: MediaStorage,
  ) {}

  /** Those that exist, in the order asked for, inside the caller's unit of work. */
  async describe(assetIds: readonly string[]): Promise<MediaDescription[]> {
    if (assetIds.length === 0) return [];
    const found = new Map((await this.repository.findMany(assetIds)).map((asset) => [asset.id, asset]));
    return assetIds.flatMap((id) => {
      const asset = found.get(id);
      if (asset === undefined) return [];
      const { createdAt: _created, ...description } = asset;
      return [description];
    });
  }

  /** All bytes at once. The transaction has ended before the storage is read, unless the caller holds one open. */
  async read(workspaceId: string, assetId: string): Promise<Buffer> {
    const asset = await this.require(workspaceId, assetId);
    return this.storage.read(asset.sha256);
  }

  async open(workspaceId: string, assetId: string): Promise<OpenMedium> {
    const { sha256, bytes, mimeType, fileName } = await this.require(workspaceId, assetId);
    return { stream: await this.storage.open(sha256), bytes, mimeType, fileName };
  }

  private async require(workspaceId: string, assetId: string): Promise<Asset> {
    const asset = await this.unitOfWork.run(workspaceId, () => this.repository.find(assetId));
    if (asset === null) throw new NotFoundError('There is no such file.', { code: 'media_not_found' });
    return asset;
  }
}
