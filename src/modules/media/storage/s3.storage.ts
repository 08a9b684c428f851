import { createReadStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { S3Config, S3StorageClass } from '../../../common/config/index.js';
import { inlineDisposition } from '../content-disposition.js';
import type { ByteRange } from '../../../common/http/index.js';
import { assertSha256, MediaStorage, type Presentation } from './media.storage.js';

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

/** Two of these are in memory while a file goes up; 10,000 of them are more than the largest file. */
const partSize = 8 * 1024 * 1024;

/** `<prefix>ab/cd/<sha256>` in one bucket of S3 or of what speaks its protocol. */
@Injectable()
export class S3Storage extends MediaStorage implements OnModuleDestroy {
  override readonly presigns = true;
  private readonly client: S3Client;

  override readonly archives: boolean;

  constructor(
    private readonly config: S3Config,
    private readonly archive: { readonly prefix: string; readonly storageClass: S3StorageClass | null },
  ) {
    super();
    this.archives = archive.prefix !== '' || archive.storageClass !== null;
    const { endpoint, region, accessKeyId, secretAccessKey } = config;
    this.client = new S3Client({
      region,
      credentials: { accessKeyId, secretAccessKey },
      // Other makers than AWS mostly have one host name for all buckets.
      ...(endpoint === null ? {} : { endpoint, forcePathStyle: true }),
      // Checksums in trailers are news to many servers; the content's own hash is the object's name.
      requestChecksumCalculation: 'WHEN_REQUIRED',
      responseChecksumValidation: 'WHEN_REQUIRED',
    });
  }

  onModuleDestroy(): void {
    this.client.destroy();
  }

  override async adopt(from: string, sha256: string): Promise<void> {
    const { size } = await stat(from);
    if ((await this.sizeOf(sha256)) !== size) {
      const upload = new Upload({
        client: this.client,
        params: { ...this.objectOf(sha256), Body: createReadStream(from) },
        partSize,
        queueSize: 2,
      });
      await upload.done();
    }
    await rm(from);
  }

  override async read(sha256: string): Promise<Buffer> {
    return buffer(await this.open(sha256));
  }

  /** What is being moved may be gone from the shelf, not yet be in the archive, and be back on the shelf by then. */
  override async open(sha256: string, range?: ByteRange): Promise<Readable> {
    const [shelf, ...others] = this.placesOf(sha256);
    for (const place of others.length === 0 ? [] : [shelf, ...others]) {
      try {
        return await this.openAt(place, range);
      } catch (error) {
        if (!isMissing(error)) throw error;
      }
    }
    return this.openAt(shelf, range);
  }

  /** Within the storage, where nothing comes through this process. */
  override async move(sha256: string, intoArchive: boolean): Promise<void> {
    const [shelf, archive] = [this.objectOf(sha256), this.objectOf(sha256, this.archive.prefix)];
    const [from, to] = intoArchive ? [shelf, archive] : [archive, shelf];
    const { storageClass } = this.archive;
    await this.client.send(
      new CopyObjectCommand({
        ...to,
        CopySource: `${from.Bucket}/${encodeURI(from.Key)}`,
        MetadataDirective: 'COPY',
        ...(storageClass === null ? {} : { StorageClass: intoArchive ? storageClass : 'STANDARD' }),
      }),
    );
    if (from.Key !== to.Key) await this.client.send(new DeleteObjectCommand(from));
  }

  private async openAt(place: Place, range: ByteRange | undefined): Promise<Readable> {
    const { Body } = await this.client.send(
      new GetObjectCommand({
        ...place,
        ...(range === undefined ? {} : { Range: `bytes=${range.first}-${range.last}` }),
      }),
    );
    if (!(Body instanceof Readable)) throw new Error(`S3 gave no stream for ${place.Key}.`);
    return Body;
  }

  override localPath(): null {
    return null;
  }

  override async remove(sha256: string): Promise<void> {
    for (const place of this.placesOf(sha256)) await this.client.send(new DeleteObjectCommand(place));
  }

  override async presign(sha256: string, { mimeType, fileName, ttlMs }: Presentation): Promise<string> {
    const [shelf, archive] = this.placesOf(sha256);
    const place = archive !== undefined && (await this.sizeOf(sha256)) === null ? archive : shelf;
    const command = new GetObjectCommand({
      ...place,
      ResponseContentType: mimeType,
      ResponseContentDisposition: inlineDisposition(fileName),
    });
    return getSignedUrl(this.client, command, { expiresIn: Math.ceil(ttlMs / 1000) });
  }

  private async sizeOf(sha256: string): Promise<number | null> {
    try {
      const { ContentLength } = await this.client.send(new HeadObjectCommand(this.objectOf(sha256)));
      return ContentLength ?? null;
    } catch (error) {
      if (isMissing(error)) return null;
      throw error;
    }
  }

  private placesOf(sha256: string): [shelf: Place, ...archive: Place[]] {
    const { prefix } = this.archive;
    return [this.objectOf(sha256), ...(prefix === '' ? [] : [this.objectOf(sha256, prefix)])];
  }

  private objectOf(sha256: string, within = ''): Place {
    assertSha256(sha256);
    const { bucket, prefix } = this.config;
    return { Bucket: bucket, Key: `${prefix}${within}${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}` };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404;
}
