import type { Readable } from 'node:stream';

/** Where the bytes of media lie, by their hash. Also the injection token. */
export abstract class MediaStorage {
  /**
   * Takes over a complete file of this process's disk and makes it readable under its SHA-256; bytes that are already there
   * are kept once. The file is gone afterwards.
   */
  abstract adopt(path: string, sha256: string): Promise<void>;
  /** A place on the same disk for a file that is still coming in. */
  abstract temporaryPath(): Promise<string>;
  /** Throws when there is nothing under this hash. */
  abstract read(sha256: string): Promise<Buffer>;
  abstract open(sha256: string): Promise<Readable>;
}
