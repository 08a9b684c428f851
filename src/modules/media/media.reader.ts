import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import type { ByteRange, ByteSource } from '../../common/http/index.js';
import type { Asset, MediaDescription } from './asset.js';
import { AssetsRepository } from './assets.repository.js';
import { BlobsRepository } from './blobs.repository.js';
import { parseRange } from './byte-range.js';
import { RenditionsRepository } from './renditions/renditions.repository.js';
import { previewType } from './probe/probed.js';
import { MediaStorage } from './storage/media.storage.js';

export interface OpenMedium {
  readonly stream: Readable;
  readonly bytes: number;
  readonly mimeType: string;
  readonly fileName: string;
  /** The part that the stream gives; null when it is all, and when nothing is given because it lies behind the end. */
  readonly range: ByteRange | null;
  readonly satisfiable: boolean;
}

type Stored = Pick<Asset, 'sha256' | 'bytes' | 'mimeType' | 'fileName'>;

/** What Content and Publishing read of media. */
@Injectable()
export class MediaReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AssetsRepository,
    private readonly blobs: BlobsRepository,
    private readonly renditions: RenditionsRepository,
    private readonly storage: MediaStorage,
  ) {}

  /** Those that exist, in the order asked for, inside the caller's unit of work. */
  async describe(assetIds: readonly string[]): Promise<MediaDescription[]> {
    if (assetIds.length === 0) return [];
    const found = new Map((await this.repository.findMany(assetIds)).map((asset) => [asset.id, asset]));
    return assetIds.flatMap((id) => {
      const asset = found.get(id);
      if (asset === undefined) return [];
      return [describe(asset)];
    });
  }

  /**
   * The bytes of what a post was frozen with. Nothing is asked of the database, so that it may be read during a call to a
   * platform: a plan that has frozen a file keeps it from being deleted.
   */
  source({ sha256, bytes }: Pick<MediaDescription, 'sha256' | 'bytes'>): ByteSource {
    return { sha256, bytes, open: (range) => this.storage.open(sha256, range) };
  }

  /** All bytes at once, of small files. The transaction has ended before the storage is read, unless the caller holds one open. */
  async read(workspaceId: string, assetId: string): Promise<Buffer> {
    const asset = await this.require(workspaceId, assetId);
    return this.storage.read(asset.sha256);
  }

  /** As a stream; with a Range header, only the part that it asks for. */
  async open(workspaceId: string, assetId: string, rangeHeader?: string): Promise<OpenMedium> {
    const { sha256, bytes, mimeType, fileName } = await this.require(workspaceId, assetId);
    return this.openPart({ sha256, bytes, mimeType, fileName }, rangeHeader);
  }

  /** What was made of a file, by its hash. Throws NotFoundError where there is no such thing. */
  async openRendition(
    { workspaceId, assetId, sha256 }: { workspaceId: string; assetId: string; sha256: string },
    rangeHeader?: string,
  ): Promise<OpenMedium> {
    const { sha256: source, fileName } = await this.require(workspaceId, assetId);
    const made = await this.unitOfWork.run(workspaceId, () => this.renditions.ofSources([source]));
    const found = made.find((rendition) => rendition.sha256 === sha256);
    if (found === undefined || found.mimeType === null || found.bytes === null) {
      throw new NotFoundError('There is no such file.', { code: 'media_not_found' });
    }
    return this.openPart({ sha256, bytes: found.bytes, mimeType: found.mimeType, fileName }, rangeHeader);
  }

  /** The small picture of a file. Throws NotFoundError where there is none. */
  async openPreview(workspaceId: string, assetId: string, rangeHeader?: string): Promise<OpenMedium> {
    const { previewSha256: sha256 } = await this.require(workspaceId, assetId);
    if (sha256 === null)
      throw new NotFoundError('There is no preview of this file.', { code: 'media_not_found' });
    const bytes = await this.unitOfWork.run(workspaceId, () => this.blobs.sizeOf(sha256));
    return this.openPart({ sha256, bytes, mimeType: previewType, fileName: 'preview.webp' }, rangeHeader);
  }

  private async openPart({ sha256, ...about }: Stored, rangeHeader: string | undefined): Promise<OpenMedium> {
    const asked = parseRange(rangeHeader, about.bytes);
    if (asked === 'unsatisfiable') {
      return { ...about, stream: Readable.from([]), range: null, satisfiable: false };
    }
    const stream = await this.storage.open(sha256, asked ?? undefined);
    return { ...about, stream, range: asked, satisfiable: true };
  }

  private async require(workspaceId: string, assetId: string): Promise<Asset> {
    const asset = await this.unitOfWork.run(workspaceId, () => this.repository.find(assetId));
    if (asset === null) throw new NotFoundError('There is no such file.', { code: 'media_not_found' });
    return asset;
  }
}

/** What a post is frozen with, and what its files are planned by. */
function describe(asset: Asset): MediaDescription {
  const { id, state, kind, mimeType, bytes, sha256, width, height, durationMs, altText, fileName, details } =
    asset;
  return { id, state, kind, mimeType, bytes, sha256, width, height, durationMs, altText, fileName, details };
}
