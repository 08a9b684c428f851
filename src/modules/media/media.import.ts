import { Injectable } from '@nestjs/common';
import { AppConfig } from '../../common/config/index.js';
import { DomainError, ValidationFailedError } from '../../common/errors/index.js';
import {
  type Download,
  FileDownloader,
  HttpTransportError,
  type TransportReason,
} from '../../common/http/index.js';
import type { Asset } from './asset.js';
import { MediaService } from './media.service.js';
import { tooLarge } from './media.errors.js';

export interface ImportRequest {
  readonly url: string;
  readonly fileName?: string | undefined;
  readonly altText?: string | null | undefined;
}

const forbidden: readonly TransportReason[] = ['address_refused', 'host_refused', 'request_refused'];
const maxRedirects = 5;
const timeoutMs = 15 * 60 * 1000;
const silenceMs = 30 * 1000;

/** Files from addresses. They are copied once: the address may die, what was imported goes out. */
@Injectable()
export class MediaImport {
  constructor(
    private readonly config: AppConfig,
    private readonly downloader: FileDownloader,
    private readonly media: MediaService,
  ) {}

  /** Call it outside a unit of work. Throws ValidationFailedError at `/url`, or what is wrong with the file. */
  async take(workspaceId: string, { url, fileName, altText }: ImportRequest): Promise<Asset> {
    const { maxBytes } = this.config.media;
    const limits = { maxBytes, maxRedirects, timeoutMs, silenceMs };
    try {
      return await this.downloader.fetch(url, limits, (download) => {
        assertFound(download);
        return this.media.upload(workspaceId, {
          stream: download.stream,
          fileName: fileName ?? nameOf(download.url),
          altText,
          sourceUrl: withoutQuery(url),
        });
      });
    } catch (error) {
      throw meaningOf(error, maxBytes);
    }
  }
}

function assertFound({ status }: Download): void {
  if (status === 200) return;
  throw refused(
    'media_url_not_found',
    `The address answers with status ${status}.`,
    'Check the address in a browser.',
  );
}

function meaningOf(error: unknown, maxBytes: number): unknown {
  if (error instanceof DomainError) return error;
  if (!(error instanceof HttpTransportError)) {
    return refused('media_url_unreachable', 'The file did not come in whole.', 'Try again.', error);
  }
  if (error.reason === 'too_large') return tooLarge(maxBytes);
  if (forbidden.includes(error.reason)) {
    return refused(
      'media_url_refused',
      `The address cannot be fetched: ${error.message}.`,
      'Give an http or https address on the public network, or upload the file.',
      error,
    );
  }
  return refused(
    'media_url_unreachable',
    `The address cannot be reached: ${error.message}.`,
    'Check the address, or upload the file.',
    error,
  );
}

function refused(rule: string, message: string, remedy: string, cause?: unknown): ValidationFailedError {
  return new ValidationFailedError([{ pointer: '/url', rule, message, remedy }], { code: rule, cause });
}

function nameOf(url: string): string {
  const last = new URL(url).pathname.split('/').at(-1) ?? '';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}

/** A query may be a key. */
function withoutQuery(url: string): string {
  const { origin, pathname } = new URL(url);
  return origin + pathname;
}
