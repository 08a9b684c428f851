import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { Handover } from './handover.js';
import { type DueOccurrence, OccurrencesRepository, type SweepPosition } from './occurrences.repository.js';

const batchSize = 500;
/** Occurrences of one transaction: short enough that an edit of one of them hardly waits. */
const unitSize = 50;

/** Finds what is near, in every workspace. Any number of processes may sweep at once; each date is handed over by one. */
@Injectable()
export class OccurrenceSweep {
  private readonly logger = new Logger(OccurrenceSweep.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly repository: OccurrencesRepository,
    private readonly handover: Handover,
  ) {}

  /** Answers how many it has handed over. What fails in one workspace is logged and left to the next sweep. */
  async sweepOnce(): Promise<number> {
    let handedOver = 0;
    let position: SweepPosition | null = null;
    for (;;) {
      const { due, end } = await this.repository.findDue(position, batchSize);
      for (const unit of unitsOf(due)) handedOver += await this.handOverUnit(unit);
      if (due.length < batchSize) return handedOver;
      position = end;
    }
  }

  private async handOverUnit({ workspaceId, occurrenceIds }: Unit): Promise<number> {
    try {
      return await this.unitOfWork.run(workspaceId, () => this.handover.handOver(occurrenceIds));
    } catch (error) {
      this.logger.error({
        msg: 'occurrences were not handed over; the next sweep repeats it',
        workspaceId,
        err: error,
      });
      return 0;
    }
  }
}

interface Unit {
  readonly workspaceId: string;
  readonly occurrenceIds: readonly string[];
}

/** Per workspace, a few at a time, the workspaces in turn: a backlog of one does not hold up the others. */
function unitsOf(due: readonly DueOccurrence[]): Unit[] {
  const byWorkspace = new Map<string, string[]>();
  for (const { workspaceId, occurrenceId } of due) {
    const ids = byWorkspace.get(workspaceId);
    if (ids === undefined) byWorkspace.set(workspaceId, [occurrenceId]);
    else ids.push(occurrenceId);
  }
  const rounds = Math.ceil(Math.max(0, ...[...byWorkspace.values()].map((ids) => ids.length)) / unitSize);
  return Array.from({ length: rounds }, (_, round) =>
    [...byWorkspace].map(([workspaceId, ids]) => ({
      workspaceId,
      occurrenceIds: ids.slice(round * unitSize, (round + 1) * unitSize),
    })),
  )
    .flat()
    .filter((unit) => unit.occurrenceIds.length > 0);
}
