/**
 * Something that has happened, told to other modules. Subclasses are one per file, named in the past tense, with a static
 * `type` (`publishing.publication-published`) and `version`; their data is plain JSON: ids, never entities, never secrets.
 */
export abstract class DomainEvent<D extends object = object> {
  constructor(
    readonly workspaceId: string,
    readonly data: Readonly<D>,
  ) {}
}

/** The class of an event. */
export interface DomainEventClass<D extends object = object> {
  readonly type: string;
  readonly version: number;
  new (workspaceId: string, data: D): DomainEvent<D>;
}

/** An event as a listener gets it: recorded, numbered within its workspace, delivered at least once. */
export interface DeliveredEvent<D extends object = object> {
  readonly id: string;
  /** 1..n per workspace, without gaps. */
  readonly seq: number;
  readonly workspaceId: string;
  readonly type: string;
  readonly version: number;
  readonly data: Readonly<D>;
  readonly occurredAt: Date;
}
