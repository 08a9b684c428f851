import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PublicationEntity } from './entities/publication.entity.js';
import { endOf } from './ending.explanation.js';
import { PublicationRepository } from './publication.repository.js';
import { type PublicationView, viewOf } from './publication.view.js';
import { type UnsuccessfulEnd, type UnsuccessfulFilter, whereUnsuccessful } from './retry.filter.js';
import { isIncomplete } from './stored-error.js';

/** A publication that did not end well, and what can be done about it. */
export interface DeadLetterView {
  readonly publication: PublicationView;
  readonly ended: UnsuccessfulEnd;
  readonly endedAt: Date;
  readonly code: string;
  readonly message: string;
  readonly remedy: string | null;
}

export interface DeadLetterPage extends UnsuccessfulFilter {
  /** Id of the last row of the page before; newest first. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** What ended without success is read from the publications themselves: there is no second list that could disagree. Inside a unit of work. */
@Injectable()
export class DeadLetterReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly publications: PublicationRepository,
  ) {}

  async list({ before, limit, ...filter }: DeadLetterPage): Promise<DeadLetterView[]> {
    const query = this.unitOfWork.manager
      .createQueryBuilder(PublicationEntity, 'p')
      .where('p.workspace_id = :workspaceId', { workspaceId: this.unitOfWork.workspaceId })
      .orderBy('p.id', 'DESC')
      .limit(limit);
    whereUnsuccessful(query, filter);
    if (before !== undefined) query.andWhere('p.id < :before', { before });
    const now = await this.publications.now();
    return (await query.getMany()).map((row) => toDeadLetter(row, now));
  }
}

function toDeadLetter(row: PublicationEntity, now: Date): DeadLetterView {
  const { message, remedy } = endOf(row);
  const ended = isIncomplete(row) ? 'incomplete' : (row.state as UnsuccessfulEnd);
  return {
    publication: viewOf(row, now),
    ended,
    endedAt: row.settledAt ?? row.createdAt,
    code: row.error?.code ?? row.reason ?? ended,
    message,
    remedy,
  };
}
