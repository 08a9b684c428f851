import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { newId } from '../ids/index.js';
import { runWithCorrelation } from '../logging/index.js';
import type { JobDefinition } from './job.js';
import { PROCESSES_JOB } from './processor.decorator.js';

/** DI token of the list of all kinds of jobs. */
export const JOB_DEFINITIONS = Symbol('fanfare:job-definitions');

/** A kind of job without a processor, with two, or unknown; stops the boot. */
export class JobWiringError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'JobWiringError';
  }
}

interface FoundProcessor {
  readonly owner: string;
  readonly instance: object;
  run(payload: object): Promise<void>;
}

const keyOf = (queue: string, name: string): string => `${queue}/${name}`;

/** Knows the processor of each kind of job. */
@Injectable()
export class JobDispatcher implements OnModuleInit {
  private readonly running = new Set<Promise<void>>();
  private readonly processors = new Map<string, FoundProcessor>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
    @Inject(JOB_DEFINITIONS) private readonly definitions: readonly JobDefinition[],
  ) {}

  onModuleInit(): void {
    for (const wrapper of this.discovery.getProviders()) {
      const instance: unknown = wrapper.instance;
      if (typeof instance === 'object' && instance !== null) this.collect(instance);
    }
    for (const { queue, name } of this.definitions) {
      if (this.processors.has(keyOf(queue, name))) continue;
      throw new JobWiringError(
        `No method processes the job ${keyOf(queue, name)}; mark one with @ProcessesJob.`,
      );
    }
  }

  async dispatch(queue: string, name: string, payload: object): Promise<void> {
    const processor = this.processors.get(keyOf(queue, name));
    if (processor === undefined) throw new JobWiringError(`Nobody processes the job ${keyOf(queue, name)}.`);
    const run = runWithCorrelation(correlationOf(payload) ?? newId(), () => processor.run(payload));
    this.running.add(run);
    try {
      await run;
    } finally {
      this.running.delete(run);
    }
  }

  /** Resolves when the jobs that run now have ended. */
  async whenIdle(): Promise<void> {
    await Promise.allSettled([...this.running]);
  }

  private collect(instance: object): void {
    const prototype: unknown = Object.getPrototypeOf(instance);
    if (typeof prototype !== 'object' || prototype === null) return;
    for (const method of this.scanner.getAllMethodNames(prototype)) {
      const handler: unknown = Reflect.get(instance, method);
      if (!isProcessor(handler)) continue;
      const job = this.reflector.get<JobDefinition | undefined>(PROCESSES_JOB, handler);
      if (job === undefined) continue;
      this.register(job, {
        owner: `${instance.constructor.name}.${method}`,
        instance,
        run: (payload) => handler.call(instance, payload),
      });
    }
  }

  private register(job: JobDefinition, found: FoundProcessor): void {
    const { owner } = found;
    const key = keyOf(job.queue, job.name);
    const other = this.processors.get(key);
    // An alias of a provider is the same instance once more.
    if (other !== undefined && (other.owner !== owner || other.instance !== found.instance)) {
      throw new JobWiringError(`${other.owner} and ${owner} both process the job ${key}.`);
    }
    if (!this.definitions.some((definition) => keyOf(definition.queue, definition.name) === key)) {
      throw new JobWiringError(`${owner} processes the job ${key}, which no module declares.`);
    }
    this.processors.set(key, found);
  }
}

function isProcessor(handler: unknown): handler is (payload: object) => Promise<void> {
  return typeof handler === 'function';
}

function correlationOf(payload: object): string | undefined {
  return 'correlationId' in payload && typeof payload.correlationId === 'string'
    ? payload.correlationId
    : undefined;
}
