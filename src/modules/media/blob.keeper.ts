import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { BlobsRepository } from './blobs.repository.js';
import { MediaStorage } from './storage/media.storage.js';

/** A complete file of this process's disk. */
export interface FinishedFile {
  readonly path: string;
  readonly sha256: string;
  readonly bytes: number;
}

const batchSize = 100;

/** Brings bytes into the storage and out of it, so that the same bytes lie there once as long as anybody references them. */
@Injectable()
export class BlobKeeper {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly blobs: BlobsRepository,
    private readonly storage: MediaStorage,
  ) {}

  /**
   * Stores the files and then runs `record`, which writes the rows that reference them, in one unit of work. Call it outside
   * of one. When anything fails, the bytes are freed again unless others reference them.
   */
  async keep<T>(workspaceId: string, files: readonly FinishedFile[], record: () => Promise<T>): Promise<T> {
    const hashes = files.map((file) => file.sha256).toSorted();
    await this.unitOfWork.run(workspaceId, async () => {
      for (const { sha256, bytes } of inOrder(files)) await this.blobs.reserve(sha256, bytes);
    });
    try {
      for (const file of files) await this.storage.adopt(file.path, file.sha256);
      return await this.unitOfWork.run(workspaceId, async () => {
        for (const sha256 of hashes) await this.blobs.attach(sha256);
        return record();
      });
    } catch (error) {
      await this.unitOfWork.run(workspaceId, async () => {
        for (const sha256 of hashes) await this.blobs.abandon(sha256);
      });
      for (const sha256 of hashes) await this.free(sha256);
      throw error;
    }
  }

  /** Takes references away inside the caller's unit of work; what nobody references then is freed once it is committed. */
  async release(hashes: readonly string[]): Promise<void> {
    for (const sha256 of hashes.toSorted()) await this.blobs.release(sha256);
    this.unitOfWork.afterCommit(async () => {
      for (const sha256 of new Set(hashes)) await this.free(sha256);
    });
  }

  /** Frees whatever nobody references: what a killed process has left. Answers how many. */
  async freeUnreferenced(): Promise<number> {
    let freed = 0;
    for (;;) {
      const found = await this.blobs.findFree(batchSize);
      let now = 0;
      for (const sha256 of found) now += (await this.free(sha256)) ? 1 : 0;
      freed += now;
      if (found.length < batchSize || now === 0) return freed;
    }
  }

  private free(sha256: string): Promise<boolean> {
    return this.blobs.dropFree(sha256, () => this.storage.remove(sha256));
  }
}

/** Locks on rows are taken in one order everywhere. */
function inOrder(files: readonly FinishedFile[]): FinishedFile[] {
  return files.toSorted((a, b) => (a.sha256 < b.sha256 ? -1 : 1));
}
