import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../common/config/index.js';

/** Files of this process that are still coming in or being made, on the disk that local storage lies on. */
@Injectable()
export class StagingArea {
  private readonly folder: string;

  constructor(config: AppConfig) {
    this.folder = path.resolve(config.dataDir, 'media', 'incoming');
  }

  async newPath(): Promise<string> {
    await mkdir(this.folder, { recursive: true });
    return path.join(this.folder, randomUUID());
  }

  /** Hands out a path, and sees to it that nothing is left there. */
  async use<T>(work: (file: string) => Promise<T>): Promise<T> {
    const file = await this.newPath();
    try {
      return await work(file);
    } finally {
      await rm(file, { force: true });
    }
  }

  /** Removes what killed processes have left; answers how many files that were. */
  async clear(changedBefore: Date): Promise<number> {
    const names = await readdir(this.folder).catch(() => []);
    let removed = 0;
    for (const name of names) {
      const file = path.join(this.folder, name);
      const found = await stat(file).catch(() => null);
      if (found === null || !found.isFile() || found.mtime >= changedBefore) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }
}
