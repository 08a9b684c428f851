import { getQueueToken } from '@nestjs/bullmq';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Queue } from 'bullmq';
import { JOB_DEFINITIONS } from './job.dispatcher.js';
import { type AddJobOptions, assertJobId, type JobDefinition, JobQueue } from './job.js';

const day = 24 * 60 * 60;
/** Milliseconds. Redis clients wait for a lost server without end; whoever adds a job must not. */
const answerLimit = 5_000;

/** The port over BullMQ, on PostgreSQL or Redis alike. No attempts, no backoff: waking again is the database's business. */
@Injectable()
export class BullJobQueue extends JobQueue implements OnModuleInit {
  private readonly logger = new Logger(BullJobQueue.name);

  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(JOB_DEFINITIONS) private readonly definitions: readonly JobDefinition[],
  ) {
    super();
  }

  onModuleInit(): void {
    for (const name of this.names) {
      this.queue(name).on('error', (error) => {
        this.logger.warn({ msg: 'queue connection', queue: name, err: error });
      });
    }
  }

  /** Rejects when a first connection failed. */
  async connected(): Promise<void> {
    const names = new Set(this.definitions.map((job) => job.queue));
    await Promise.all([...names].map((name) => this.queue(name).waitUntilReady()));
  }

  async add<P extends object>(job: JobDefinition<P>, payload: P, options: AddJobOptions): Promise<void> {
    assertJobId(options.id);
    await inTime(
      job.queue,
      this.queue(job.queue).add(job.name, payload, {
        jobId: options.id,
        delay: Math.max(0, Math.ceil(options.delayMs ?? 0)),
        priority: options.priority ?? 0,
        attempts: 1,
        removeOnComplete: { age: day, count: 1000 },
        removeOnFail: { age: 7 * day },
      }),
    );
  }

  override async waiting<P extends object>(job: JobDefinition<P>): Promise<P[]> {
    const jobs = await this.queue(job.queue).getJobs(['active', 'waiting', 'prioritized', 'delayed']);
    return jobs.filter(({ name }) => name === job.name).map(({ data }) => data as P);
  }

  async ping(): Promise<void> {
    await Promise.all(this.names.map((name) => inTime(name, this.queue(name).isPaused())));
  }

  /** Drops the connections, so that closing the queues afterwards does not wait for a store that is gone. */
  async abandon(): Promise<void> {
    await Promise.all(this.names.map((name) => this.queue(name).backend.close(true)));
  }

  private get names(): string[] {
    return [...new Set(this.definitions.map((job) => job.queue))];
  }

  private queue(name: string): Queue {
    return this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
  }
}

async function inTime(queue: string, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new Error(`The queue ${queue} did not answer within ${answerLimit} ms.`)),
      answerLimit,
    );
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
