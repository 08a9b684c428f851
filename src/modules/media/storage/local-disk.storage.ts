import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../common/config/index.js';
import type { ByteRange } from '../../../common/http/index.js';
import { assertSha256, MediaStorage } from './media.storage.js';

/** `<data dir>/media/ab/cd/<sha256>`. */
@Injectable()
export class LocalDiskStorage extends MediaStorage {
  override readonly presigns = false;
  private readonly root: string;

  constructor(config: AppConfig) {
    super();
    this.root = path.resolve(config.dataDir, 'media');
  }

  override async adopt(from: string, sha256: string): Promise<void> {
    const to = this.pathOf(sha256);
    if (await sameSize(from, to)) {
      await rm(from);
      return;
    }
    await mkdir(path.dirname(to), { recursive: true });
    await syncToDisk(from);
    await rename(from, to);
  }

  override read(sha256: string): Promise<Buffer> {
    return readFile(this.pathOf(sha256));
  }

  override async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const file = await open(this.pathOf(sha256));
    return file.createReadStream(range === undefined ? {} : { start: range.first, end: range.last });
  }

  override localPath(sha256: string): string {
    return this.pathOf(sha256);
  }

  override async remove(sha256: string): Promise<void> {
    await rm(this.pathOf(sha256), { force: true });
  }

  override presign(): Promise<null> {
    return Promise.resolve(null);
  }

  private pathOf(sha256: string): string {
    assertSha256(sha256);
    return path.join(this.root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

/** A file of another size under the right name is a leftover of a disk that was full: it is replaced. */
async function sameSize(from: string, to: string): Promise<boolean> {
  const [given, kept] = await Promise.all([stat(from), stat(to).catch(() => null)]);
  return kept !== null && kept.size === given.size;
}

async function syncToDisk(file: string): Promise<void> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(file, 'r');
    await handle.sync();
  } finally {
    await handle?.close();
  }
}
