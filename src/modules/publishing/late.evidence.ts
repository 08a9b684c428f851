import { Injectable } from '@nestjs/common';
import { EventRecorder } from '../../common/events/index.js';
import type { AnswerEvidence } from '../../common/http/index.js';
import type { CommitResult } from '../../platforms/core/index.js';
import { knownBy } from './commits.js';
import { Continuation } from './continuation.js';
import type { CommitEntity } from './entities/commit.entity.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { DuplicateDetected, PublicationResolved } from './events/index.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import { SettlementService } from './settlement.service.js';
import { incompleteCode, type StoredError } from './stored-error.js';

/** Takes in the proof of what became of a call, also when it comes after everybody had given up on it. */
@Injectable()
export class LateEvidence {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly publications: PublicationRepository,
    private readonly settlement: SettlementService,
    private readonly continuation: Continuation,
    private readonly recorder: EventRecorder,
  ) {}

  /** Adds the outcome to the call and draws the consequences. Inside a durable unit of work. */
  async takeIn(callId: string, result: CommitResult, answer: AnswerEvidence | null): Promise<void> {
    const call = await this.ledger.findCall(callId);
    if (call === null) throw new Error(`call ${callId} is gone`);
    const seen = await this.publications.find(call.publicationId);
    if (seen === null) throw new Error(`publication ${call.publicationId} is gone`);
    const plan = await this.settlement.lockPlan(seen.planId);
    const row = await this.publications.lock(call.publicationId);
    const commit = await this.ledger.findCommit(call.publicationId, call.contentRevision, call.commitKey);
    if (row === null || commit === null) throw new Error(`call ${callId} has lost its publication`);

    await this.ledger.addOutcome(callId, 'done', { answer, result, error: null });
    const stillOpen = commit.state === 'open';
    if (this.isSecondPost(commit, result)) this.reportDuplicate(row, commit, result);
    await this.ledger.markDone(commit, result, stillOpen ? 'answer' : 'late_answer');
    if (await this.conclude(plan, row, stillOpen, call.contentRevision))
      this.recorder.record(new PublicationResolved(row.workspaceId, { ...who(row), verdict: 'published' }));
  }

  /**
   * Adds the proof that a call created nothing. Whoever had given up on it did so for this call: what had ended unconfirmed goes
   * on once nothing of it is unknown any more. Inside a durable unit of work.
   */
  async takeInRefusal(
    callId: string,
    evidence: { readonly answer: AnswerEvidence | null; readonly error: StoredError },
  ): Promise<void> {
    const call = await this.ledger.findCall(callId);
    if (call === null) throw new Error(`call ${callId} is gone`);
    const seen = await this.publications.find(call.publicationId);
    if (seen === null) throw new Error(`publication ${call.publicationId} is gone`);
    const plan = await this.settlement.lockPlan(seen.planId);
    const row = await this.publications.lock(call.publicationId);
    if (row === null) throw new Error(`call ${callId} has lost its publication`);
    const { workspaceId, publicationId, contentRevision, commitKey: key } = call;
    await this.ledger.addOutcome(callId, 'refused', { ...evidence, result: null });
    const cleared = await this.ledger.clearIfProven({ workspaceId, publicationId, contentRevision, key });
    await this.publications.forgetGoingOut(row.id);
    if (!cleared || (row.state !== 'unconfirmed' && row.state !== 'published')) return;
    const { commits } = await this.ledger.read(row.id, contentRevision);
    if (commits.some(({ state }) => state === 'open')) return;
    await this.continuation.takeUp(plan, row, 'late_evidence');
  }

  /** True when it changed what the publication had ended with. */
  private async conclude(
    plan: PlanEntity,
    row: PublicationEntity,
    wasOpen: boolean,
    contentRevision: number,
  ): Promise<boolean> {
    const goesOn = row.state === 'unconfirmed' || (row.state === 'published' && wasOpen);
    if (!goesOn && row.state !== 'failed') return false;
    const { commits } = await this.ledger.read(row.id, contentRevision);
    if (goesOn) {
      await this.continuation.afterDone(plan, row, commits, 'late_evidence');
      return true;
    }
    await this.liveAfterAll(plan, row, commits);
    return true;
  }

  /** Somebody may have published it another way since it was called failed: what is missing goes out only when they say so. */
  private async liveAfterAll(
    plan: PlanEntity,
    row: PublicationEntity,
    commits: readonly CommitEntity[],
  ): Promise<void> {
    const first = knownBy(commits);
    if (first === null) return;
    const warning = {
      code: incompleteCode,
      message: 'It had been called failed and is live after all. If something of it is missing, retry it.',
    };
    const patch = {
      platformPostId: first.platformPostId,
      permalink: first.permalink,
      publishedAt: await this.publications.now(),
      error: null,
      reason: null,
      warnings: this.continuation.isComplete(row, commits) ? [] : [warning],
    };
    await this.settlement.endLocked(plan, row, { state: 'published', reason: 'late_evidence', patch }, null);
  }

  private isSecondPost(commit: CommitEntity, result: CommitResult): boolean {
    return (
      commit.state === 'done' &&
      commit.result !== null &&
      commit.result.platformPostId !== result.platformPostId
    );
  }

  private reportDuplicate(row: PublicationEntity, commit: CommitEntity, result: CommitResult): void {
    const permalinks = [commit.result?.permalink, result.permalink].filter(
      (link): link is string => typeof link === 'string',
    );
    this.recorder.record(new DuplicateDetected(row.workspaceId, { ...who(row), permalinks }));
  }
}

function who(row: PublicationEntity): {
  publicationId: string;
  planId: string;
  postId: string;
  accountId: string;
  platform: string;
} {
  return {
    publicationId: row.id,
    planId: row.planId,
    postId: row.postId,
    accountId: row.accountId,
    platform: row.platform,
  };
}
