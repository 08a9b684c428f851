import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { ForbiddenError } from '../../common/errors/index.js';
import type { Asset } from './asset.js';
import { FileLink, type SignedFile } from './file-link.js';
import { tooLarge } from './media.errors.js';
import { MediaIntake } from './media.intake.js';
import { MediaQuota } from './media.quota.js';
import { MediaReader, type OpenMedium } from './media.reader.js';
import { StagingArea } from './storage/staging.area.js';
import { UploadIntake } from './upload.intake.js';

export interface Upload {
  readonly stream: Readable;
  /** As much as is known ahead of it; what cannot be taken is then refused before a byte is read. */
  readonly leastBytes?: number | undefined;
  readonly fileName?: string | undefined;
  /** A function is asked once the bytes are read: a client may send the text behind the file. Throwing refuses the upload. */
  readonly altText?: string | null | (() => Promise<string | null>) | undefined;
  /** Asked once the stream has ended: whether the parser in front has cut it off at its own limit. */
  readonly truncated?: (() => boolean) | undefined;
  /** Where the stream comes from, when it was fetched. */
  readonly sourceUrl?: string | undefined;
}

/** A complete file that waits to be taken. */
export interface WaitingFile {
  readonly path: string;
  /** The id that its asset gets. */
  readonly id: string;
  readonly fileName: string | undefined;
  readonly altText: string | null;
}

/** Files in, and out by link. */
@Injectable()
export class MediaService {
  constructor(
    private readonly config: AppConfig,
    private readonly staging: StagingArea,
    private readonly intake: UploadIntake,
    private readonly media: MediaIntake,
    private readonly quota: MediaQuota,
    private readonly reader: MediaReader,
    private readonly link: FileLink,
  ) {}

  /** Call it outside a unit of work: it opens its own once the bytes are in. What is refused leaves nothing behind. */
  async upload(workspaceId: string, upload: Upload): Promise<Asset> {
    // A client that is gone before the bytes are read is told by the intake.
    upload.stream.on('error', () => undefined);
    try {
      await this.assertRoom(workspaceId, upload.leastBytes ?? 1);
      return await this.staging.use((path) => this.takeIn(workspaceId, upload, path));
    } finally {
      upload.stream.destroy();
    }
  }

  /** The same for a file that is complete on this process's disk; it is gone afterwards, whatever happens. */
  async takeFile(workspaceId: string, file: WaitingFile): Promise<Asset> {
    const { path, fileName, altText, id } = file;
    try {
      const taken = await this.intake.measure(path);
      const origin = { id, fileName, altText: () => Promise.resolve(altText) };
      return await this.media.take(workspaceId, { ...taken, path }, origin);
    } finally {
      await rm(path, { force: true });
    }
  }

  /** Throws PayloadTooLargeError when so much is too much for one file or for the workspace. */
  async assertRoom(workspaceId: string, bytes: number): Promise<void> {
    if (bytes > this.config.media.maxBytes) throw tooLarge(this.config.media.maxBytes);
    await this.quota.assertRoom(workspaceId, bytes);
  }

  /** A link to the bytes that needs no API key and expires. */
  fileUrl(workspaceId: string, assetId: string, ttlMs?: number): string {
    return this.link.create({ workspaceId, assetId }, ttlMs);
  }

  /** The same for the small picture; null when there is none. */
  previewUrl(workspaceId: string, { id, previewSha256 }: Asset): string | null {
    return previewSha256 === null ? null : this.link.create({ workspaceId, assetId: id, variant: 'preview' });
  }

  /**
   * Opens what a signed link names, or the part of it that a Range header asks for.
   * Throws ForbiddenError when the link is changed or over.
   */
  async openSigned(signed: SignedFile, range?: string): Promise<OpenMedium> {
    const address = this.link.open(signed);
    if (address === null) {
      throw new ForbiddenError(
        'This link is over or was changed. Get a new one from GET /api/v1/media/{id}.',
        { code: 'link_invalid' },
      );
    }
    const { workspaceId, assetId, rendition } = address;
    if (rendition !== undefined) {
      return this.reader.openRendition({ workspaceId, assetId, sha256: rendition }, range);
    }
    if (signed.variant === 'preview') return this.reader.openPreview(workspaceId, assetId, range);
    return this.reader.open(workspaceId, assetId, range);
  }

  private async takeIn(workspaceId: string, upload: Upload, path: string): Promise<Asset> {
    const taken = await this.intake.take(upload.stream, path, upload.truncated ?? (() => false));
    const { altText, fileName, sourceUrl } = upload;
    return this.media.take(
      workspaceId,
      { ...taken, path },
      {
        fileName,
        altText: async () => (typeof altText === 'function' ? await altText() : altText) ?? null,
        ...(sourceUrl === undefined ? {} : { sourceUrl }),
      },
    );
  }
}
