import { Injectable } from '@nestjs/common';
import { DomainError } from '../../common/errors/index.js';
import type { ByteSource } from '../../common/http/index.js';
import {
  type Credentials,
  type MediaItem,
  PublishError,
  type ReadContext,
} from '../../platforms/core/index.js';
import { CredentialVault } from '../accounts/index.js';
import { MediaLinks, MediaReader } from '../media/index.js';
import type { PublicationRun } from './publication.run.js';
import { fileUnreadable } from './stored-error.js';

/** What every context of a run has: the account, its content, its credentials at the moment of use. */
@Injectable()
export class ReadingContext {
  constructor(
    private readonly vault: CredentialVault,
    private readonly media: MediaReader,
    private readonly links: MediaLinks,
  ) {}

  of(run: PublicationRun): ReadContext {
    return {
      publicationId: run.id,
      account: run.account,
      content: run.content,
      contentRevision: run.contentRevision,
      signal: run.controller.signal,
      credentials: () => this.credentials(run),
      media: (item: MediaItem) => this.file(item),
      mediaUrl: (item: MediaItem, { validForMs }) => this.mediaUrl(run, item, validForMs),
    };
  }

  private file(item: MediaItem): ByteSource {
    const source = this.media.source(item);
    return {
      ...source,
      open: async (range) => {
        try {
          return await source.open(range);
        } catch (error) {
          throw fileUnreadable(error, true);
        }
      },
    };
  }

  private async mediaUrl(run: PublicationRun, item: MediaItem, validForMs: number): Promise<string> {
    const url = await this.links.publicUrl(run.workspaceId, item, validForMs);
    if (url !== null) return url;
    throw new PublishError({
      kind: 'content_refused',
      code: 'media_public_url_required',
      source: 'system',
      message: 'The platform fetches files by itself, and nobody outside can fetch them from here.',
      remedy: 'Set PUBLIC_URL to an https address of this server, or keep media in S3 (S3_*).',
      provesNothingCreated: true,
    });
  }

  private async credentials(run: PublicationRun): Promise<Credentials> {
    try {
      const credentials = await this.vault.use(run.workspaceId, run.publication.accountId);
      run.credentialsVersion = credentials.version;
      return credentials;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      throw new PublishError({
        kind: 'auth_expired',
        code: 'account.disconnected',
        message: 'The account is not connected any more.',
        remedy: 'Connect the account again, then publish the post again.',
        cause: error,
      });
    }
  }
}
