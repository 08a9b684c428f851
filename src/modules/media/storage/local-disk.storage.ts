import { constants, existsSync } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../../common/config/index.js';
import type { ByteRange } from '../../../common/http/index.js';
import { assertSha256, MediaStorage } from './media.storage.js';

/** `<data dir>/media/ab/cd/<sha256>`; what rests, in the same way in a folder of its own. */
@Injectable()
export class LocalDiskStorage extends MediaStorage {
  override readonly presigns = false;
  override readonly archives: boolean;
  private readonly root: string;
  private readonly archive: string;

  constructor(config: AppConfig) {
    super();
    const { archivePrefix } = config.media;
    this.root = path.resolve(config.dataDir, 'media');
    this.archive = path.resolve(this.root, archivePrefix);
    this.archives = archivePrefix !== '';
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
    return this.find(sha256, (file) => readFile(file));
  }

  override async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const file = await this.find(sha256, (found) => open(found));
    return file.createReadStream(range === undefined ? {} : { start: range.first, end: range.last });
  }

  override localPath(sha256: string): string {
    const [shelf, ...others] = this.placesOf(sha256);
    return [shelf, ...others].find((place) => existsSync(place)) ?? shelf;
  }

  /** The folder may be a disk of its own, to which nothing can be renamed. */
  override async move(sha256: string, intoArchive: boolean): Promise<void> {
    const [shelf, archive] = [this.pathOf(sha256), this.pathOf(sha256, this.archive)];
    const [from, to] = intoArchive ? [shelf, archive] : [archive, shelf];
    const coming = `${to}.coming`;
    await mkdir(path.dirname(to), { recursive: true });
    await copyFile(from, coming, constants.COPYFILE_FICLONE);
    await syncToDisk(coming);
    await rename(coming, to);
    await rm(from);
  }

  override async remove(sha256: string): Promise<void> {
    for (const place of this.placesOf(sha256)) await rm(place, { force: true });
  }

  override presign(): Promise<null> {
    return Promise.resolve(null);
  }

  /** What is being moved may be gone from the shelf, not yet be in the archive, and be back on the shelf by then. */
  private async find<T>(sha256: string, take: (file: string) => Promise<T>): Promise<T> {
    const [shelf, ...others] = this.placesOf(sha256);
    for (const place of others.length === 0 ? [] : [shelf, ...others]) {
      try {
        return await take(place);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return take(shelf);
  }

  private placesOf(sha256: string): [shelf: string, ...archive: string[]] {
    return [this.pathOf(sha256), ...(this.archives ? [this.pathOf(sha256, this.archive)] : [])];
  }

  private pathOf(sha256: string, root = this.root): string {
    assertSha256(sha256);
    return path.join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  }
}

function isMissing(error: unknown): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';
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
