import { Injectable } from '@nestjs/common';
import { stableHash } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { DomainError } from '../../common/errors/index.js';
import { outboundScopes } from '../../common/http/index.js';
import {
  type CommitOptions,
  type CommitResult,
  type Credentials,
  type JsonValue,
  type MediaItem,
  PublishError,
  type PublishContext,
  type PublishWarning,
  type ReadContext,
  type ReconcileContext,
  type StepOptions,
  type WaitOptions,
  type WaitResult,
} from '../../platforms/core/index.js';
import { CredentialVault } from '../accounts/index.js';
import { MediaLinks, MediaReader } from '../media/index.js';
import { CommitGate } from './commit.gate.js';
import { LeaseLost, Suspended } from './engine.signals.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';
import { StepLedger } from './step.ledger.js';

/** Makes the contexts that publishers see. */
@Injectable()
export class ContextFactory {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly vault: CredentialVault,
    private readonly media: MediaReader,
    private readonly links: MediaLinks,
    private readonly publications: PublicationRepository,
    private readonly stepLedger: StepLedger,
    private readonly commitGate: CommitGate,
  ) {}

  forPublish(run: PublicationRun): PublishContext {
    return {
      ...this.forReading(run),
      step: (key, fn, options) => this.step(run, key, fn, options ?? {}),
      waitFor: (key, look, options) => this.waitFor(run, key, look, options),
      commit: (key: string, fn: () => Promise<CommitResult>, options?: CommitOptions) =>
        this.commitGate.commit(run, key, fn, options ?? {}),
      commitKey: (key) => commitKey(run, key),
      warn: (warning: PublishWarning) => {
        run.warn(warning);
      },
    };
  }

  forReconcile(run: PublicationRun): ReconcileContext {
    return {
      ...this.forReading(run),
      remembered: (key) => Promise.resolve(this.stepLedger.recall(run, key, run.databaseNow())?.result),
      committed: (key) => Promise.resolve(run.commits.get(key)?.result ?? undefined),
      isTaken: (platformPostId) =>
        this.unitOfWork.run(run.workspaceId, () =>
          this.publications.isTaken(run.publication.accountId, platformPostId, run.id),
        ),
      commitKey: (key) => commitKey(run, key),
    };
  }

  private forReading(run: PublicationRun): ReadContext {
    return {
      publicationId: run.id,
      account: run.account,
      content: run.content,
      contentRevision: run.contentRevision,
      signal: run.controller.signal,
      credentials: () => this.credentials(run),
      media: (item: MediaItem) => this.media.source(item),
      mediaUrl: (item: MediaItem, { validForMs }) => this.mediaUrl(run, item, validForMs),
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

  private async step<T extends JsonValue>(
    run: PublicationRun,
    key: string,
    fn: () => Promise<T>,
    options: StepOptions,
  ): Promise<T> {
    const known = this.stepLedger.recall(run, key, run.databaseNow());
    if (known !== undefined) return known.result as T;
    await this.extendLease(run);
    const result = await outboundScopes.run({ kind: 'step', signal: run.controller.signal }, fn);
    await this.stepLedger.remember(run, key, 'step', result, {
      secret: options.secret ?? false,
      validForMs: options.validForMs ?? null,
    });
    return result;
  }

  private async waitFor<T extends JsonValue>(
    run: PublicationRun,
    key: string,
    look: () => Promise<WaitResult<T>>,
    options: WaitOptions,
  ): Promise<T> {
    const now = run.databaseNow();
    const known = this.stepLedger.recall(run, key, now);
    if (known !== undefined) return known.result as T;
    await this.extendLease(run);
    const seen = await outboundScopes.run({ kind: 'look', signal: run.controller.signal }, look);
    if (seen.ready) {
      await this.stepLedger.remember(run, key, 'wait', seen.value, { secret: false, validForMs: null });
      return seen.value;
    }
    const row = await this.stepLedger.notReady(run, key);
    if (now.getTime() - row.createdAt.getTime() > options.giveUpAfterMs) {
      throw new PublishError({
        kind: 'transient',
        code: `${run.publication.platform}.processing_too_long`,
        message: `The platform has been working on it for more than ${Math.round(options.giveUpAfterMs / 1000)} s.`,
        remedy: 'Nothing to do: Fanfare looks again. If it persists, try another file.',
        provesNothingCreated: true,
      });
    }
    const delay = options.delaysMs[Math.min(row.looks - 1, options.delaysMs.length - 1)] ?? 5_000;
    throw new Suspended('look', delay, 'with_platform');
  }

  private async extendLease(run: PublicationRun): Promise<void> {
    const held = await this.unitOfWork.run(run.workspaceId, () =>
      this.publications.extendLease(run.id, run.token),
    );
    if (!held) throw new LeaseLost();
  }
}

/** Belongs to the commit and the content revision, never to the attempt. */
function commitKey(run: PublicationRun, key: string): string {
  return stableHash(['commit-key', run.id, run.contentRevision, key]).slice(0, 40);
}
