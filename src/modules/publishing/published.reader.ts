import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError } from '../../common/errors/index.js';
import {
  PlatformRegistry,
  type AccountRef,
  type BasePublisher,
  type PublishedPost,
  type TargetContent,
} from '../../platforms/core/index.js';
import { AccountDirectory } from '../accounts/index.js';
import type { PublicationEntity } from './entities/publication.entity.js';
import { LedgerRepository } from './ledger.repository.js';
import { PublicationRepository } from './publication.repository.js';

/** A publication that is out, with everything of it that people can see. */
export interface Published {
  readonly publication: PublicationEntity;
  readonly content: TargetContent;
  readonly account: AccountRef;
  readonly publisher: BasePublisher;
  /** In the order in which they went out; the first is the post itself. */
  readonly parts: readonly [PublishedPost, ...PublishedPost[]];
}

/** Reads what is out, inside the open unit of work. */
@Injectable()
export class PublishedReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
    private readonly ledger: LedgerRepository,
    private readonly accounts: AccountDirectory,
    private readonly registry: PlatformRegistry,
  ) {}

  /**
   * @throws NotFoundError when the workspace has no such publication.
   * @throws ConflictError when nothing of it is known to be out.
   */
  read(workspaceId: string, publicationId: string): Promise<Published> {
    return this.unitOfWork.run(workspaceId, async () => {
      const publication = await this.publications.find(publicationId);
      if (publication === null) throw noSuchPublication();
      const account = await this.accounts.find(publication.accountId);
      const { content, contentRevision } = publication;
      if (
        publication.state !== 'published' ||
        content === null ||
        contentRevision === null ||
        account === null
      )
        throw notPublished(publication.state);
      const { commits } = await this.ledger.read(publicationId, contentRevision);
      const [first, ...rest] = commits
        .filter(({ state }) => state === 'done')
        .sort((a, b) => a.position - b.position)
        .flatMap(({ key, result }) =>
          result === null ? [] : [{ key, ...result, details: result.details ?? {} }],
        );
      const { publisher } = this.registry.get(publication.platform);
      const itself = first ?? theOneThatAPersonNamed(publication, publisher.firstCommit);
      if (itself === null) throw notPublished(publication.state);
      return { publication, content, account: account.ref, publisher, parts: [itself, ...rest] };
    });
  }
}

/** A person may have said what is out without an id. */
function theOneThatAPersonNamed(
  { platformPostId, permalink }: PublicationEntity,
  key: string,
): PublishedPost | null {
  return platformPostId === null ? null : { key, platformPostId, permalink, details: {} };
}

function noSuchPublication(): NotFoundError {
  return new NotFoundError('There is no such publication.', { code: 'publication_not_found' });
}

function notPublished(state: string): ConflictError {
  return new ConflictError('Nothing of this publication is known to be out.', {
    code: 'not_published',
    details: { state, remedy: 'Only what is published can be asked for or deleted.' },
  });
}
