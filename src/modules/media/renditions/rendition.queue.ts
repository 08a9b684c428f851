import { Injectable } from '@nestjs/common';
import { JobQueue } from '../../../common/queue/index.js';
import type { WokenRendition } from './renditions.repository.js';
import { makeRendition } from './rendition.jobs.js';

/** Adds jobs for renditions. What is lost of them, the sweep adds again. */
@Injectable()
export class RenditionQueue {
  constructor(private readonly queue: JobQueue) {}

  /** Small work overtakes large work, which would keep it waiting for long. */
  async add({ workspaceId, renditionId, wakeNo }: WokenRendition, isLarge: boolean): Promise<void> {
    const id = `${renditionId}.${wakeNo}`;
    await this.queue.add(makeRendition, { workspaceId, renditionId }, { id, priority: isLarge ? 2 : 1 });
  }
}
