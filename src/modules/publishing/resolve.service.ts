import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import type { CommitResult } from '../../platforms/core/index.js';
import type { CommitEntity } from './entities/commit.entity.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { PublicationResolved } from './events/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationState } from './publication.states.js';
import { SettlementService } from './settlement.service.js';
import { storeError } from './stored-error.js';
import { PublishError } from '../../platforms/core/index.js';
import { WakeQueue } from './wake.queue.js';

/** What a person saw on the platform. */
export type Judgement =
  | {
      readonly verdict: 'published';
      readonly platformPostId: string | null;
      readonly permalink: string | null;
    }
  | { readonly verdict: 'not_published'; readonly retry: boolean };

/** A person ends what cannot be told from the platform. */
@Injectable()
export class ResolveService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly settlement: SettlementService,
    private readonly wakes: WakeQueue,
    private readonly recorder: EventRecorder,
  ) {}

  /**
   * Judges the open commit of a publication that is unconfirmed, or published with a part that could not be told. Locks the
   * row like a worker would.
   * Throws NotFoundError, or ConflictError when there is nothing to judge or a worker is at it.
   */
  resolve(workspaceId: string, publicationId: string, judgement: Judgement): Promise<void> {
    return this.unitOfWork.run(
      workspaceId,
      async () => {
        const seen = await this.publications.find(publicationId);
        if (seen === null) throw new NotFoundError('There is no such publication.');
        const plan = await this.settlement.lockPlan(seen.planId);
        const row = await this.publications.lock(publicationId);
        if (row === null || row.contentRevision === null || !canBeJudged(row.state)) throw notUnconfirmed();
        const { commits } = await this.ledger.read(publicationId, row.contentRevision);
        const commit = commits.find((candidate) => candidate.state === 'open');
        if (commit === undefined) throw notUnconfirmed();
        if (row.state === 'published') await this.laterPart(commit, judgement);
        else if (judgement.verdict === 'published') await this.published(plan, row, commit, judgement);
        else await this.notPublished(plan, row, commit, judgement.retry);
        const { id, planId, postId, accountId, platform } = row;
        this.recorder.record(
          new PublicationResolved(workspaceId, {
            publicationId: id,
            planId,
            postId,
            accountId,
            platform,
            verdict: judgement.verdict,
          }),
        );
      },
      { durable: true },
    );
  }

  /** The publication stays as it is; what was judged no longer keeps the same words on this account waiting. */
  private async laterPart(commit: CommitEntity, judgement: Judgement): Promise<void> {
    if (judgement.verdict === 'published') {
      await this.ledger.judge(commit, 'judged_published');
      await this.ledger.markDone(
        commit,
        resultOf(judgement, `${commit.publicationId}:${commit.key}`),
        'person',
      );
      return;
    }
    if (judgement.retry) {
      throw new ConflictError('A publication that is published already is not sent again.', {
        code: 'not_resumable',
      });
    }
    await this.ledger.judge(commit, 'judged_absent');
    await this.ledger.clearIfProven(commit);
  }

  private async published(
    plan: PlanEntity,
    row: PublicationEntity,
    commit: CommitEntity,
    seen: Extract<Judgement, { verdict: 'published' }>,
  ): Promise<void> {
    const result = resultOf(seen, row.id);
    await this.ledger.judge(commit, 'judged_published');
    await this.ledger.markDone(commit, result, 'person');
    const { commits } = await this.ledger.read(row.id, commit.contentRevision);
    const first = commits[0]?.result ?? result;
    await this.settlement.endLocked(
      plan,
      row,
      {
        state: 'published',
        reason: 'resolved_published',
        patch: {
          platformPostId: first.platformPostId,
          permalink: first.permalink,
          publishedAt: commit.lastStartedAt,
          error: null,
          reason: null,
        },
      },
      null,
    );
  }

  private async notPublished(
    plan: PlanEntity,
    row: PublicationEntity,
    commit: CommitEntity,
    retry: boolean,
  ): Promise<void> {
    await this.ledger.judge(commit, 'judged_absent');
    await this.ledger.clearIfProven(commit);
    if (retry) {
      const wake = await this.publications.wake(
        row,
        { state: 'waiting', reason: 'resolved_retry', token: null },
        'resolved',
        0,
        {
          error: null,
          reason: null,
          retries: 0,
        },
      );
      this.wakes.publication(row.id, wake);
      await this.settlement.settle(plan);
      return;
    }
    const error = new PublishError({
      kind: 'content_refused',
      code: 'engine.judged_absent',
      message: 'A person looked and found that the post is not there.',
      remedy: 'Publish the post again to send it once more.',
    });
    await this.settlement.endLocked(
      plan,
      row,
      {
        state: 'failed',
        reason: 'resolved_not_published',
        patch: { error: storeError(error, null), reason: error.code },
      },
      null,
    );
  }
}

function canBeJudged(state: PublicationState): boolean {
  return state === 'unconfirmed' || state === 'published';
}

function resultOf(seen: Extract<Judgement, { verdict: 'published' }>, name: string): CommitResult {
  return { platformPostId: seen.platformPostId ?? `judged:${name}`, permalink: seen.permalink };
}

function notUnconfirmed(): ConflictError {
  return new ConflictError('Only a publication that is unconfirmed can be resolved by a person.', {
    code: 'not_unconfirmed',
  });
}
