import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { AssetsRepository } from './assets.repository.js';
import { overQuota } from './media.errors.js';
import { QuotasRepository } from './quotas.repository.js';

export interface MediaUsage {
  /** What uploaded and imported files take; the same bytes count once. */
  readonly bytes: number;
  readonly files: number;
  /** Null: no limit. */
  readonly quotaBytes: number | null;
  /** Whose quota that is: one of the workspace's own, or what the installation gives to all. */
  readonly quotaOf: 'workspace' | 'installation';
}

type Limit = Pick<MediaUsage, 'quotaBytes' | 'quotaOf'>;

/** How much a workspace may keep. The same bytes count once. */
@Injectable()
export class MediaQuota {
  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly assets: AssetsRepository,
    private readonly quotas: QuotasRepository,
  ) {}

  usage(workspaceId: string): Promise<MediaUsage> {
    return this.unitOfWork.run(workspaceId, async () => ({
      ...(await this.limit()),
      bytes: await this.assets.sumOfBytes(),
      files: await this.assets.count(),
    }));
  }

  /**
   * Gives the workspace a quota of its own: bytes, null for no limit, or `installation` for what holds for all. What is
   * there already stays, also where it is more.
   */
  set(workspaceId: string, quota: number | null | 'installation'): Promise<void> {
    return this.unitOfWork.run(workspaceId, () =>
      quota === 'installation' ? this.quotas.clear() : this.quotas.set(quota),
    );
  }

  /** Refuses before a byte is read where nothing fits any more. */
  async assertRoom(workspaceId: string, bytes: number): Promise<void> {
    await this.unitOfWork.run(workspaceId, async () => {
      const { quotaBytes } = await this.limit();
      if (quotaBytes === null) return;
      const used = await this.assets.sumOfBytes();
      if (used + bytes > quotaBytes) throw overQuota({ limit: quotaBytes, used, wanted: bytes });
    });
  }

  /** The same inside the unit of work that has made the row of the file: of two uploads at once the second is counted too. */
  async assertKept(bytes: number): Promise<void> {
    const { quotaBytes } = await this.limit();
    if (quotaBytes === null) return;
    await this.assets.lockSum();
    const total = await this.assets.sumOfBytes();
    if (total > quotaBytes) throw overQuota({ limit: quotaBytes, used: total - bytes, wanted: bytes });
  }

  private async limit(): Promise<Limit> {
    const own = await this.quotas.find();
    if (own !== null) return { quotaBytes: own.bytes, quotaOf: 'workspace' };
    return { quotaBytes: this.config.media.quotaBytes, quotaOf: 'installation' };
  }
}
