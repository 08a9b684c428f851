import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { AssetsRepository } from './assets.repository.js';
import { BlobKeeper } from './blob.keeper.js';
import { MediaLibrary } from './media.library.js';
import { StagingArea } from './storage/staging.area.js';

export interface Collected {
  /** Files that no post has named for as long as the retention time. */
  readonly assets: number;
  /** Bytes that a killed process has left. */
  readonly blobs: number;
  /** What never came in whole. */
  readonly leftovers: number;
}

const batchSize = 100;
const leftoverAfterMs = 48 * 60 * 60 * 1000;

/** Deletes what nobody needs. Any number of processes may collect at once. */
@Injectable()
export class MediaCollector {
  private readonly logger = new Logger(MediaCollector.name);

  constructor(
    private readonly config: AppConfig,
    private readonly clock: Clock,
    private readonly unitOfWork: UnitOfWork,
    private readonly assets: AssetsRepository,
    private readonly library: MediaLibrary,
    private readonly keeper: BlobKeeper,
    private readonly staging: StagingArea,
  ) {}

  async collectOnce(): Promise<Collected> {
    const assets = await this.collectAssets();
    const blobs = await this.keeper.freeUnreferenced();
    const before = new Date(this.clock.now().getTime() - leftoverAfterMs);
    return { assets, blobs, leftovers: await this.staging.clear(before) };
  }

  private async collectAssets(): Promise<number> {
    const { retentionMs } = this.config.media;
    if (retentionMs === null) return 0;
    let collected = 0;
    for (;;) {
      const found = await this.assets.findUnused(retentionMs, batchSize);
      let deleted = 0;
      for (const { workspaceId, assetId } of found) {
        if (await this.deleteUnused(workspaceId, assetId)) deleted += 1;
      }
      collected += deleted;
      if (found.length < batchSize || deleted === 0) return collected;
    }
  }

  private async deleteUnused(workspaceId: string, assetId: string): Promise<boolean> {
    try {
      return await this.unitOfWork.run(workspaceId, () => this.library.deleteUnused(assetId));
    } catch (error) {
      this.logger.error({ msg: 'a file was not collected; the next sweep tries again', assetId, err: error });
      return false;
    }
  }
}
