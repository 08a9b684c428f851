import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { AssetsRepository } from './assets.repository.js';
import { overQuota } from './media.errors.js';

export interface MediaUsage {
  readonly bytes: number;
  /** Null: no limit. */
  readonly quotaBytes: number | null;
}

/** How much a workspace may keep. The same bytes count once. */
@Injectable()
export class MediaQuota {
  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly assets: AssetsRepository,
  ) {}

  usage(workspaceId: string): Promise<MediaUsage> {
    const { quotaBytes } = this.config.media;
    return this.unitOfWork.run(workspaceId, async () => ({
      bytes: await this.assets.sumOfBytes(),
      quotaBytes,
    }));
  }

  /** Refuses before a byte is read where nothing fits any more. */
  async assertRoom(workspaceId: string, bytes: number): Promise<void> {
    const { quotaBytes } = this.config.media;
    if (quotaBytes === null) return;
    const { bytes: used } = await this.usage(workspaceId);
    if (used + bytes > quotaBytes) throw overQuota(quotaBytes, used);
  }

  /** The same inside the unit of work that has made the rows: of two uploads at once the second is counted too. */
  async assertKept(): Promise<void> {
    const { quotaBytes } = this.config.media;
    if (quotaBytes === null) return;
    await this.assets.lockSum();
    const used = await this.assets.sumOfBytes();
    if (used > quotaBytes) throw overQuota(quotaBytes, used);
  }
}
