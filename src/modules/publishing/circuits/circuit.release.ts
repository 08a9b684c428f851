import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../../common/database/index.js';
import { EventRecorder } from '../../../common/events/index.js';
import { PlatformResumed } from '../events/index.js';
import { WakeQueue } from '../wake.queue.js';
import { CircuitRepository } from './circuit.repository.js';

/** Lets those go on that wait behind a circuit which has closed, in every workspace, spread out. */
@Injectable()
export class CircuitRelease {
  private readonly logger = new Logger(CircuitRelease.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly circuits: CircuitRepository,
    private readonly recorder: EventRecorder,
    private readonly wakes: WakeQueue,
  ) {}

  /** Run when a circuit closes, and again by the sweep for what a crash left behind. */
  async releaseAll(): Promise<void> {
    for (const { workspaceId, circuit } of await this.circuits.leftWaiting()) {
      try {
        await this.unitOfWork.run(workspaceId, () => this.release(circuit));
      } catch (error) {
        this.logger.warn({
          msg: 'waiting publications were not woken; the sweep repeats it',
          circuit,
          err: error,
        });
      }
    }
  }

  private async release(circuit: string): Promise<void> {
    if (!(await this.circuits.endWaiting(circuit))) return;
    for (const { id, ...wake } of await this.circuits.wakeWaiting(circuit)) this.wakes.publication(id, wake);
    const { workspaceId } = this.unitOfWork;
    const platform = circuit.split(':', 1)[0] ?? circuit;
    this.recorder.record(new PlatformResumed(workspaceId, { platform }));
  }
}
