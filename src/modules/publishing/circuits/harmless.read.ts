import { Injectable, Logger } from '@nestjs/common';
import { outboundScopes } from '../../../common/http/index.js';
import { Suspended } from '../engine.signals.js';
import type { PublicationRun } from '../publication.run.js';
import { ReadingContext } from '../reading.context.js';
import { ShutdownGate } from '../shutdown.gate.js';
import { toPublishError } from '../stored-error.js';
import { isOurs, isOutage } from './outage.js';

export type Seen = { readonly works: true } | { readonly works: false; readonly code: string };

/** The read that shows whether a platform works before anything visible is sent. Once at a time for each circuit. */
@Injectable()
export class HarmlessRead {
  private readonly logger = new Logger(HarmlessRead.name);
  private readonly underWay = new Map<string, Promise<Seen>>();

  constructor(
    private readonly reading: ReadingContext,
    private readonly shutdown: ShutdownGate,
  ) {}

  /**
   * Everybody of this process who asks meanwhile gets the same answer. Throws when there are no credentials to read with, or when
   * it was broken off here: that says nothing of the platform.
   */
  async of(run: PublicationRun, key: string): Promise<Seen> {
    await this.reading.of(run).credentials();
    const known = this.underWay.get(key);
    if (known !== undefined) return known;
    const asked = this.ask(run).finally(() => this.underWay.delete(key));
    this.underWay.set(key, asked);
    return asked;
  }

  /** A refusal, too, shows that the platform works. */
  private async ask(run: PublicationRun): Promise<Seen> {
    const scope = { kind: 'look', signal: this.shutdown.signal } as const;
    const ctx = { ...this.reading.of(run), signal: this.shutdown.signal };
    try {
      await outboundScopes.run(scope, async () => run.publisher.ping?.(ctx));
      return { works: true };
    } catch (error) {
      if (this.shutdown.isStopping) throw new Suspended('shutdown', 0);
      if (isOurs(error)) throw error;
      const { code } = toPublishError(error, run.publication.platform);
      this.logger.warn({
        msg: 'a harmless read failed',
        platform: run.publication.platform,
        code,
        err: error,
      });
      return isOutage(error) ? { works: false, code } : { works: true };
    }
  }
}
