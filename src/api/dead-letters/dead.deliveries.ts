import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { DeadLetterRepository } from '../../common/events/index.js';
import { parsePublicId, toPublicId } from '../../common/ids/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import type { Plain } from '../common/plain.js';
import { type DeadDeliveryListDto, type DeadDeliveryQuery, toDeadDelivery } from './dead-delivery.dto.js';

const defaultLimit = 25;

/** Deliveries that were given up, for operators. */
@Injectable()
export class DeadDeliveries {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly letters: DeadLetterRepository,
    private readonly audit: AuditLog,
  ) {}

  async list(workspaceId: string, query: DeadDeliveryQuery): Promise<Plain<DeadDeliveryListDto>> {
    const limit = query.limit ?? defaultLimit;
    const before = query.cursor === undefined ? null : parsePublicId('dead', query.cursor);
    const found = await this.unitOfWork.run(workspaceId, () =>
      this.letters.list({ limit: limit + 1, ...(before === null ? {} : { before }) }),
    );
    const items = found.slice(0, limit);
    const last = items.at(-1);
    return {
      items: items.map(toDeadDelivery),
      nextCursor: found.length > limit && last !== undefined ? toPublicId('dead', last.id) : null,
    };
  }

  retry({ workspaceId, keyId }: Caller, id: string): Promise<void> {
    return this.unitOfWork.run(workspaceId, async () => {
      if (!(await this.letters.revive(id)))
        throw new NotFoundError('There is no such dead letter.', { code: 'dead_letter_not_found' });
      await this.audit.record({
        keyId,
        action: 'delivery.retried',
        subjectType: 'dead-letter',
        subjectId: id,
      });
    });
  }
}
