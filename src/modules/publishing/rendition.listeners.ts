import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import {
  RenditionFailed,
  type RenditionFailedData,
  RenditionReady,
  type RenditionReadyData,
} from '../media/events/index.js';
import { WaitingRepository } from './waiting.repository.js';
import { WakeQueue } from './wake.queue.js';

/** Wakes what waits for a file as soon as there is news of it. */
@Injectable()
export class RenditionListeners {
  constructor(
    private readonly waiting: WaitingRepository,
    private readonly wakes: WakeQueue,
  ) {}

  @OnDomainEvent(RenditionReady, 'publishing.wake-when-rendition-is-ready')
  async onReady({ data }: DeliveredEvent<RenditionReadyData>): Promise<void> {
    await this.wake(data.sourceSha256);
  }

  @OnDomainEvent(RenditionFailed, 'publishing.wake-when-rendition-failed')
  async onFailed({ data }: DeliveredEvent<RenditionFailedData>): Promise<void> {
    await this.wake(data.sourceSha256);
  }

  private async wake(sourceSha256: string): Promise<void> {
    for (const { id, wakeNo } of await this.waiting.wakeForMedia(sourceSha256)) {
      this.wakes.publication(id, { wakeNo, inMs: 0 });
    }
  }
}
