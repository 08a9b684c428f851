import { BullModule, BullRegistrar, OnWorkerEvent, Processor, WorkerHost } from '@nestjs/bullmq';
import {
  Inject,
  Injectable,
  Logger,
  Module,
  type BeforeApplicationShutdown,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type Type,
} from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { setDefaultBackendFactory, type ConnectionOptions, type Job } from 'bullmq';
import { AppConfig } from '../config/index.js';
import { databaseUrlOf, isDatabaseAway } from '../database/index.js';
import { BullJobQueue } from './bullmq.queue.js';
import { JOB_DEFINITIONS, JobDispatcher } from './job.dispatcher.js';
import { type JobDefinition, JobQueue } from './job.js';
import { createPersistentBackend } from './persistent.backend.js';

/** Milliseconds until a worker asks again for a job when nobody was there to answer. */
const runRetryDelay = 1_000;
/** Milliseconds after which a worker that went silent loses its jobs. The publication's lease guards the work itself. */
const lockDuration = 30_000;

function workerFor(queue: string, concurrency: number): Type<WorkerHost> {
  @Processor(queue, {
    concurrency,
    lockDuration,
    stalledInterval: lockDuration,
    maxStalledCount: 100,
    runRetryDelay,
  })
  class QueueWorker extends WorkerHost {
    private readonly logger = new Logger(`Worker ${queue}`);

    constructor(private readonly dispatcher: JobDispatcher) {
      super();
    }

    override async process(job: Job<object>): Promise<void> {
      await this.dispatcher.dispatch(queue, job.name, job.data);
    }

    @OnWorkerEvent('failed')
    onFailed(job: Job | undefined, error: Error): void {
      this.logger.error({ msg: 'job failed', queue, jobId: job?.id, job: job?.name, err: error });
    }

    @OnWorkerEvent('error')
    onError(error: Error): void {
      this.logger.warn({ msg: 'worker connection', queue, err: error });
    }
  }
  return QueueWorker;
}

/** Of one process: a store that was given up is not looked for any more. */
class Abandonment {
  isDecided = false;
}

/** Milliseconds between attempts to reach a lost Redis, at most. */
const slowestRetry = 2_000;

/** BullMQ types connections for Redis only; the PostgreSQL backend reads a node-postgres configuration. */
function connectionOf(config: AppConfig, abandonment: Abandonment): ConnectionOptions {
  if (config.redisUrl !== null) {
    const retryStrategy = (times: number): number | null =>
      abandonment.isDecided ? null : Math.min(times * 100, slowestRetry);
    return { url: config.redisUrl, maxRetriesPerRequest: null, retryStrategy };
  }
  const postgres = {
    connectionString: databaseUrlOf(config),
    options: '-c role=fanfare_app',
    max: 6,
    application_name: 'fanfare-queue',
  };
  return postgres;
}

const QUEUE_WORKERS = Symbol('fanfare:queue-workers');

/**
 * Starts the workers once every module is initialized, in processes whose role has workers. At shutdown no job is begun any
 * more, and the jobs under way end before anything else, such as the database's pool, goes away.
 */
@Injectable()
export class WorkerStarter implements OnApplicationBootstrap, OnModuleDestroy, BeforeApplicationShutdown {
  private readonly logger = new Logger(WorkerStarter.name);
  private started = false;

  constructor(
    private readonly config: AppConfig,
    private readonly registrar: BullRegistrar,
    private readonly queue: BullJobQueue,
    private readonly dispatcher: JobDispatcher,
    private readonly abandonment: Abandonment,
    @Inject(QUEUE_WORKERS) private readonly workers: readonly WorkerHost[],
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const onPostgres = this.config.redisUrl === null;
    if (onPostgres) await this.reached(this.queue.connected());
    if (this.config.role !== 'all' && this.config.role !== 'worker') return;
    this.registrar.register();
    this.started = true;
    if (onPostgres)
      await this.reached(Promise.all(this.workers.map(({ worker }) => worker.waitUntilReady())));
  }

  /** A store that is away now is reached later, by the queues and workers themselves; one that is not ours stops the start. */
  private async reached(connected: Promise<unknown>): Promise<void> {
    try {
      await connected;
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      this.logger.warn({ msg: 'the queue is away; it is reached when it is back', err: error });
    }
  }

  async onModuleDestroy(): Promise<void> {
    if (this.started) await Promise.all(this.workers.map(({ worker }) => worker.pause(true)));
  }

  async beforeApplicationShutdown(): Promise<void> {
    if (!this.started) return;
    // Without its Redis, a worker that is closed gently waits for it without end; its jobs are found by a sweep.
    const storeIsGone = await this.queue.ping().then(
      () => false,
      () => true,
    );
    if (storeIsGone) {
      this.abandonment.isDecided = true;
      await this.dispatcher.whenIdle();
      await this.queue.abandon();
    }
    await Promise.all(this.workers.map(({ worker }) => worker.close(storeIsGone)));
  }
}

export interface QueueOptions {
  readonly jobs: readonly JobDefinition[];
  readonly concurrency: number;
  /** Of single queues, by name, whose jobs burn CPU or move big bytes. */
  readonly concurrencyOf?: Readonly<Record<string, number>>;
  /** Replaces BullMQ, for tests that run jobs by hand: no queue, no worker, no connection. */
  readonly driver?: JobQueue;
}

@Module({})
export class QueueModule {
  static forRoot({ jobs, concurrency, concurrencyOf = {}, driver }: QueueOptions): DynamicModule {
    const shared = [JobDispatcher, { provide: JOB_DEFINITIONS, useValue: jobs }];
    if (driver !== undefined) {
      return {
        module: QueueModule,
        global: true,
        imports: [DiscoveryModule],
        providers: [...shared, { provide: JobQueue, useValue: driver }],
        exports: [JobQueue, JobDispatcher],
      };
    }
    const queues = [...new Set(jobs.map((job) => job.queue))];
    const abandonment = new Abandonment();
    const workers = queues.map((name) => workerFor(name, concurrencyOf[name] ?? concurrency));
    return {
      module: QueueModule,
      global: true,
      imports: [
        DiscoveryModule,
        BullModule.forRootAsync({
          inject: [AppConfig],
          useFactory: (config: AppConfig) => {
            if (config.redisUrl === null) setDefaultBackendFactory(createPersistentBackend);
            else setDefaultBackendFactory();
            return { connection: connectionOf(config, abandonment) };
          },
          extraOptions: { manualRegistration: true },
        }),
        ...queues.map((name) => BullModule.registerQueue({ name })),
      ],
      providers: [
        ...shared,
        { provide: Abandonment, useValue: abandonment },
        BullJobQueue,
        { provide: JobQueue, useExisting: BullJobQueue },
        WorkerStarter,
        ...workers,
        { provide: QUEUE_WORKERS, inject: workers, useFactory: (...hosts: WorkerHost[]) => hosts },
      ],
      exports: [JobQueue, JobDispatcher],
    };
  }
}
