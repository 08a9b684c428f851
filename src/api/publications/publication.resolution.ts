import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ValidationFailedError, type Violation } from '../../common/errors/index.js';
import { AuditLog, type Caller } from '../../modules/accounts/index.js';
import { type Judgement, ResolveService } from '../../modules/publishing/index.js';
import type { ResolveDto } from './resolve.dto.js';

/** A person's word on what cannot be told from the platform. */
@Injectable()
export class PublicationResolution {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly resolves: ResolveService,
    private readonly audit: AuditLog,
  ) {}

  resolve({ workspaceId, keyId }: Caller, publicationId: string, body: ResolveDto): Promise<void> {
    const judgement = judgementOf(body);
    return this.unitOfWork.run(
      workspaceId,
      async () => {
        await this.resolves.resolve(workspaceId, publicationId, judgement);
        await this.audit.record({
          keyId,
          action: 'publication.resolved',
          subjectType: 'publication',
          subjectId: publicationId,
          details: judgement,
        });
      },
      { durable: true },
    );
  }
}

function judgementOf({ verdict, platformPostId, permalink, retry, commit }: ResolveDto): Judgement {
  const which = commit === undefined ? {} : { commit };
  if (verdict === 'published') {
    if (retry === true) throw misplaced('/retry', 'What is published is not sent once more.');
    return { verdict, platformPostId: platformPostId ?? null, permalink: permalink ?? null, ...which };
  }
  if ((platformPostId ?? null) !== null)
    throw misplaced('/platformPostId', 'What is not published has no id.');
  if ((permalink ?? null) !== null) throw misplaced('/permalink', 'What is not published has no address.');
  return { verdict, retry: retry ?? false, ...which };
}

function misplaced(pointer: string, message: string): ValidationFailedError {
  const violation: Violation = {
    pointer,
    rule: 'contradicts_verdict',
    message,
    remedy: 'Leave the field out, or give the other verdict.',
  };
  return new ValidationFailedError([violation]);
}
