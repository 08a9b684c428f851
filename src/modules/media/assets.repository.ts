import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { UnitOfWork } from '../../common/database/index.js';
import type { Asset } from './asset.js';
import { AssetEntity } from './entities/asset.entity.js';

@Injectable()
export class AssetsRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async find(assetId: string): Promise<Asset | null> {
    const [asset] = await this.findMany([assetId]);
    return asset ?? null;
  }

  async findMany(assetIds: readonly string[]): Promise<Asset[]> {
    const { manager, workspaceId } = this.unitOfWork;
    const rows = await manager.find(AssetEntity, { where: { workspaceId, id: In([...assetIds]) } });
    return rows.map(toAsset);
  }

  async insert(asset: Omit<Asset, 'createdAt'>): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.insert(AssetEntity, { ...asset, bytes: String(asset.bytes), workspaceId });
  }

  async setAltText(assetId: string, altText: string | null): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.update(AssetEntity, { workspaceId, id: assetId }, { altText });
  }
}

function toAsset({ workspaceId: _workspace, bytes, ...row }: AssetEntity): Asset {
  return { ...row, bytes: Number(bytes) };
}
