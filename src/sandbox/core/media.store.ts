import { createHash } from 'node:crypto';

export interface StoredMedia {
  readonly sha256: string;
  readonly mimeType: string;
  readonly bytes: Buffer;
}

/** Content of everything that was uploaded, by hash; the inbox page shows it from here. */
export class MediaStore {
  private readonly items = new Map<string, StoredMedia>();

  put(bytes: Buffer, mimeType: string): StoredMedia {
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const stored = this.items.get(sha256) ?? { sha256, mimeType, bytes };
    this.items.set(sha256, stored);
    return stored;
  }

  get(sha256: string): StoredMedia | undefined {
    return this.items.get(sha256);
  }

  reset(): void {
    this.items.clear();
  }
}
