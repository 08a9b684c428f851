import { Injectable, Logger } from '@nestjs/common';
import { AppConfig } from '../../../common/config/index.js';
import { UnitOfWork } from '../../../common/database/index.js';
import { type AnswerEvidence, outboundScopes } from '../../../common/http/index.js';
import type { AccountRef, BasePublisher, LimitReading } from '../../../platforms/core/index.js';
import { Suspended } from '../engine.signals.js';
import { PublicationRepository } from '../publication.repository.js';
import type { PublicationRun } from '../publication.run.js';
import { ReadingContext } from '../reading.context.js';
import { BudgetRepository } from './budget.repository.js';
import { pauseBy, pauseMsOf, pausesOf, pauseTurnMs, type Rate, ratesOf } from './rate.js';

/** A limit that keeps an account's publications waiting. */
export interface ClosedLimit {
  readonly per: 'account' | 'app';
  /** Null: the platform asked for a pause without a number. */
  readonly rate: { readonly max: number; readonly periodMs: number } | null;
  readonly opensAt: Date;
}

/** Milliseconds between two questions to a platform how much is left. */
const readEveryMs = 10 * 60_000;
/** Turns that a pause hands out before they come round again: a minute's worth. */
const pauseTurns = 240;

/** Unwinds the transaction, so that nothing was taken from the others. */
class BudgetShut extends Error {
  constructor(readonly keys: readonly string[]) {
    super('a budget is used up');
  }
}

/** Rates and pauses of accounts and apps (protocol.md §5). A closed one makes the publication wait for its turn. */
@Injectable()
export class Budgets {
  private readonly logger = new Logger(Budgets.name);

  constructor(
    private readonly config: AppConfig,
    private readonly unitOfWork: UnitOfWork,
    private readonly rows: BudgetRepository,
    private readonly publications: PublicationRepository,
    private readonly reading: ReadingContext,
  ) {}

  /** Keys of the pauses that the platform has asked for and that are not over. Inside a unit of work. */
  async look(run: PublicationRun): Promise<readonly string[]> {
    const shut = await this.rows.closed(pausesOf(run.publisher, run.account).map(({ key }) => key));
    return shut.map(({ key }) => key);
  }

  /** Before anything is called: waits while the platform has asked for a pause. Takes nothing. */
  async paused(run: PublicationRun, pauses: readonly string[]): Promise<void> {
    if (pauses.length > 0) throw await this.wait(run, pauses, 1);
  }

  /** Before the first commit: takes what it costs from every limit, or from none and waits. */
  async take(run: PublicationRun, pauses: readonly string[]): Promise<void> {
    await this.paused(run, pauses);
    const rates = this.ratesOf(run);
    if (rates.length === 0) return;
    await this.askPlatform(run, rates);
    const calls = run.publisher.visibleCalls(run.content, run.account);
    try {
      await this.unitOfWork.run(run.workspaceId, async () => {
        const taken = await this.rows.take(rates, calls);
        const shut = rates.filter(({ key }) => !taken.has(key));
        if (shut.length > 0) throw new BudgetShut(shut.map(({ key }) => key));
      });
    } catch (error) {
      if (!(error instanceof BudgetShut)) throw error;
      throw await this.wait(run, error.keys, calls);
    }
  }

  /** The platform said that there were too many requests: whoever shares the limit waits without calling. */
  async tooMany(run: PublicationRun, retryAfterMs: number | null): Promise<number> {
    const pause = pauseBy(run.publisher, run.account);
    const delayMs = retryAfterMs ?? pauseMsOf(run.publisher, run.account);
    await this.unitOfWork.run(run.workspaceId, async () => {
      const until = new Date((await this.publications.now()).getTime() + delayMs);
      await this.rows.close({ key: pause.key, intervalMs: pauseTurnMs, burst: pauseTurns }, until);
    });
    return delayMs;
  }

  /** Keeps what the head of an answer says, until `correct`. */
  saw(run: PublicationRun, answer: AnswerEvidence): void {
    for (const reading of run.publisher.readLimits(answer, run.account)) {
      run.limitReadings.set(reading.limit, reading);
    }
  }

  /** Gives what was seen during a run to the budgets. What cannot be stored is told by the next answer. */
  async correct(run: PublicationRun): Promise<void> {
    if (run.limitReadings.size === 0) return;
    const readings = [...run.limitReadings.values()];
    run.limitReadings.clear();
    try {
      await this.apply(run, readings, false);
    } catch (error) {
      this.logger.warn({
        msg: 'limits that a platform told could not be stored',
        publicationId: run.id,
        err: error,
      });
    }
  }

  /** The limit that opens last of those that keep the account waiting now; null when nothing does. Inside a unit of work. */
  async closedFor(publisher: BasePublisher, account: AccountRef): Promise<ClosedLimit | null> {
    const pauses = pausesOf(publisher, account);
    const rates = ratesOf(publisher, account, this.config.platform(account.platform).rates);
    const [pause] = await this.rows.closed(pauses.map(({ key }) => key));
    const [rate] = await this.rows.shut(
      rates.map(({ key }) => key),
      1,
    );
    if (pause !== undefined && (rate === undefined || pause.opensAt >= rate.opensAt)) {
      const per = pauses.find(({ key }) => key === pause.key)?.per ?? 'account';
      return { per, rate: null, opensAt: pause.opensAt };
    }
    const known = rates.find(({ key }) => key === rate?.key);
    if (rate === undefined || known === undefined) return null;
    return { per: known.per, rate: { max: known.max, periodMs: known.periodMs }, opensAt: rate.opensAt };
  }

  private ratesOf(run: PublicationRun): Rate[] {
    return ratesOf(run.publisher, run.account, this.config.platform(run.publication.platform).rates);
  }

  private async wait(run: PublicationRun, keys: readonly string[], calls: number): Promise<Suspended> {
    const delayMs = await this.unitOfWork.run(run.workspaceId, async () => {
      const turns: number[] = [];
      for (const key of keys.toSorted()) turns.push((await this.rows.nextTurn(key, calls))?.getTime() ?? 0);
      return Math.max(...turns) - (await this.publications.now()).getTime();
    });
    return new Suspended('budget', Math.max(0, Math.ceil(delayMs)));
  }

  /** Where the platform can be asked what is left, now and then one publication does; a failure changes nothing. */
  private async askPlatform(run: PublicationRun, [first]: readonly Rate[]): Promise<void> {
    const { publisher } = run;
    if (publisher.readQuota === undefined || first === undefined) return;
    if (!(await this.unitOfWork.run(run.workspaceId, () => this.rows.mayRead(first, readEveryMs)))) return;
    const ctx = this.reading.of(run);
    try {
      const scope = { kind: 'look', signal: run.controller.signal } as const;
      const readings = await outboundScopes.run(scope, async () => publisher.readQuota?.(ctx));
      await this.apply(run, readings ?? [], true);
    } catch (error) {
      this.logger.warn({ msg: 'a quota could not be read', publicationId: run.id, err: error });
    }
  }

  private async apply(
    run: PublicationRun,
    readings: readonly LimitReading[],
    askedNow: boolean,
  ): Promise<void> {
    const rates = this.ratesOf(run);
    await this.unitOfWork.run(run.workspaceId, async () => {
      for (const { limit, remaining, resetAt, certain } of readings) {
        const rate = rates.find(({ name }) => name === limit);
        if (rate === undefined) continue;
        if (certain) await this.rows.setRemaining(rate, remaining, askedNow);
        if (remaining < 1) await this.rows.close(rate, resetAt);
      }
    });
  }
}
