import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { MemoryLocker, Server, type Upload } from '@tus/server';
import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { toProblem, type ProblemRequest } from '../../common/http/index.js';
import { newId, parsePublicId, toPublicId } from '../../common/ids/index.js';
import { checkAltText, MediaLibrary, MediaService, StagingArea } from '../../modules/media/index.js';

export const uploadsPath = '/api/v1/media/uploads';

interface Current {
  readonly workspaceId: string;
  readonly request: ProblemRequest;
}

/**
 * Uploads that go on where they stopped, by the tus protocol. The id of an upload is that of the file that it becomes, so that
 * a client whose last answer was lost knows where to look. What is not complete lies on this process's disk.
 */
@Injectable()
export class ResumableUploads {
  /** Files that are being taken in this process: a client may ask again meanwhile. */
  private readonly taking = new Map<string, Promise<void>>();
  private readonly current = new AsyncLocalStorage<Current>();
  private readonly store: FileStore;
  private readonly server: Server;

  constructor(
    private readonly staging: StagingArea,
    private readonly media: MediaService,
    private readonly library: MediaLibrary,
    private readonly unitOfWork: UnitOfWork,
    config: AppConfig,
  ) {
    this.store = new FileStore({ directory: staging.uploads });
    this.server = new Server({
      path: uploadsPath,
      datastore: this.store,
      locker: new MemoryLocker(),
      relativeLocation: true,
      maxSize: config.media.maxBytes,
      namingFunction: () => toPublicId('med', newId()),
      onUploadCreate: async (_request, upload) => ({ metadata: await this.accept(upload) }),
      onUploadFinish: async (_request, upload) => {
        await this.finish(upload);
        return {};
      },
      onResponseError: (_request, error) => this.answerTo(error),
    });
  }

  /** Answers the request by itself. */
  async handle(caller: Current, request: IncomingMessage, response: ServerResponse): Promise<void> {
    await mkdir(this.staging.uploads, { recursive: true });
    await this.current.run(caller, () => this.server.handle(request, response));
  }

  /**
   * Null when it is over, and whatever it became is a file. One that is complete but was not taken, because the process died,
   * is taken now. Throws NotFoundError when there is none in this workspace.
   */
  async find(workspaceId: string, publicId: string): Promise<Upload | null> {
    if (parsePublicId('med', publicId) === null) throw noUpload();
    const upload = await this.store.getUpload(publicId).catch(() => null);
    if (upload === null) return null;
    if (upload.metadata?.['workspaceId'] !== workspaceId) throw noUpload();
    if (upload.offset !== upload.size) return upload;
    await this.take(workspaceId, upload);
    return null;
  }

  private async accept(upload: Upload): Promise<Record<string, string | null>> {
    const { workspaceId } = this.caller();
    checkAltText(upload.metadata?.['altText'] ?? null);
    await this.media.assertRoom(workspaceId, upload.size ?? 1);
    return { ...upload.metadata, workspaceId };
  }

  private async finish(upload: Upload): Promise<void> {
    await this.take(this.caller().workspaceId, upload);
  }

  /** The size of the file that an upload has become. Throws NotFoundError. */
  async sizeOf(workspaceId: string, publicId: string): Promise<number> {
    const id = parsePublicId('med', publicId);
    const items = id === null ? [] : await this.unitOfWork.run(workspaceId, () => this.library.find([id]));
    const [asset] = items;
    if (asset === undefined) throw noUpload();
    return asset.bytes;
  }

  private async take(workspaceId: string, upload: Upload): Promise<void> {
    const id = parsePublicId('med', upload.id);
    if (id === null) throw noUpload();
    const running = this.taking.get(id) ?? this.takeOnce(workspaceId, upload, id);
    this.taking.set(id, running);
    try {
      await running;
    } finally {
      this.taking.delete(id);
    }
  }

  private async takeOnce(workspaceId: string, upload: Upload, id: string): Promise<void> {
    const taken = await this.unitOfWork.run(workspaceId, () => this.library.find([id]));
    if (taken.length > 0) return;
    const file = path.join(this.staging.uploads, upload.id);
    const fileName = upload.metadata?.['filename'] ?? undefined;
    const altText = upload.metadata?.['altText'] ?? null;
    try {
      await this.media.takeFile(workspaceId, { path: file, id, fileName, altText });
    } finally {
      await rm(`${file}.json`, { force: true });
    }
  }

  private caller(): Current {
    const current = this.current.getStore();
    if (current === undefined) throw new Error('An upload was handled outside a request.');
    return current;
  }

  /** Our own refusals as problem documents; the protocol's stay as its library words them. */
  private answerTo(error: Error | { status_code: number; body: string }) {
    if (!(error instanceof Error)) return undefined;
    const { document } = toProblem(error, this.caller().request);
    return { status_code: document.status, body: JSON.stringify(document) };
  }
}

export function noUpload(): NotFoundError {
  return new NotFoundError('There is no such upload.', { code: 'upload_not_found' });
}
