import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock/index.js';
import { stableHash } from '../../common/crypto/index.js';
import { isUniqueViolation, UnitOfWork } from '../../common/database/index.js';
import {
  type AnswerEvidence,
  HttpTransportError,
  outboundScopes,
  type RequestEvidence,
  type SendPermit,
} from '../../common/http/index.js';
import { newId } from '../../common/ids/index.js';
import { type CommitOptions, type CommitResult, PublishError } from '../../platforms/core/index.js';
import { OutcomeUnknown, Suspended } from './engine.signals.js';
import { EvidenceRecorder } from './evidence.recorder.js';
import { fingerprintOf } from './fingerprint.js';
import { ForgottenCalls } from './forgotten.calls.js';
import { GateKeeper } from './gate.keeper.js';
import { LedgerRepository } from './ledger.repository.js';
import { Budgets } from './limits/budgets.js';
import type { PublicationRun } from './publication.run.js';
import { ShutdownGate } from './shutdown.gate.js';
import { outcomeUnknown, toPublishError } from './stored-error.js';

/** Milliseconds, monotonic, from the moment before the fence within which the request may be sent. */
export const sendWindowMs = 5_000;

interface SentCall {
  readonly id: string;
  readonly no: number;
}

/** One commit: the fence before the call, the evidence after it (protocol.md §3). */
@Injectable()
export class CommitGate {
  private readonly logger = new Logger(CommitGate.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly evidence: EvidenceRecorder,
    private readonly gates: GateKeeper,
    private readonly forgotten: ForgottenCalls,
    private readonly shutdown: ShutdownGate,
    private readonly clock: Clock,
    private readonly budgets: Budgets,
  ) {}

  async commit(
    run: PublicationRun,
    key: string,
    fn: () => Promise<CommitResult>,
    options: CommitOptions,
  ): Promise<CommitResult> {
    const known = run.commits.get(key);
    if (known?.state === 'done' && known.result !== null) return known.result;
    const givenUp = run.givenUp.get(key);
    if (givenUp !== undefined) throw outcomeUnknown(run.publication.platform, givenUp);
    if (this.shutdown.isStopping) throw new Suspended('shutdown', 0);
    if (await this.forgotten.suspect(run, key)) throw new Suspended('reconcile', 0);
    await this.gates.beforeCommit(run);

    let call: SentCall | null = null;
    let answer: AnswerEvidence | null = null;
    const scope = {
      kind: 'commit' as const,
      signal: this.shutdown.signal,
      beforeSend: async (request: RequestEvidence): Promise<SendPermit> => {
        if (call !== null) throw new Error(`commit ${key} makes more than one call`);
        const asked = this.clock.monotonicMs();
        const deadlineMs = options.deadlineMs ?? run.publisher.capabilitiesFor(run.account).callDeadlineMs;
        call = await this.open(run, key, request, deadlineMs, options.repeatSafeForMs ?? null);
        return { sendBefore: asked + sendWindowMs, deadlineMs, signal: this.shutdown.signal };
      },
      onAnswer: (received: AnswerEvidence): void => {
        answer = received;
        this.budgets.saw(run, received);
      },
    };
    // The closures above assign these; a call site that reads them needs their declared types again.
    const sent = (): SentCall | null => call;
    const received = (): AnswerEvidence | null => answer;
    try {
      const result = await outboundScopes.run(scope, fn);
      const made = sent();
      if (made === null) throw new Error(`commit ${key} made no call`);
      await this.evidence.done(run, key, made.id, result, received());
      return result;
    } catch (error) {
      const made = sent();
      if (made === null) throw error;
      return this.ended(run, key, made, error, received());
    }
  }

  private async open(
    run: PublicationRun,
    key: string,
    request: RequestEvidence,
    deadlineMs: number,
    repeatSafeForMs: number | null,
  ): Promise<SentCall> {
    if (this.unitOfWork.isOpen) throw new Error('a transaction is open during a call to a platform');
    const id = newId();
    const { publication } = run;
    const attemptId = run.attemptId;
    if (attemptId === null) throw new Error('a commit outside an attempt');
    const opened = await this.openDurably(run, {
      id,
      publicationId: publication.id,
      accountId: publication.accountId,
      brandId: run.brandId,
      attemptId,
      contentRevision: run.contentRevision,
      key,
      token: run.token,
      requestHash: stableHash([request.method, request.url, request.bodySha256]),
      fingerprint: fingerprintOf(run, key),
      request,
      deadlineMs,
      repeatSafeForMs,
    });
    return { id, no: opened };
  }

  private async openDurably(
    run: PublicationRun,
    call: Parameters<LedgerRepository['openCall']>[0],
  ): Promise<number> {
    try {
      return await this.unitOfWork.run(
        run.workspaceId,
        async () => {
          const opened = await this.ledger.openCall(call);
          if (opened.opened) return opened.no;
          if (!opened.fenced) throw await this.gates.whyFenced(run);
          // The fence held but the commit did not take the call: throwing takes the fence's marks back as well.
          const commit = await this.ledger.findCommit(call.publicationId, call.contentRevision, call.key);
          if (commit?.requestHash === call.requestHash) throw new Suspended('reconcile', 0);
          throw new PublishError({
            kind: 'content_refused',
            code: 'engine.request_changed',
            source: 'system',
            message: `The request for ${call.key} is not the one that was made before at this content revision.`,
            remedy: 'Look at the attempts of this publication, and resolve it by hand.',
          });
        },
        { durable: true },
      );
    } catch (error) {
      if (isUniqueViolation(error, 'commits_open_fingerprint'))
        throw new Suspended('same_content_open', 30_000);
      throw error;
    }
  }

  private async ended(
    run: PublicationRun,
    key: string,
    { id: callId, no }: SentCall,
    error: unknown,
    answer: AnswerEvidence | null,
  ): Promise<never> {
    const failure = toPublishError(error, run.publication.platform);
    const neverSent = error instanceof HttpTransportError && error.phase === 'before_send';
    const isProven = neverSent || (error instanceof PublishError && failure.provesNothingCreated);
    if (isProven && !(await this.mayBeOurs(run, callId, no, failure))) {
      await this.evidence.refused(run, key, callId, failure, answer);
      throw failure;
    }
    this.logger.warn({ msg: 'outcome unknown', publicationId: run.id, commit: key, callId, err: error });
    await this.evidence.unknown(run, key, callId, failure, answer);
    throw new OutcomeUnknown(key, error);
  }

  /** What the platform calls a duplicate may be what an earlier call with a lost answer has made: looked for, once. */
  private async mayBeOurs(
    run: PublicationRun,
    callId: string,
    no: number,
    { saysDuplicate, code }: PublishError,
  ): Promise<boolean> {
    if (!saysDuplicate || no === 1) return false;
    return this.unitOfWork.run(run.workspaceId, () => this.ledger.followsUnknown(callId, code));
  }
}
