import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import { Signer } from '../../common/crypto/index.js';
import { toPublicId } from '../../common/ids/index.js';

const purpose = 'media.file';
const defaultTtlMs = 60 * 60 * 1000;

/** The file itself, or the small picture of it. */
export type FileVariant = 'file' | 'preview';

export interface FileAddress {
  readonly workspaceId: string;
  readonly assetId: string;
  /** `file` unless told. */
  readonly variant?: FileVariant;
  /** SHA-256 of what was made of the file, in its place. */
  readonly rendition?: string;
}

export interface SignedFile {
  readonly assetId: string;
  readonly variant?: FileVariant;
  /** Seconds since 1970. */
  readonly expires: string;
  readonly signature: string;
  /** Empty or absent: the file itself. */
  readonly rendition?: string;
}

/** Links to files that work without an API key, until they expire. The signature carries the workspace. */
@Injectable()
export class FileLink {
  constructor(
    private readonly signer: Signer,
    private readonly clock: Clock,
    private readonly config: AppConfig,
  ) {}

  /** Absolute when PUBLIC_URL is configured, else a path of this server. */
  create({ workspaceId, assetId, variant = 'file', rendition }: FileAddress, ttlMs = defaultTtlMs): string {
    const expires = String(Math.floor((this.clock.now().getTime() + ttlMs) / 1000));
    const which = rendition === undefined ? [] : [rendition];
    const signed = [workspaceId, assetId, expires, variant, ...which].join(' ');
    const signature = this.signer.toToken(purpose, signed);
    const base = (this.config.publicUrl ?? '').replace(/\/+$/, '');
    const query = new URLSearchParams({
      expires,
      signature,
      ...(rendition === undefined ? {} : { rendition }),
    });
    return `${base}/api/v1/media/${toPublicId('med', assetId)}/${variant}?${query.toString()}`;
  }

  /** Null without PUBLIC_URL. */
  createPublic(address: FileAddress, ttlMs: number): string | null {
    return this.config.publicUrl === null ? null : this.create(address, ttlMs);
  }

  /** Null when the link was changed, is another file's, or is over. */
  open({ assetId, expires, signature, variant = 'file', rendition = '' }: SignedFile): FileAddress | null {
    const payload = this.signer.fromToken(purpose, signature);
    const [workspaceId, ...signed] = payload?.split(' ') ?? [];
    const which = rendition === '' ? [] : [rendition];
    const asked = [assetId, expires, variant, ...which].join(' ');
    if (workspaceId === undefined || signed.join(' ') !== asked) return null;
    if (Number(expires) * 1000 <= this.clock.now().getTime()) return null;
    return { workspaceId, assetId, ...(rendition === '' ? {} : { rendition }) };
  }
}
