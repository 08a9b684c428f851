import { getQueueToken } from '@nestjs/bullmq';
import { Injectable, Logger } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { Queue } from 'bullmq';
import { type AddJobOptions, assertJobId, type JobDefinition, JobQueue } from './job.js';

const day = 24 * 60 * 60;

/** The port over BullMQ, on PostgreSQL or Redis alike. No attempts, no backoff: waking again is the database's business. */
@Injectable()
export class BullJobQueue extends JobQueue {
  private readonly logger = new Logger(BullJobQueue.name);
  private readonly watched = new Set<string>();

  constructor(private readonly moduleRef: ModuleRef) {
    super();
  }

  async add<P extends object>(job: JobDefinition<P>, payload: P, options: AddJobOptions): Promise<void> {
    assertJobId(options.id);
    await this.queue(job.queue).add(job.name, payload, {
      jobId: options.id,
      delay: Math.max(0, Math.ceil(options.delayMs ?? 0)),
      priority: options.priority ?? 0,
      attempts: 1,
      removeOnComplete: { age: day, count: 1000 },
      removeOnFail: { age: 7 * day },
    });
  }

  private queue(name: string): Queue {
    const queue = this.moduleRef.get<Queue>(getQueueToken(name), { strict: false });
    if (!this.watched.has(name)) {
      queue.on('error', (error) => this.logger.warn({ msg: 'queue connection', queue: name, err: error }));
      this.watched.add(name);
    }
    return queue;
  }
}
