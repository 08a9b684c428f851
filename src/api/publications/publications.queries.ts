import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { parsePublicId, toPublicId } from '../../common/ids/index.js';
import {
  type AttemptView,
  PlanReader,
  type PublicationView,
  TimelineReader,
} from '../../modules/publishing/index.js';
import type { Plain } from '../common/plain.js';
import type { PublicationListQuery } from './publication-queries.dto.js';
import type { PublicationListDto } from './publication.dto.js';
import { toPublication } from './publication.view.js';

const defaultLimit = 25;

/** Reads of publications for the API. */
@Injectable()
export class PublicationsQueries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly plans: PlanReader,
    private readonly timeline: TimelineReader,
  ) {}

  list(workspaceId: string, query: PublicationListQuery): Promise<Plain<PublicationListDto>> {
    const limit = query.limit ?? defaultLimit;
    return this.unitOfWork.run(workspaceId, async () => {
      const found = await this.plans.listPublications({ ...filterOf(query), limit: limit + 1 });
      const items = found.slice(0, limit);
      const last = items.at(-1);
      return {
        items: items.map(toPublication),
        nextCursor: found.length > limit && last !== undefined ? toPublicId('pub', last.id) : null,
      };
    });
  }

  get(workspaceId: string, publicationId: string): Promise<PublicationView> {
    return this.unitOfWork.run(workspaceId, () => this.require(publicationId));
  }

  attempts(workspaceId: string, publicationId: string): Promise<AttemptView[]> {
    return this.unitOfWork.run(workspaceId, async () => {
      await this.require(publicationId);
      return this.timeline.attempts(publicationId);
    });
  }

  private async require(publicationId: string): Promise<PublicationView> {
    const found = await this.plans.findPublication(publicationId);
    if (found !== null) return found;
    throw new NotFoundError('There is no such publication.', { code: 'publication_not_found' });
  }
}

function filterOf({ status, accountId, postId, cursor }: PublicationListQuery) {
  const id = (prefix: string, text: string | undefined): string | null =>
    text === undefined ? null : parsePublicId(prefix, text);
  const account = id('acc', accountId);
  const post = id('post', postId);
  const before = id('pub', cursor);
  return {
    ...(status === undefined ? {} : { status }),
    ...(account === null ? {} : { accountId: account }),
    ...(post === null ? {} : { postId: post }),
    ...(before === null ? {} : { before }),
  };
}
