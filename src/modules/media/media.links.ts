import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import type { MediaItem } from '../../platforms/core/index.js';
import { FileLink } from './file-link.js';
import { MediaStorage } from './storage/media.storage.js';

export type LinkedFile = Pick<MediaItem, 'id' | 'sha256' | 'mimeType' | 'fileName' | 'rendition'>;

/** Links for platforms that fetch files themselves. They need no key and expire. */
@Injectable()
export class MediaLinks {
  constructor(
    private readonly config: AppConfig,
    private readonly storage: MediaStorage,
    private readonly link: FileLink,
  ) {}

  /** Whether there is an address at all at which somebody outside could ask for a file. */
  get areAvailable(): boolean {
    return this.config.publicUrl !== null || this.storage.presigns;
  }

  /**
   * The storage's own link where it has one, else one on PUBLIC_URL; null where neither exists. A storage that is reached
   * without https is mostly one of the house, so that PUBLIC_URL comes first there.
   */
  async publicUrl(workspaceId: string, file: LinkedFile, validForMs: number): Promise<string | null> {
    const { mimeType, fileName } = file;
    const presigned = await this.storage.presign(file.sha256, { mimeType, fileName, ttlMs: validForMs });
    if (presigned?.startsWith('https:') === true) return presigned;
    const made = file.rendition === undefined ? {} : { rendition: file.sha256 };
    return this.link.createPublic({ workspaceId, assetId: file.id, ...made }, validForMs) ?? presigned;
  }
}
