import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import {
  type AnswerEvidence,
  HttpTransportError,
  outboundScopes,
  type RequestEvidence,
  type SendPermit,
} from '../../common/http/index.js';
import { newId } from '../../common/ids/index.js';
import { type Credentials, PublishError, type PublishedPost } from '../../platforms/core/index.js';
import { AuditLog, type Caller, CredentialVault, platformFailure } from '../accounts/index.js';
import { sendWindowMs } from './commit.gate.js';
import { DeletionRepository } from './deletion.repository.js';
import { PublicationDeleted } from './events/index.js';
import { type Published, PublishedReader } from './published.reader.js';
import { ShutdownGate } from './shutdown.gate.js';
import { storeError, toPublishError } from './stored-error.js';

/**
 * Takes published posts back. A deletion is visible, so each of its calls is recorded before and after as those of a commit
 * are, goes out within the send window on a connection of its own, and is never repeated by itself. Deleting what is gone
 * changes nothing, so a client that has lost the answer asks again.
 */
@Injectable()
export class DeletionService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly reader: PublishedReader,
    private readonly deletions: DeletionRepository,
    private readonly vault: CredentialVault,
    private readonly events: EventRecorder,
    private readonly audit: AuditLog,
    private readonly shutdown: ShutdownGate,
    private readonly clock: Clock,
  ) {}

  /**
   * Everything of the publication, the last first. What is deleted already is left out.
   * @throws NotFoundError, ConflictError when it is not out or the platform cannot delete it (`delete_by_hand`), and what the
   * platform says.
   */
  async delete(caller: Caller, publicationId: string): Promise<void> {
    const published = await this.reader.read(caller.workspaceId, publicationId);
    if (published.publication.deletedAt !== null) return;
    assertPossible(published);
    const done = await this.unitOfWork.run(caller.workspaceId, () => this.deletions.doneKeys(publicationId));
    for (const part of published.publisher.partsToDelete(published.parts)) {
      if (!done.has(part.key)) await this.deleteOne(caller, published, part);
    }
    await this.unitOfWork.run(caller.workspaceId, () => this.finish(caller, published));
  }

  private async deleteOne({ workspaceId }: Caller, published: Published, part: PublishedPost): Promise<void> {
    try {
      await this.vault.with(workspaceId, published.account.id, (credentials) =>
        this.call(workspaceId, published, part, credentials),
      );
    } catch (error) {
      throw platformFailure(error, '');
    }
  }

  private async call(
    workspaceId: string,
    { publication, account, content, publisher }: Published,
    part: PublishedPost,
    credentials: Credentials,
  ): Promise<void> {
    const id = newId();
    const calls = { sent: false };
    let answer: AnswerEvidence | null = null;
    const scope = {
      kind: 'commit' as const,
      signal: this.shutdown.signal,
      beforeSend: async (request: RequestEvidence): Promise<SendPermit> => {
        if (calls.sent) throw new Error(`the deletion of ${part.key} makes more than one call`);
        const asked = this.clock.monotonicMs();
        const { platformPostId, key: commitKey } = part;
        const started = await this.unitOfWork.run(
          workspaceId,
          () =>
            this.deletions.start({ id, publicationId: publication.id, commitKey, platformPostId, request }),
          { durable: true },
        );
        if (!started) throw goesOn();
        calls.sent = true;
        const deadlineMs = publisher.capabilitiesFor(account).callDeadlineMs;
        return { sendBefore: asked + sendWindowMs, deadlineMs, signal: this.shutdown.signal };
      },
      onAnswer: (received: AnswerEvidence): void => {
        answer = received;
      },
    };
    const end = (outcome: 'done' | 'refused' | 'unknown', error: PublishError | null): Promise<void> =>
      this.unitOfWork.run(workspaceId, () =>
        this.deletions.end(id, { outcome, answer, error: error === null ? null : storeError(error, null) }),
      );
    const ctx = { publicationId: publication.id, account, content, credentials };
    try {
      await outboundScopes.run(scope, () => publisher.deletePost(ctx, part));
    } catch (error) {
      if (calls.sent) {
        const failure = toPublishError(error, publication.platform);
        await end(isRefusal(error, failure) ? 'refused' : 'unknown', failure);
      }
      throw error;
    }
    if (!calls.sent) throw new Error(`the deletion of ${part.key} made no call`);
    await end('done', null);
  }

  private async finish({ workspaceId, keyId }: Caller, { publication }: Published): Promise<void> {
    const { id: publicationId, planId, postId, accountId, platform } = publication;
    if (!(await this.deletions.markDeleted(publicationId))) return;
    this.events.record(
      new PublicationDeleted(workspaceId, { publicationId, planId, postId, accountId, platform }),
    );
    await this.audit.record({
      keyId,
      action: 'publication.deleted',
      subjectType: 'publication',
      subjectId: publicationId,
    });
  }
}

function assertPossible({ publisher, account }: Published): void {
  const { canDelete, deleteAdvice } = publisher.capabilitiesFor(account);
  if (canDelete) return;
  throw new ConflictError(`${publisher.descriptor.name} lets nobody delete such a post by API.`, {
    code: 'delete_by_hand',
    details: { remedy: deleteAdvice ?? 'Delete it on the platform by hand.' },
  });
}

function goesOn(): ConflictError {
  return new ConflictError('What is missing of this publication is being sent just now.', {
    code: 'not_published',
    details: { remedy: 'Wait until it has ended, then delete it.' },
  });
}

function isRefusal(error: unknown, failure: PublishError): boolean {
  const neverSent = error instanceof HttpTransportError && error.phase === 'before_send';
  return neverSent || (error instanceof PublishError && failure.provesNothingCreated);
}
