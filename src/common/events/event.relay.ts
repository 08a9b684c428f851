import { Injectable, Logger } from '@nestjs/common';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { UnitOfWork } from '../database/index.js';
import { runWithCorrelation } from '../logging/index.js';
import { DeadLetterRepository } from './dead-letter.repository.js';
import { channelOf, declaredListeners, type DeclaredListener } from './listener.decorator.js';
import { type ClaimedDelivery, OutboxRepository } from './outbox.repository.js';

/** Seconds before a failed delivery is tried again; after the last one it is a dead letter. */
const retryDelays = [1, 5, 15, 60, 300, 900, 3600];
const batch = 200;
/** Listeners of workspaces that are served side by side; each takes its own events one after the other. */
const lanesAtOnce = 6;
/** Characters of an error that are kept. */
const keptMessage = 2000;

/** Numbers recorded events and delivers them at least once: side by side, but in order for each listener of a workspace. */
@Injectable()
export class EventRelay {
  private readonly logger = new Logger(EventRelay.name);
  private working: Promise<void> | null = null;
  private again = false;
  private accepting = false;

  constructor(
    private readonly outbox: OutboxRepository,
    private readonly unitOfWork: UnitOfWork,
    private readonly emitter: EventEmitter2,
    private readonly deadLetters: DeadLetterRepository,
  ) {}

  /** From now on `nudge` works: called once all listeners are attached. */
  open(): void {
    this.accepting = true;
  }

  /** No new delivery is begun; resolves when the ones under way have ended. */
  async close(): Promise<void> {
    this.accepting = false;
    await this.working;
  }

  /** Looks for work soon; calls while it is looking make it look once more. */
  nudge(): void {
    if (!this.accepting) return;
    this.again = true;
    this.working ??= this.unitOfWork.outside(() => this.work());
  }

  /** Runs until nothing that can be delivered now is left, one delivery at a time: the same order every time, for tests. */
  async drain(): Promise<void> {
    while ((await this.round(() => true, 1)) > 0);
  }

  /** Events without a number, and deliveries that wait for another try. */
  countUndelivered(): Promise<number> {
    return this.outbox.countUndelivered();
  }

  private mayGoOn(): boolean {
    return this.again && this.accepting;
  }

  private async work(): Promise<void> {
    try {
      do {
        this.again = false;
        if ((await this.round(() => this.accepting, lanesAtOnce)) > 0) this.again = true;
      } while (this.mayGoOn());
    } catch (error) {
      this.logger.warn({ msg: 'relay round failed; the next one repeats it', err: error });
    } finally {
      this.working = null;
    }
  }

  private async round(mayDeliver: () => boolean, atOnce: number): Promise<number> {
    const numbered = await this.outbox.number(declaredListeners(), batch);
    const attached = declaredListeners().filter(
      (listener) => this.emitter.listenerCount(channelOf(listener)) > 0,
    );
    const claimed = await this.outbox.claim(
      attached.map((listener) => listener.name),
      batch,
    );
    const lanes = atOnce === 1 ? [claimed] : lanesOf(claimed);
    const workers = Array.from({ length: Math.min(atOnce, lanes.length) }, async () => {
      for (let lane = lanes.shift(); lane !== undefined; lane = lanes.shift())
        await this.deliverInOrder(lane, attached, mayDeliver);
    });
    // None is left running behind the failure of another.
    const failed = (await Promise.allSettled(workers)).find((worker) => worker.status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    return numbered + claimed.length;
  }

  private async deliverInOrder(
    lane: readonly ClaimedDelivery[],
    attached: readonly DeclaredListener[],
    mayDeliver: () => boolean,
  ): Promise<void> {
    for (const [index, delivery] of lane.entries()) {
      if (!mayDeliver()) {
        await this.outbox.giveBack(lane.slice(index));
        return;
      }
      await this.deliver(delivery, attached);
    }
  }

  private async deliver(delivery: ClaimedDelivery, attached: readonly DeclaredListener[]): Promise<void> {
    const listener = attached.find(({ name }) => name === delivery.listener);
    if (listener === undefined) return;
    const { event } = delivery;
    if (delivery.attempts > retryDelays.length + 1) {
      await this.fail(delivery, new Error('The process ended each time while this was being delivered.'));
      return;
    }
    try {
      await runWithCorrelation(delivery.correlationId ?? event.id, () =>
        this.unitOfWork.run(event.workspaceId, async () => {
          if (await this.outbox.markDelivered(delivery))
            await this.emitter.emitAsync(channelOf(listener), event);
        }),
      );
    } catch (error) {
      await this.fail(delivery, error);
    }
  }

  private async fail(delivery: ClaimedDelivery, error: unknown): Promise<void> {
    const { event, listener, attempts } = delivery;
    const message = storable(error);
    const delay = retryDelays[attempts - 1] ?? null;
    this.logger.error({
      msg: 'listener failed',
      listener,
      eventId: event.id,
      type: event.type,
      attempts,
      err: error,
    });
    await this.unitOfWork.run(event.workspaceId, async () => {
      const mine = await this.outbox.markFailed(delivery, message, delay);
      if (!mine || delay !== null) return;
      await this.deadLetters.add({
        kind: 'delivery',
        subjectId: `${event.id}/${listener}`,
        reason: 'listener-failed',
        details: { listener, type: event.type, seq: event.seq, error: message },
      });
    });
  }
}

/** What has to be delivered in order, together; the lane whose first event is oldest comes first. */
function lanesOf(claimed: readonly ClaimedDelivery[]): ClaimedDelivery[][] {
  const lanes = new Map<string, ClaimedDelivery[]>();
  for (const delivery of claimed) {
    const name = `${delivery.event.workspaceId}/${delivery.listener}`;
    const lane = lanes.get(name);
    if (lane === undefined) lanes.set(name, [delivery]);
    else lane.push(delivery);
  }
  return [...lanes.values()];
}

/** PostgreSQL stores no NUL, and a listener's error must never fail the next listener's delivery. */
function storable(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return text.replaceAll('\0', '').slice(0, keptMessage);
}
