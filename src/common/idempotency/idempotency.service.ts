import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../database/index.js';
import { ConflictError, ValidationFailedError } from '../errors/index.js';
import { newId } from '../ids/index.js';
import { IdempotencyRepository, type KeyRow, type NamedRequest } from './idempotency.repository.js';
import type { StoredAnswer } from './stored-answer.js';

/** The right to carry a named request out. */
export interface Claim {
  readonly workspaceId: string;
  readonly key: string;
  readonly claim: string;
  /** What an earlier try that crashed had made already; null: nothing. */
  readonly subject: string | null;
}

export type Begun =
  | { readonly kind: 'run'; readonly claim: Claim }
  | { readonly kind: 'replay'; readonly answer: StoredAnswer };

/** The request with this key is being carried out right now. Code `idempotency_in_progress`. */
export class IdempotencyInProgressError extends ConflictError {
  constructor(readonly retryAfterSeconds: number) {
    super('A request with this Idempotency-Key is still being carried out.', {
      code: 'idempotency_in_progress',
      details: { retryAfterSeconds },
    });
  }
}

/** A named request is carried out once; whoever repeats it gets the first answer. */
@Injectable()
export class IdempotencyService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: IdempotencyRepository,
  ) {}

  /** Throws IdempotencyInProgressError, or ValidationFailedError when the key names another request. */
  begin(workspaceId: string, request: NamedRequest): Promise<Begun> {
    return this.unitOfWork.run(workspaceId, async () => {
      await this.repository.purge();
      const claim = newId();
      const claimed = await this.repository.claim(request, claim);
      if (claimed !== undefined) {
        return { kind: 'run', claim: { workspaceId, key: request.key, claim, subject: claimed.subject } };
      }
      return { kind: 'replay', answer: answerOf(await this.repository.find(request.key), request) };
    });
  }

  /** In the unit of work of the change itself: what it has made, so that a try after a crash does not make it twice. */
  async remember({ key, claim }: Claim, subject: string): Promise<void> {
    if (!(await this.repository.remember(key, claim, subject))) throw new IdempotencyInProgressError(1);
  }

  finish({ workspaceId, key, claim }: Claim, answer: StoredAnswer): Promise<void> {
    return this.unitOfWork.run(workspaceId, () => this.repository.finish(key, claim, answer));
  }

  /** The answer is not worth keeping: the next try is a new one. */
  free({ workspaceId, key, claim }: Claim): Promise<void> {
    return this.unitOfWork.run(workspaceId, () => this.repository.free(key, claim));
  }
}

function answerOf(row: KeyRow | undefined, request: NamedRequest): StoredAnswer {
  if (row === undefined) throw new IdempotencyInProgressError(1);
  if (row.route !== request.route || row.body_hash !== request.bodyHash) throw keyReused();
  if (row.answer === null) throw new IdempotencyInProgressError(Math.min(row.locked_for, 5));
  return row.answer;
}

function keyReused(): ValidationFailedError {
  return new ValidationFailedError(
    [
      {
        pointer: '',
        rule: 'idempotency_key_reused',
        message: 'This Idempotency-Key was used for another request.',
        remedy: 'Repeat the same request with it, or use a new key.',
      },
    ],
    { code: 'idempotency_key_reused' },
  );
}
