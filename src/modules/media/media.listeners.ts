import { Injectable } from '@nestjs/common';
import { type DeliveredEvent, OnDomainEvent } from '../../common/events/index.js';
import { PlanSettled, type PlanSettledData } from '../publishing/events/index.js';
import { AssetsRepository } from './assets.repository.js';
import { UsesRepository } from './uses.repository.js';

/** What becomes of the files of a plan that has ended. */
@Injectable()
export class MediaListeners {
  constructor(
    private readonly uses: UsesRepository,
    private readonly assets: AssetsRepository,
  ) {}

  /** One success at least sends the files to the archive; what may be tried again keeps them from being deleted. */
  @OnDomainEvent(PlanSettled, 'media.archive-plan')
  async archive({ data }: DeliveredEvent<PlanSettledData>): Promise<void> {
    const { planId, postId, status, outcome } = data;
    if (outcome === 'complete' || outcome === 'partial') {
      await this.assets.archive(await this.uses.finish(postId, planId));
    }
    if (outcome === 'complete' || status === 'canceled') await this.uses.endOfHolder(planId);
  }
}
