import { Injectable } from '@nestjs/common';
import { Cipher, type Sealed } from '../../common/crypto/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import type { JsonValue } from '../../platforms/core/index.js';
import type { StepEntity } from './entities/step.entity.js';
import { LeaseLost } from './engine.signals.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';
import type { PublicationRun } from './publication.run.js';

interface StoredSeal {
  readonly keyId: string;
  readonly nonce: string;
  readonly ciphertext: string;
}

/** Remembers the results of steps; secret ones sealed, bound to their publication and key. */
@Injectable()
export class StepLedger {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ledger: LedgerRepository,
    private readonly publications: PublicationRepository,
    private readonly cipher: Cipher,
  ) {}

  /** The remembered result, or undefined when there is none that may be used. */
  recall(run: PublicationRun, key: string, now: Date): { readonly result: JsonValue } | undefined {
    const step = run.steps.get(key);
    if (step === undefined || !step.ended) return undefined;
    const stale = step.validUntil !== null && step.validUntil.getTime() <= now.getTime();
    // While a commit is open its request must stay the same, so that it can be found or repeated.
    if (stale && run.openCommits().length === 0) return undefined;
    return this.open(run, step);
  }

  /** Stores an ended step. Throws LeaseLost when somebody else decides by now. */
  async remember(
    run: PublicationRun,
    key: string,
    kind: 'step' | 'wait',
    result: JsonValue,
    options: { secret: boolean; validForMs: number | null },
  ): Promise<void> {
    const plain = { result };
    const sealed = options.secret ? this.seal(run, key, plain) : null;
    await this.store(run, {
      key,
      kind,
      ended: true,
      value: options.secret ? null : plain,
      sealed,
      validForMs: options.validForMs,
    });
  }

  /** Counts a look that found the platform not ready; answers the wait's row. */
  notReady(run: PublicationRun, key: string): Promise<StepEntity> {
    return this.store(run, { key, kind: 'wait', ended: false, value: null, sealed: null, validForMs: null });
  }

  private async store(
    run: PublicationRun,
    step: Pick<StepEntity, 'key' | 'kind' | 'ended' | 'value'> & {
      sealed: object | null;
      validForMs: number | null;
    },
  ): Promise<StepEntity> {
    const stored = await this.unitOfWork.run(run.workspaceId, async () => {
      if (!(await this.publications.progressed(run.id, run.token))) throw new LeaseLost();
      return this.ledger.saveStep({ ...step, publicationId: run.id, contentRevision: run.contentRevision });
    });
    run.steps.set(step.key, stored);
    return stored;
  }

  private aad(run: PublicationRun, key: string): string {
    return `step:${run.workspaceId}:${run.id}:${run.contentRevision}:${key}`;
  }

  private seal(run: PublicationRun, key: string, plain: { result: JsonValue }): StoredSeal {
    const sealed = this.cipher.encrypt(JSON.stringify(plain), this.aad(run, key));
    return {
      keyId: sealed.keyId,
      nonce: sealed.nonce.toString('base64'),
      ciphertext: sealed.ciphertext.toString('base64'),
    };
  }

  private open(run: PublicationRun, step: StepEntity): { readonly result: JsonValue } {
    if (step.value !== null) return step.value;
    const stored = step.sealed as StoredSeal;
    const sealed: Sealed = {
      keyId: stored.keyId,
      nonce: Buffer.from(stored.nonce, 'base64'),
      ciphertext: Buffer.from(stored.ciphertext, 'base64'),
    };
    const plain = this.cipher.decrypt(sealed, this.aad(run, step.key));
    return JSON.parse(plain.toString('utf8')) as { result: JsonValue };
  }
}
