import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { DeletionRepository } from './deletion.repository.js';
import type { AttemptEntity } from './entities/attempt.entity.js';
import type { CallEntity } from './entities/call.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { TransitionEntity } from './entities/transition.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import {
  attemptEntry,
  callEntries,
  deletionEntries,
  inOrder,
  lookEntry,
  stateEntry,
  type TimelineEntry,
} from './timeline.entries.js';

export interface AttemptView {
  readonly no: number;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly outcome: string | null;
  readonly error: object | null;
  readonly calls: readonly CallView[];
}

export interface CallView {
  readonly no: number;
  readonly commit: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  /** `done`, `refused`, `unknown`; null while nothing is known. */
  readonly outcome: string | null;
  readonly verdict: string | null;
  readonly request: object;
  readonly answer: object | null;
  readonly result: object | null;
  readonly error: object | null;
}

/** The whole story of a publication or a post, from the ledger. Inside a unit of work. */
@Injectable()
export class TimelineReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly deletions: DeletionRepository,
  ) {}

  async attempts(publicationId: string): Promise<AttemptView[]> {
    const attempts = await this.ledger.findAttempts(publicationId);
    const calls = await this.ledger.findCalls(publicationId);
    return attempts.map((attempt) => attemptView(attempt, calls));
  }

  /** Oldest first, over all plans of the post. */
  async ofPost(postId: string): Promise<TimelineEntry[]> {
    const entries: TimelineEntry[] = [];
    for (const row of await this.publications.findOfPost(postId))
      entries.push(...(await this.ofPublication(row)));
    return inOrder(entries);
  }

  private async ofPublication(row: PublicationEntity): Promise<TimelineEntry[]> {
    const { id: publicationId, workspaceId, accountId, platform } = row;
    const of = { publicationId, accountId, platform };
    const states = await this.unitOfWork.manager.find(TransitionEntity, {
      where: { workspaceId, publicationId },
      order: { id: 'ASC' },
    });
    const attempts = await this.ledger.findAttempts(publicationId);
    const calls = await this.ledger.findCalls(publicationId);
    const looks = await this.ledger.findLooks(publicationId);
    const deletions = await this.deletions.findOf(publicationId);
    return [
      ...states.map((state) => stateEntry(of, state)),
      ...attempts.map((attempt) => attemptEntry(of, attempt)),
      ...calls.flatMap((call) => callEntries(of, call)),
      ...looks.map((look) => lookEntry(of, look)),
      ...deletions.flatMap((deletion) => deletionEntries(of, deletion)),
    ];
  }
}

function attemptView(attempt: AttemptEntity, calls: readonly CallEntity[]): AttemptView {
  return {
    no: attempt.no,
    startedAt: attempt.startedAt,
    endedAt: attempt.endedAt,
    outcome: attempt.outcome,
    error: attempt.error,
    calls: calls
      .filter((call) => call.attemptId === attempt.id)
      .map((call) => ({
        no: call.no,
        commit: call.commitKey,
        startedAt: call.startedAt,
        endedAt: call.endedAt,
        outcome: call.outcome,
        verdict: call.verdict,
        request: call.request,
        answer: call.answer,
        result: call.result,
        error: call.error,
      })),
  };
}
