import { Injectable, Logger } from '@nestjs/common';
import { LeaseLost, OutcomeUnknown, RepeatAbsent, Skipped, Suspended } from '../engine.signals.js';
import type { PublicationRun } from '../publication.run.js';
import { toPublishError } from '../stored-error.js';
import { Circuits } from './circuits.js';
import { isOurs, isOutage } from './outage.js';

/** Learns from how a run went whether the platform works. */
@Injectable()
export class PlatformHealth {
  private readonly logger = new Logger(PlatformHealth.name);

  constructor(private readonly circuits: Circuits) {}

  async answered(run: PublicationRun): Promise<void> {
    await this.learned(run, () => this.circuits.answered(run));
  }

  /** What is to be concluded from: the error itself, or that the run waits, because what it met is an outage of all. */
  async judged(run: PublicationRun, error: unknown): Promise<unknown> {
    if (error instanceof LeaseLost || run.controller.signal.aborted) return error;
    return (await this.learned(run, () => this.learn(run, error))) ?? error;
  }

  private async learn(run: PublicationRun, error: unknown): Promise<Suspended | null> {
    if (error instanceof Suspended && error.wakeReason === 'look') return this.circuits.answered(run);
    if (error instanceof Suspended || error instanceof Skipped || error instanceof RepeatAbsent)
      return this.circuits.giveBack(run);
    if (error instanceof OutcomeUnknown) {
      if (isOurs(error.cause)) return this.circuits.giveBack(run);
      await this.circuits.failing(run, error.cause, codeOf(run, error.cause), true);
      return null;
    }
    const failure = toPublishError(error, run.publication.platform);
    if (isOutage(error)) {
      const open = await this.circuits.failing(run, error, failure.code, false);
      return open ? this.circuits.wait(run) : null;
    }
    return failure.source === 'system' || failure.code === 'account.disconnected' || isOurs(error)
      ? this.circuits.giveBack(run)
      : this.circuits.answered(run);
  }

  /** What cannot be written is learned from the next run. */
  private async learned<T>(run: PublicationRun, learn: () => Promise<T>): Promise<T | null> {
    try {
      return await learn();
    } catch (error) {
      this.logger.warn({
        msg: 'the state of a platform could not be stored',
        publicationId: run.id,
        err: error,
      });
      return null;
    }
  }
}

function codeOf(run: PublicationRun, error: unknown): string {
  return toPublishError(error, run.publication.platform).code;
}
