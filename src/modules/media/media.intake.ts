import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
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
import { MediaProbe } from './probe/media.probe.js';
import type { Preview } from './probe/probed.js';
import { StagingArea } from './storage/staging.area.js';
import { MediaQuota } from './media.quota.js';

export interface Origin {
  readonly fileName: string | undefined;
  /** Asked once the file is read. Throwing refuses it. */
  readonly altText: () => Promise<string | null>;
  readonly sourceUrl?: string;
  /** The id that the asset is to have; a new one unless told. */
  readonly id?: string;
}

/** The way of every file that has come in whole, however it came: read, kept, made known. */
@Injectable()
export class MediaIntake {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly prober: MediaProbe,
    private readonly staging: StagingArea,
    private readonly quota: MediaQuota,
    private readonly keeper: BlobKeeper,
    private readonly repository: AssetsRepository,
    private readonly events: EventRecorder,
  ) {}

  /** Call it outside a unit of work. Throws what is wrong with the file; then nothing was kept. The file itself may be gone. */
  async take(workspaceId: string, file: FinishedFile, origin: Origin): Promise<Asset> {
    const { preview, ...probed } = await this.prober.probe(file.path);
    const altText = checkAltText(await origin.altText());
    const id = origin.id ?? newId();
    const asset: Omit<Asset, 'createdAt' | 'archivedAt'> = {
      ...probed,
      id,
      state: 'ready',
      sha256: file.sha256,
      bytes: file.bytes,
      altText,
      fileName: cleanFileName(origin.fileName),
      sourceUrl: origin.sourceUrl ?? null,
      blurHash: preview?.blurHash ?? null,
      previewSha256: preview === null ? null : sha256Hex(preview.bytes),
    };
    if (preview === null) return this.keeper.keep(workspaceId, [file], () => this.record(asset));
    return this.staging.use(async (path) => {
      const small = await written(path, preview);
      return this.keeper.keep(workspaceId, [file, small], () => this.record(asset));
    });
  }

  private async record(asset: Omit<Asset, 'createdAt' | 'archivedAt'>): Promise<Asset> {
    await this.repository.insert(asset);
    await this.quota.assertKept(asset.bytes);
    this.events.record(new MediaReady(this.unitOfWork.workspaceId, { assetId: asset.id, kind: asset.kind }));
    const made = await this.repository.find(asset.id);
    if (made === null) throw new Error('INSERT INTO assets made no row.');
    return made;
  }
}

function sha256Hex(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function written(path: string, { bytes }: Preview): Promise<FinishedFile> {
  await writeFile(path, bytes, { flag: 'wx', mode: 0o600 });
  return { path, bytes: bytes.length, sha256: sha256Hex(bytes) };
}
