import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ForbiddenError, NotFoundError, ValidationFailedError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { newId } from '../../common/ids/index.js';
import type { Asset } from './asset.js';
import { AssetsRepository } from './assets.repository.js';
import { MediaReady } from './events/index.js';
import { FileLink, type SignedFile } from './file-link.js';
import { cleanFileName } from './file-name.js';
import { MediaProbe } from './media.probe.js';
import { MediaReader, type OpenMedium } from './media.reader.js';
import { MediaStorage } from './storage/media.storage.js';
import { StagingArea } from './storage/staging.area.js';
import { UploadIntake } from './upload.intake.js';

export interface Upload {
  readonly stream: Readable;
  readonly fileName?: string | undefined;
  /** A function is asked once the bytes are read: a client may send the text behind the file. Throwing refuses the upload. */
  readonly altText?: string | null | (() => Promise<string | null>) | undefined;
  /** Asked once the stream has ended: whether the parser in front has cut it off at its own limit. */
  readonly truncated?: (() => boolean) | undefined;
}

/** UTF-16 units; more than any platform takes. */
export const maxAltText = 5000;

@Injectable()
export class MediaService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: AssetsRepository,
    private readonly storage: MediaStorage,
    private readonly staging: StagingArea,
    private readonly intake: UploadIntake,
    private readonly prober: MediaProbe,
    private readonly reader: MediaReader,
    private readonly link: FileLink,
    private readonly events: EventRecorder,
  ) {}

  /** Call it outside a unit of work: it opens its own once the bytes are in. What is refused leaves nothing behind. */
  async upload(workspaceId: string, upload: Upload): Promise<Asset> {
    // A client that is gone before the bytes are read is told by the intake.
    upload.stream.on('error', () => undefined);
    try {
      return await this.staging.use((file) => this.takeIn(workspaceId, upload, file));
    } finally {
      upload.stream.destroy();
    }
  }

  /** Inside the caller's unit of work. Throws NotFoundError. */
  async get(assetId: string): Promise<Asset> {
    const asset = await this.repository.find(assetId);
    if (asset === null) throw notFound();
    return asset;
  }

  /** Inside the caller's unit of work. */
  async setAltText(assetId: string, altText: string | null): Promise<Asset> {
    await this.repository.setAltText(assetId, checkAltText(altText));
    return this.get(assetId);
  }

  /** A link to the bytes that needs no API key and expires. */
  fileUrl(workspaceId: string, assetId: string, ttlMs?: number): string {
    return this.link.create({ workspaceId, assetId }, ttlMs);
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
        {
          code: 'link_invalid',
        },
      );
    }
    return this.reader.open(address.workspaceId, address.assetId, range);
  }

  private async takeIn(workspaceId: string, upload: Upload, file: string): Promise<Asset> {
    const taken = await this.intake.take(upload.stream, file, upload.truncated ?? (() => false));
    const probed = await this.prober.probe(file);
    const altText = checkAltText(await given(upload.altText));
    await this.storage.adopt(file, taken.sha256);
    const asset = { ...taken, ...probed, altText, fileName: cleanFileName(upload.fileName) };
    return this.unitOfWork.run(workspaceId, () => this.record(asset));
  }

  private async record(described: Omit<Asset, 'id' | 'state' | 'durationMs' | 'createdAt'>): Promise<Asset> {
    const id = newId();
    await this.repository.insert({ ...described, id, state: 'ready', durationMs: null });
    this.events.record(new MediaReady(this.unitOfWork.workspaceId, { assetId: id, kind: described.kind }));
    return this.get(id);
  }
}

async function given(altText: Upload['altText']): Promise<string | null> {
  return (typeof altText === 'function' ? await altText() : altText) ?? null;
}

function notFound(): NotFoundError {
  return new NotFoundError('There is no such file.', { code: 'media_not_found' });
}

function checkAltText(altText: string | null): string | null {
  if (altText === null) return null;
  const storable = !altText.includes('\u0000') && !/\p{Surrogate}/u.test(altText);
  if (storable && altText.length <= maxAltText) return altText;
  throw new ValidationFailedError([
    {
      pointer: '/altText',
      rule: storable ? 'alt_text_too_long' : 'text_invalid',
      message: storable
        ? `The alternative text may have at most ${maxAltText} characters.`
        : 'The alternative text holds characters that are no text.',
      ...(storable ? { limit: maxAltText, actual: altText.length } : {}),
      remedy: storable ? 'Shorten it.' : 'Remove U+0000 and halves of surrogate pairs.',
    },
  ]);
}
