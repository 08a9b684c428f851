import { SetMetadata } from '@nestjs/common';
import type { JobDefinition } from './job.js';

export const PROCESSES_JOB = Symbol('fanfare:processes-job');

type Processor<P extends object> = (payload: P) => Promise<void>;

/** Marks the one method that processes a kind of job: `(payload) => Promise<void>`. */
export function ProcessesJob<P extends object>(job: JobDefinition<P>) {
  return (target: object, key: string | symbol, descriptor: TypedPropertyDescriptor<Processor<P>>): void => {
    SetMetadata(PROCESSES_JOB, job)(target, key, descriptor);
  };
}
