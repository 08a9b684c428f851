import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import type { AttemptEntity } from './entities/attempt.entity.js';
import type { CallEntity } from './entities/call.entity.js';
import { TransitionEntity } from './entities/transition.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';

/** One thing that happened to a publication. */
export interface TimelineEntry {
  readonly at: Date;
  readonly publicationId: string;
  readonly accountId: string;
  readonly platform: string;
  readonly kind: 'state' | 'attempt' | 'call' | 'answer' | 'look';
  /** One line for a person. */
  readonly summary: string;
  readonly details: Readonly<Record<string, unknown>>;
}

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
  ) {}

  async attempts(publicationId: string): Promise<AttemptView[]> {
    const attempts = await this.ledger.findAttempts(publicationId);
    const calls = await this.ledger.findCalls(publicationId);
    return attempts.map((attempt) => attemptView(attempt, calls));
  }

  /** Oldest first, over all plans of the post. */
  async ofPost(postId: string): Promise<TimelineEntry[]> {
    const rows = await this.publications.findOfPost(postId);
    const entries = await Promise.all(rows.map((row) => this.ofPublication(row.id, row)));
    return entries.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  private async ofPublication(
    publicationId: string,
    row: { accountId: string; platform: string },
  ): Promise<TimelineEntry[]> {
    const base = { publicationId, accountId: row.accountId, platform: row.platform };
    const states = await this.unitOfWork.manager.find(TransitionEntity, {
      where: { workspaceId: this.unitOfWork.workspaceId, publicationId },
      order: { id: 'ASC' },
    });
    const attempts = await this.ledger.findAttempts(publicationId);
    const calls = await this.ledger.findCalls(publicationId);
    const looks = await this.ledger.findLooks(publicationId);
    return [
      ...states.map((state): TimelineEntry => ({
        ...base,
        at: state.at,
        kind: 'state',
        summary: `${state.fromState ?? 'new'} → ${state.toState}: ${state.reason}`,
        details: { from: state.fromState, to: state.toState, reason: state.reason, ...state.details },
      })),
      ...attempts.map((attempt): TimelineEntry => ({
        ...base,
        at: attempt.startedAt,
        kind: 'attempt',
        summary: `Attempt ${attempt.no} began (${attempt.wakeReason}).`,
        details: { no: attempt.no, outcome: attempt.outcome, error: attempt.error },
      })),
      ...calls.flatMap((call) => callEntries(base, call)),
      ...looks.map((look): TimelineEntry => ({
        ...base,
        at: look.at,
        kind: 'look',
        summary: `Looked on the platform for ${look.commitKey}: ${look.verdict}.`,
        details: { commit: look.commitKey, verdict: look.verdict, evidence: look.evidence },
      })),
    ];
  }
}

function callEntries(
  base: Pick<TimelineEntry, 'publicationId' | 'accountId' | 'platform'>,
  call: CallEntity,
): TimelineEntry[] {
  const started: TimelineEntry = {
    ...base,
    at: call.startedAt,
    kind: 'call',
    summary: `Call ${call.no} of ${call.commitKey} recorded, then sent.`,
    details: { commit: call.commitKey, no: call.no, request: call.request },
  };
  if (call.endedAt === null) return [started];
  return [
    started,
    {
      ...base,
      at: call.endedAt,
      kind: 'answer',
      summary: `Call ${call.no} of ${call.commitKey} ended: ${call.outcome ?? 'unknown'}.`,
      details: {
        outcome: call.outcome,
        answer: call.answer,
        result: call.result,
        error: call.error,
        verdict: call.verdict,
      },
    },
  ];
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
