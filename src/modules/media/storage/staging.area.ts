import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../common/config/index.js';

/** Files of this process that are still coming in or being made, on the disk that local storage lies on. */
@Injectable()
export class StagingArea {
  private readonly folder: string;
  /** Of uploads that come in several requests. All processes that take them must see the same disk. */
  readonly uploads: string;

  constructor(config: AppConfig) {
    this.folder = path.resolve(config.dataDir, 'media', 'incoming');
    this.uploads = path.resolve(config.dataDir, 'media', 'uploads');
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
    let removed = 0;
    for (const file of [...(await filesOf(this.folder)), ...(await filesOf(this.uploads))]) {
      const found = await stat(file).catch(() => null);
      if (found === null || !found.isFile() || found.mtime >= changedBefore) continue;
      await rm(file, { force: true });
      removed += 1;
    }
    return removed;
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names.map((name) => path.join(folder, name));
}
