import { Injectable, Logger } from '@nestjs/common';
import { BlobsRepository } from './blobs.repository.js';
import { MediaStorage } from './storage/media.storage.js';

export interface Moved {
  readonly archived: number;
  readonly restored: number;
}

const batchSize = 100;

/**
 * Brings bytes into the archive of the storage when every file that has them rests, and back when one is used again. They
 * can be read from either place, so that nobody waits for it. Any number of processes may move at once.
 */
@Injectable()
export class ArchiveMover {
  private readonly logger = new Logger(ArchiveMover.name);

  constructor(
    private readonly blobs: BlobsRepository,
    private readonly storage: MediaStorage,
  ) {}

  async moveOnce(): Promise<Moved> {
    if (!this.storage.archives) return { archived: 0, restored: 0 };
    return { restored: await this.moveAll(false), archived: await this.moveAll(true) };
  }

  private async moveAll(archived: boolean): Promise<number> {
    let moved = 0;
    for (;;) {
      const found = await this.blobs.findToMove(archived, batchSize);
      let now = 0;
      for (const sha256 of found) now += (await this.move(sha256, archived)) ? 1 : 0;
      moved += now;
      if (found.length < batchSize || now === 0) return moved;
    }
  }

  private async move(sha256: string, archived: boolean): Promise<boolean> {
    try {
      return await this.blobs.move(sha256, archived, () => this.storage.move(sha256, archived));
    } catch (error) {
      this.logger.error({ msg: 'bytes were not moved; the next sweep tries again', sha256, err: error });
      return false;
    }
  }
}
