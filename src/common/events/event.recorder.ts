import { Injectable } from '@nestjs/common';
import { UnitOfWork, UnitOfWorkError } from '../database/index.js';
import { newId } from '../ids/index.js';
import { correlationId } from '../logging/index.js';
import type { DomainEvent, DomainEventClass } from './domain-event.js';
import { EventRelay } from './event.relay.js';

/** Records events in the outbox of the open transaction, as its last statement; the relay takes them from there. */
@Injectable()
export class EventRecorder {
  private readonly pending = new WeakMap<object, DomainEvent[]>();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly relay: EventRelay,
  ) {}

  /** Throws UnitOfWorkError outside a unit of work or for another workspace's event. */
  record(event: DomainEvent): void {
    const { manager, workspaceId } = this.unitOfWork;
    if (event.workspaceId !== workspaceId) {
      throw new UnitOfWorkError(
        `An event of ${event.workspaceId} was recorded in a unit of work of ${workspaceId}.`,
      );
    }
    const waiting = this.pending.get(manager);
    if (waiting !== undefined) {
      waiting.push(event);
      return;
    }
    const events = [event];
    this.pending.set(manager, events);
    this.unitOfWork.beforeCommit(() => this.insert(manager, events));
    this.unitOfWork.afterCommit(() => this.relay.nudge());
  }

  private async insert(manager: object, events: readonly DomainEvent[]): Promise<void> {
    this.pending.delete(manager); // what a later hook of the same commit records gets an insert of its own
    const rows = events.map((event) => {
      const { type, version } = event.constructor as DomainEventClass;
      return { id: newId(), type, version, data: event.data, correlation_id: correlationId() ?? null };
    });
    await this.unitOfWork.manager.query(
      `INSERT INTO outbox (workspace_id, id, type, version, data, correlation_id)
       SELECT $1, r.id, r.type, r.version, r.data, r.correlation_id
         FROM jsonb_to_recordset($2::jsonb)
           AS r(id uuid, type text, version integer, data jsonb, correlation_id text)`,
      [this.unitOfWork.workspaceId, JSON.stringify(rows)],
    );
  }
}
