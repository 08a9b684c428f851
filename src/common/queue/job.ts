/** A kind of job: which queue it lies in and what it carries. Payloads are ids; the processor loads fresh state. */
export interface JobDefinition<P extends object = object> {
  readonly queue: string;
  readonly name: string;
  /** Never set; carries the payload's type. */
  readonly payload?: P;
}

export function defineJob<P extends object>(queue: string, name: string): JobDefinition<P> {
  return Object.freeze({ queue, name });
}

export interface AddJobOptions {
  /** Neither `:` in it nor digits only. An id that is still retained makes the add a no-op. */
  readonly id: string;
  /** Milliseconds until the job may run; 0 or less: at once. */
  readonly delayMs?: number;
  /** 0 overtakes all, then 1, 2, … */
  readonly priority?: number;
}

/** Adds jobs. The queue is a hint: whatever is lost in it, a sweep finds in the database. */
export abstract class JobQueue {
  abstract add<P extends object>(job: JobDefinition<P>, payload: P, options: AddJobOptions): Promise<void>;

  /** What the jobs of a kind carry that have not ended, as far as the queue keeps any. */
  waiting<P extends object>(_job: JobDefinition<P>): Promise<P[]> {
    return Promise.resolve([]);
  }

  /** Rejects when the queue cannot be reached. */
  abstract ping(): Promise<void>;
}

/** Refuses ids that BullMQ refuses or would misread. */
export function assertJobId(id: string): void {
  if (id === '' || id.includes(':') || /^\d+$/.test(id)) throw new Error(`"${id}" cannot be a job id.`);
}
