import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';

/** Seconds without a sign of life after which a process counts as gone; four signs are missing then. */
const patienceSeconds = 45;

/** Which kinds of processes are there. */
export interface Presence {
  readonly worker: boolean;
  readonly scheduler: boolean;
}

/** Reads the signs of life of all processes. Inside a unit of work. */
@Injectable()
export class ProcessReader {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  async presence(): Promise<Presence> {
    const [seen] = await this.unitOfWork.manager.query<Presence[]>(
      `SELECT coalesce(bool_or(role = ANY (ARRAY['all', 'worker'])), false) AS worker,
              coalesce(bool_or(role = ANY (ARRAY['all', 'scheduler'])), false) AS scheduler
         FROM processes WHERE seen_at > (SELECT fanfare.now()) - make_interval(secs => $1)`,
      [patienceSeconds],
    );
    return seen ?? { worker: false, scheduler: false };
  }
}
