import { Injectable } from '@nestjs/common';
import { renditionsOf, type TargetContent } from '../../platforms/core/index.js';
import { PostReader } from '../content/index.js';
import { MediaRenditions, MediaUses } from '../media/index.js';
import type { PlanEntity } from './entities/plan.entity.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { PlanRepository } from './plan.repository.js';
import { PublicationRepository } from './publication.repository.js';

/** Fixes what the targets of a plan say, under the post's revision at that moment. */
@Injectable()
export class PlanFreezer {
  constructor(
    private readonly plans: PlanRepository,
    private readonly publications: PublicationRepository,
    private readonly posts: PostReader,
    private readonly media: MediaUses,
    private readonly renditions: MediaRenditions,
  ) {}

  /** The publication with its content; freezes the plan when nobody has. */
  async frozen(publicationId: string): Promise<PublicationEntity> {
    const seen = await this.find(publicationId);
    if (seen.content !== null) return seen;
    const plan = await this.plans.lock(seen.planId);
    if (plan !== null) await this.freeze(plan);
    return this.find(publicationId);
  }

  /** The plan must be locked. Does nothing when its content is fixed already or the post is gone. */
  async freeze(plan: PlanEntity): Promise<void> {
    if (plan.contentRevision !== null) return;
    const composed = await this.posts.compose(plan.postId);
    if (composed === null) return;
    const rows = await this.publications.findOfPlan(plan.id);
    const contents = rows.flatMap(({ id, targetId }) => {
      const target = composed.targets.find((candidate) => candidate.targetId === targetId);
      return target === undefined ? [] : [{ id, content: target.content }];
    });
    await this.publications.freeze(contents, composed.revision);
    await this.media.hold(
      plan.postId,
      plan.id,
      composed.targets.flatMap((target) => mediaOf(target.content)),
    );
    await this.renditions.order(composed.targets.flatMap((target) => renditionsOf(target.content)));
    await this.plans.update(plan, { contentRevision: composed.revision });
  }

  private async find(publicationId: string): Promise<PublicationEntity> {
    const row = await this.publications.find(publicationId);
    if (row === null) throw new Error(`publication ${publicationId} is gone`);
    return row;
  }
}

function mediaOf({ media, thread }: TargetContent): string[] {
  return [...media, ...thread.flatMap((part) => part.media)].map((item) => item.id);
}
