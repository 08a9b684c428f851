import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import { EventRecorder } from '../../common/events/index.js';
import { type CommitResult, PublishError } from '../../platforms/core/index.js';
import { knownBy } from './commits.js';
import { Continuation } from './continuation.js';
import type { CommitEntity } from './entities/commit.entity.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { PublicationResolved } from './events/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationState } from './publication.states.js';
import { SettlementService } from './settlement.service.js';
import { incompleteCode, storeError } from './stored-error.js';

/** What a person saw on the platform. */
export type Judgement = (
  | {
      readonly verdict: 'published';
      readonly platformPostId: string | null;
      readonly permalink: string | null;
    }
  | { readonly verdict: 'not_published'; readonly retry: boolean }
) & {
  /** Key of the commit that is judged; needed when several are open. */
  readonly commit?: string;
};

/** A person ends what cannot be told from the platform. */
@Injectable()
export class ResolveService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly settlement: SettlementService,
    private readonly continuation: Continuation,
    private readonly recorder: EventRecorder,
  ) {}

  /**
   * Judges the open commit of a publication that is unconfirmed, or published with a part that could not be told. Locks the
   * row like a worker would. What was to follow the commit goes out afterwards.
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
        const commit = judged(commits, judgement.commit);
        if (judgement.verdict === 'published') await this.published(plan, row, commit, judgement);
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

  private async published(
    plan: PlanEntity,
    row: PublicationEntity,
    commit: CommitEntity,
    seen: Extract<Judgement, { verdict: 'published' }>,
  ): Promise<void> {
    const result = resultOf(seen, commit);
    const { platformPostId } = result;
    if (await this.publications.isTaken(row.accountId, { platformPostId, permalink: null }, row.id))
      throw taken(result);
    await this.ledger.judge(commit, 'judged_published');
    await this.ledger.markDone(commit, result, 'person');
    const { commits } = await this.ledger.read(row.id, commit.contentRevision);
    await this.continuation.afterDone(plan, row, commits, 'resolved_published');
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
      // Who looked has looked for all of it: nothing more is suspected of having gone out in a lost time.
      const patch = { suspectedSince: null, suspectedAt: null };
      return this.continuation.takeUp(plan, row, 'resolved_retry', patch);
    }
    const { commits } = await this.ledger.read(row.id, commit.contentRevision);
    const reason = 'resolved_not_published';
    const first = knownBy(commits);
    if (first === null && commits.some(({ state }) => state === 'open')) {
      return this.publications.note(row, { state: row.state, reason, token: null });
    }
    if (first === null) return this.failed(plan, row, reason);
    const patch = {
      error: storeError(judgedAbsent(commit.key, 'Retry the publication to send what is missing.'), null),
      warnings: [
        ...row.warnings.filter(({ code }) => code !== incompleteCode),
        {
          code: incompleteCode,
          message: `Not everything went out: a person found that ${commit.key} is not there.`,
        },
      ],
    };
    if (row.state === 'published') {
      return this.publications.amend(row, { state: 'published', reason, token: null }, patch);
    }
    const { platformPostId, permalink } = first;
    const publishedAt = commits.find(({ state }) => state === 'done')?.lastStartedAt ?? null;
    const ended = { ...patch, platformPostId, permalink, publishedAt, reason: null };
    return this.settlement.endLocked(plan, row, { state: 'published', reason, patch: ended }, null);
  }

  private failed(plan: PlanEntity, row: PublicationEntity, reason: string): Promise<void> {
    const error = judgedAbsent('the post', 'Publish the post again to send it once more.');
    const patch = { error: storeError(error, null), reason: error.code };
    return this.settlement.endLocked(plan, row, { state: 'failed', reason, patch }, null);
  }
}

function canBeJudged(state: PublicationState): boolean {
  return state === 'unconfirmed' || state === 'published';
}

function judged(commits: readonly CommitEntity[], key: string | undefined): CommitEntity {
  const open = commits.filter((commit) => commit.state === 'open');
  const [only, ...others] = key === undefined ? open : open.filter((commit) => commit.key === key);
  if (only === undefined) throw notUnconfirmed();
  if (others.length === 0) return only;
  throw new ConflictError('Several parts of this publication are unconfirmed.', {
    code: 'several_unconfirmed',
    details: {
      commits: open.map((commit) => commit.key),
      remedy: 'Say which one you judge: give its key as `commit`.',
    },
  });
}

function resultOf(seen: Extract<Judgement, { verdict: 'published' }>, commit: CommitEntity): CommitResult {
  const { publicationId, key } = commit;
  return {
    platformPostId: seen.platformPostId ?? `judged:${publicationId}:${key}`,
    permalink: seen.permalink,
  };
}

function judgedAbsent(what: string, remedy: string): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'engine.judged_absent',
    message: `A person looked and found that ${what} is not there.`,
    remedy,
  });
}

function taken({ platformPostId }: CommitResult): ConflictError {
  return new ConflictError(`Another publication of this account is known as ${platformPostId} already.`, {
    code: 'platform_post_taken',
    details: { remedy: 'Give the id of the post that this publication made, or leave it out.' },
  });
}

function notUnconfirmed(): ConflictError {
  return new ConflictError('Only a publication that is unconfirmed can be resolved by a person.', {
    code: 'not_unconfirmed',
  });
}
