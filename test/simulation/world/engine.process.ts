import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter2 } from '@nestjs/event-emitter';
import { DataSource } from 'typeorm';
import { Clock } from '../../../src/common/clock/index.js';
import { AppConfig } from '../../../src/common/config/index.js';
import { KeyRing } from '../../../src/common/crypto/key-ring.js';
import { Signer } from '../../../src/common/crypto/index.js';
import { UnitOfWork } from '../../../src/common/database/index.js';
import { EventRelay } from '../../../src/common/events/index.js';
import { AddressGuard } from '../../../src/common/http/address.guard.js';
import type { exchange } from '../../../src/common/http/exchange.js';
import { HttpClient } from '../../../src/common/http/index.js';
import { type AddJobOptions, type JobDefinition, JobQueue } from '../../../src/common/queue/index.js';
import { PROCESSES_JOB } from '../../../src/common/queue/processor.decorator.js';
import { Delay as AccountsDelay } from '../../../src/modules/accounts/delay.js';
import { PlanProjection } from '../../../src/modules/content/index.js';
import { MediaListeners } from '../../../src/modules/media/media.listeners.js';
import { MediaStorage } from '../../../src/modules/media/storage/media.storage.js';
import { Delay } from '../../../src/modules/publishing/delay.js';
import { PublishProcessor } from '../../../src/modules/publishing/publish.processor.js';
import { PublishingListeners } from '../../../src/modules/publishing/publishing.listeners.js';
import { OccurrenceListeners } from '../../../src/modules/scheduling/occurrence.listeners.js';
import { PlatformRegistry } from '../../../src/platforms/core/index.js';
import { platformKinds } from '../platform/kinds.js';
import { ModelConnector, ModelPublisher } from '../platform/model.publisher.js';
import { Injector, type Token } from './injector.js';
import type { SimulatedProcess } from './processes.js';

const listenerMetadata = 'EVENT_LISTENER_METADATA';
const listeners = [PublishingListeners, OccurrenceListeners, PlanProjection, MediaListeners];

/** What a process shares with the others, and what its machine gives it. */
export interface Surroundings {
  readonly dataSource: DataSource;
  readonly config: AppConfig;
  readonly replaced: ReadonlyMap<Token, Token>;
  readonly exchange: typeof exchange;
  wait(ms: number): Promise<void>;
  addJob(job: JobDefinition, payload: object, options: AddJobOptions): Promise<void>;
}

/** The engine's own services, wired as in a process of it, over the simulation's clock, network, queue and driver. */
export class EngineProcess {
  private readonly injector: Injector;

  constructor(
    readonly machine: SimulatedProcess,
    private readonly around: Surroundings,
    private readonly monotonicMs: () => number,
  ) {
    this.injector = new Injector(this.provided(), around.replaced);
    const registry = this.get(PlatformRegistry);
    const http = this.get(HttpClient);
    for (const kind of platformKinds) {
      const publisher = new ModelPublisher(http, kind);
      registry.register({ descriptor: publisher.descriptor, publisher, connector: new ModelConnector() });
    }
    const emitter = this.get(EventEmitter2);
    for (const listener of listeners) attach(emitter, this.get<object>(listener));
  }

  /** Node keeps every storage that was ever used in mind with every promise, until it is told not to. */
  end(): void {
    const scopes: unknown = Reflect.get(this.get(UnitOfWork), 'scopes');
    if (scopes instanceof AsyncLocalStorage) scopes.disable();
  }

  get<T>(token: abstract new (...args: never[]) => T): T {
    return this.injector.get(token);
  }

  /** Delivers what can be delivered now. */
  relay(): Promise<void> {
    return this.get(EventRelay).drain();
  }

  async dispatch(name: string, payload: object): Promise<void> {
    const processor = this.get(PublishProcessor);
    for (const method of Object.getOwnPropertyNames(PublishProcessor.prototype)) {
      const handler: unknown = Reflect.get(PublishProcessor.prototype, method);
      if (typeof handler !== 'function') continue;
      const job = Reflect.getMetadata(PROCESSES_JOB, handler) as JobDefinition | undefined;
      if (job?.name !== name) continue;
      await (handler as (payload: object) => Promise<void>).call(processor, payload);
      return;
    }
    throw new Error(`nobody processes ${name}`);
  }

  private provided(): ReadonlyMap<Token, () => unknown> {
    const { machine, around, monotonicMs } = this;
    class SimulatedClock extends Clock {
      now(): Date {
        return new Date(machine.wallMs());
      }
      monotonicMs(): number {
        return monotonicMs();
      }
    }
    class SimulatedQueue extends JobQueue {
      add<P extends object>(job: JobDefinition<P>, payload: P, options: AddJobOptions): Promise<void> {
        return around.addJob(job, payload, options);
      }
      ping(): Promise<void> {
        return Promise.resolve();
      }
    }
    const { config } = around;
    const clock = new SimulatedClock();
    const guard = new AddressGuard(config.allowAddresses);
    const http = new HttpClient({ guard, clock, exchange: around.exchange });
    return new Map<Token, () => unknown>([
      [AppConfig, () => config],
      [DataSource, () => around.dataSource],
      [Clock, () => clock],
      [JobQueue, () => new SimulatedQueue()],
      [HttpClient, () => http],
      [KeyRing, () => KeyRing.parse(config.encryptionKeys)],
      [Signer, () => new Signer(config.signingKey)],
      [EventEmitter2, () => new EventEmitter2({ wildcard: false, maxListeners: 1 })],
      [Delay, () => ({ for: (ms: number) => around.wait(ms) })],
      [AccountsDelay, () => ({ wait: (ms: number) => around.wait(ms) })],
      [MediaStorage, () => ({ presigns: false })],
    ]);
  }
}

function attach(emitter: EventEmitter2, listener: object): void {
  const prototype = Object.getPrototypeOf(listener) as Record<string, (...values: unknown[]) => unknown>;
  for (const method of Object.getOwnPropertyNames(prototype)) {
    const handler = prototype[method];
    if (typeof handler !== 'function') continue;
    const found = (Reflect.getMetadata(listenerMetadata, handler) ?? []) as { event: string }[];
    for (const { event } of found)
      emitter.on(event, (...values: unknown[]) => handler.call(listener, ...values));
  }
}
