import { Injectable } from '@nestjs/common';
import { ConflictError } from '../../common/errors/index.js';
import { PlanReader, type PublicationStatus } from '../../modules/publishing/index.js';

const out: readonly PublicationStatus[] = ['published', 'unconfirmed'];

/** What the platforms have of a post already, by Publishing's own rows: Content hears of it a moment later. Inside a unit of work. */
@Injectable()
export class PostOutput {
  constructor(private readonly plans: PlanReader) {}

  /** @throws ConflictError when a target is published, or may be. */
  async assertNothingOut(postId: string): Promise<void> {
    for (const status of out) {
      const [found] = await this.plans.listPublications({ postId, status, limit: 1 });
      if (found !== undefined) throw alreadyGoingOut();
    }
  }

  /** A date of its own for a post that has a plan would publish it a second time. */
  async assertNothingPlanned(postId: string): Promise<void> {
    const latest = await this.plans.latestOf(postId);
    if (latest !== null && latest.status !== 'canceled') throw alreadyGoingOut();
  }
}

export function alreadyGoingOut(): ConflictError {
  return new ConflictError('The post is going out already, or has gone out.', { code: 'already-going-out' });
}
