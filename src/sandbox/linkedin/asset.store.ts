import { randomBytes } from 'node:crypto';
import type { InboxMedia } from '../core/inbox.js';
import { Processing } from '../core/processing.js';
import type { SandboxClock } from '../core/sandbox.clock.js';

export type AssetKind = 'image' | 'video' | 'document';
export type AssetStatus = 'WAITING_UPLOAD' | 'PROCESSING' | 'AVAILABLE' | 'PROCESSING_FAILED';

/** One address that takes bytes: a whole file, or one part of a video. */
export interface UploadSlot {
  readonly token: string;
  readonly role: 'content' | 'captions' | 'thumbnail';
  readonly firstByte: number;
  /** Null: as many as come. */
  readonly lastByte: number | null;
  readonly expiresAt: number;
  bytes: Buffer | null;
  etag: string | null;
}

export interface Asset {
  readonly urn: string;
  readonly kind: AssetKind;
  /** URN of the person or organization. */
  readonly owner: string;
  readonly slots: readonly UploadSlot[];
  /** What people see, once all bytes are there and can be read. */
  shown: InboxMedia | null;
  failure: string | null;
}

export type NewSlot = Pick<UploadSlot, 'role' | 'firstByte' | 'lastByte' | 'expiresAt'>;

/** Pictures, videos and documents between their registration and a post. */
export class AssetStore {
  private assets = new Map<string, Asset>();
  private readonly processing: Processing;
  private made = 0;

  constructor(clock: SandboxClock) {
    this.processing = new Processing(clock);
  }

  register(kind: AssetKind, owner: string, slots: readonly NewSlot[]): Asset {
    this.made += 1;
    const mark = `C4E${randomBytes(8).toString('base64url')}_${String(this.made)}`;
    const asset: Asset = {
      urn: `urn:li:${kind}:${mark}`,
      kind,
      owner,
      slots: slots.map((slot) => ({
        ...slot,
        token: randomBytes(12).toString('base64url'),
        bytes: null,
        etag: null,
      })),
      shown: null,
      failure: null,
    };
    this.assets.set(asset.urn, asset);
    return asset;
  }

  find(urn: string): Asset | undefined {
    return this.assets.get(urn);
  }

  slot(token: string): { readonly asset: Asset; readonly slot: UploadSlot } | null {
    for (const asset of this.assets.values()) {
      const slot = asset.slots.find((candidate) => candidate.token === token);
      if (slot !== undefined) return { asset, slot };
    }
    return null;
  }

  process({ urn, failure }: Asset, ms: number): void {
    this.processing.start(urn, ms, failure !== null);
  }

  status({ urn }: Asset): AssetStatus {
    switch (this.processing.state(urn)) {
      case null:
        return 'WAITING_UPLOAD';
      case 'processing':
        return 'PROCESSING';
      case 'done':
        return 'AVAILABLE';
      case 'failed':
        return 'PROCESSING_FAILED';
    }
  }

  reset(): void {
    this.assets = new Map();
    this.processing.reset();
  }
}
