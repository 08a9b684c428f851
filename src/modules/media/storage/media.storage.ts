import type { Readable } from 'node:stream';
import type { ByteRange } from '../../../common/http/index.js';

/** How a file that the storage itself hands out is to look. */
export interface Presentation {
  readonly mimeType: string;
  readonly fileName: string;
  readonly ttlMs: number;
}

/** Where the bytes of media lie, by their hash. Also the injection token. */
export abstract class MediaStorage {
  /**
   * Takes over a complete file of this process's disk and makes it readable under its SHA-256; bytes that are already there
   * are kept once. The file is gone afterwards.
   */
  abstract adopt(path: string, sha256: string): Promise<void>;
  /** Throws when there is nothing under this hash. */
  abstract read(sha256: string): Promise<Buffer>;
  abstract open(sha256: string, range?: ByteRange): Promise<Readable>;
  /** Where the file lies on this machine, for programs that read files; null when it has to be fetched. It is not to be changed. */
  abstract localPath(sha256: string): string | null;
  /** Whether there is an archive: another place or another price for what rests. */
  abstract readonly archives: boolean;
  /** Brings the bytes into the archive or back. They can be read all the while, and `remove` finds them in both places. */
  abstract move(sha256: string, intoArchive: boolean): Promise<void>;
  /** Frees the bytes. What is not there is no failure. */
  abstract remove(sha256: string): Promise<void>;
  /** Whether it can hand out links of its own. */
  abstract readonly presigns: boolean;
  /** A link that the storage itself serves until it expires; null where it cannot. */
  abstract presign(sha256: string, presentation: Presentation): Promise<string | null>;
}

/** What stands in for a path or an object's key: nothing but a hash gets into one. */
export function assertSha256(sha256: string): string {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new RangeError(`"${sha256}" is no SHA-256`);
  return sha256;
}
