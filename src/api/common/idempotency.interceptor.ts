import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, mergeMap, type Observable, of } from 'rxjs';
import {
  type Claim,
  IdempotencyInProgressError,
  IdempotencyService,
  type StoredAnswer,
} from '../../common/idempotency/index.js';
import { AppLogger } from '../../common/logging/index.js';
import { answerOfError, answerOfValue, isWorthKeeping } from './idempotency.answer.js';
import { namedRequestOf } from './idempotency.request.js';
import { IS_IDEMPOTENT } from './idempotent.decorator.js';
import { authOf } from './request.auth.js';

/** Milliseconds until the answer is stored again after it could not be. The end of the lock frees the key in any case. */
const storeAgainMs = [500, 2_000, 5_000, 15_000, 30_000];

/** Carries a request with an Idempotency-Key out once, and gives whoever repeats it the first answer. */
@Injectable()
export class IdempotencyInterceptor implements NestInterceptor {
  private readonly log: AppLogger;

  constructor(
    private readonly reflector: Reflector,
    private readonly idempotency: IdempotencyService,
    logger: AppLogger,
  ) {
    this.log = logger.named(IdempotencyInterceptor.name);
  }

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const wanted = this.reflector.get<boolean | undefined>(IS_IDEMPOTENT, context.getHandler()) === true;
    const named = wanted ? namedRequestOf(request) : null;
    if (named === null) return next.handle();
    const begun = await this.idempotency.begin(authOf(request).workspaceId, named).catch((error: unknown) => {
      if (error instanceof IdempotencyInProgressError)
        void reply.header('retry-after', error.retryAfterSeconds);
      throw error;
    });
    if (begun.kind === 'replay') return of(replay(begun.answer, reply));
    request.idempotency = begun.claim;
    return this.carryOut(begun.claim, request, reply, next);
  }

  private carryOut(
    claim: Claim,
    request: FastifyRequest,
    reply: FastifyReply,
    next: CallHandler,
  ): Observable<unknown> {
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        await this.close(claim, answerOfError(error, request));
        throw error;
      }),
      mergeMap(async (value: unknown) => {
        await this.close(claim, answerOfValue(value, reply));
        return value;
      }),
    );
  }

  /**
   * The work is done or refused by now: a failure here must not turn its answer into another one. While the database is away it is
   * tried again, so that whoever repeats the request soon after is not told to wait for the end of the lock.
   */
  private async close(
    claim: Claim,
    answer: StoredAnswer,
    again: readonly number[] = storeAgainMs,
  ): Promise<void> {
    try {
      if (isWorthKeeping(answer.status)) await this.idempotency.finish(claim, answer);
      else await this.idempotency.free(claim);
    } catch (error) {
      const [delayMs, ...later] = again;
      const left = delayMs === undefined ? 'its key is free when the lock ends' : 'it is tried again';
      this.log.error(`an answer was not stored; ${left}`, { err: error });
      if (delayMs !== undefined) setTimeout(() => void this.close(claim, answer, later), delayMs).unref();
    }
  }
}

function replay(answer: StoredAnswer, reply: FastifyReply): string | undefined {
  void reply.status(answer.status).headers(answer.headers).header('idempotent-replayed', 'true');
  return answer.body ?? undefined;
}
