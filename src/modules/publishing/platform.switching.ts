import { Injectable, Logger } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PlatformSwitches, type Switch } from './platform.switches.js';
import { WaitingRepository } from './waiting.repository.js';
import { WakeQueue } from './wake.queue.js';

/** Switches platforms, and lets those look again that wait for one. */
@Injectable()
export class PlatformSwitching {
  private readonly logger = new Logger(PlatformSwitching.name);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly switches: PlatformSwitches,
    private readonly waiting: WaitingRepository,
    private readonly wakes: WakeQueue,
  ) {}

  /** Inside a unit of work. A switch of the instance reaches the other workspaces once it is committed. */
  async switch(platform: string, to: Switch): Promise<void> {
    const here = this.unitOfWork.workspaceId;
    await this.switches.set(platform, to);
    await this.reach(platform, to);
    if (to.scope === 'instance') this.unitOfWork.afterCommit(() => this.reachOthers(here, platform, to));
  }

  private async reach(platform: string, to: Switch): Promise<void> {
    await this.switches.tell(platform, to);
    await this.wake(platform);
  }

  private async wake(platform: string): Promise<void> {
    for (const { id, ...wake } of await this.waiting.wakeForSwitch(platform)) {
      this.wakes.publication(id, wake);
    }
  }

  /** Each workspace with something open there, on its own. What is not reached looks again within the hour. */
  private async reachOthers(here: string, platform: string, to: Switch): Promise<void> {
    for (const workspaceId of await this.waiting.workspacesWithOpen(platform)) {
      if (workspaceId === here) continue;
      try {
        await this.unitOfWork.run(workspaceId, () => this.reach(platform, to));
      } catch (error) {
        this.logger.warn({
          msg: 'a workspace was not told of a switch; what waits there looks again by itself',
          workspaceId,
          platform,
          err: error,
        });
      }
    }
  }
}
