import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { newId } from '../../common/ids/index.js';
import { checkAltText } from './alt-text.js';
import type { Asset } from './asset.js';
import { AssetsRepository } from './assets.repository.js';
import { BlobKeeper, type FinishedFile } from './blob.keeper.js';
import { MediaReady } from './events/index.js';
import { cleanFileName } from './file-name.js';
import { MediaProbe } from './media.probe.js';
import { MediaQuota } from './media.quota.js';

export interface Origin {
  readonly fileName: string | undefined;
  /** Asked once the file is read. Throwing refuses it. */
  readonly altText: () => Promise<string | null>;
  readonly sourceUrl?: string;
}

/** The way of every file that has come in whole, however it came: read, kept, made known. */
@Injectable()
export class MediaIntake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly prober: MediaProbe,
    private readonly quota: MediaQuota,
    private readonly keeper: BlobKeeper,
    private readonly repository: AssetsRepository,
    private readonly events: EventRecorder,
  ) {}

  /** Call it outside a unit of work. Throws what is wrong with the file; then nothing was kept. The file itself may be gone. */
  async take(workspaceId: string, file: FinishedFile, origin: Origin): Promise<Asset> {
    const probed = await this.prober.probe(file.path);
    const altText = checkAltText(await origin.altText());
    const id = newId();
    const asset: Omit<Asset, 'createdAt' | 'archivedAt'> = {
      ...probed,
      id,
      state: 'ready',
      sha256: file.sha256,
      bytes: file.bytes,
      altText,
      fileName: cleanFileName(origin.fileName),
      sourceUrl: origin.sourceUrl ?? null,
      blurHash: null,
      previewSha256: null,
    };
    return this.keeper.keep(workspaceId, [file], () => this.record(asset));
  }

  private async record(asset: Omit<Asset, 'createdAt' | 'archivedAt'>): Promise<Asset> {
    await this.repository.insert(asset);
    await this.quota.assertKept();
    this.events.record(new MediaReady(this.unitOfWork.workspaceId, { assetId: asset.id, kind: asset.kind }));
    const made = await this.repository.find(asset.id);
    if (made === null) throw new Error('INSERT INTO assets made no row.');
    return made;
  }
}
