import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { AccountDirectory, AuditLog, BrandsService, type Caller } from '../../modules/accounts/index.js';
import { PostsService } from '../../modules/content/index.js';
import { HoldService, type HoldSubject } from '../../modules/publishing/index.js';

/** Holds and resumes what a caller names; once it is answered, nothing of it goes out any more. */
@Injectable()
export class Holding {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly holds: HoldService,
    private readonly posts: PostsService,
    private readonly accounts: AccountDirectory,
    private readonly brands: BrandsService,
    private readonly audit: AuditLog,
  ) {}

  hold(caller: Caller, subject: HoldSubject, reason: string | null): Promise<number> {
    return this.about(caller, subject, { done: 'held', reason }, () => this.holds.hold(subject, reason));
  }

  resume(caller: Caller, subject: HoldSubject): Promise<number> {
    return this.about(caller, subject, { done: 'resumed' }, () => this.holds.resume(subject));
  }

  private about(
    caller: Caller,
    subject: HoldSubject,
    { done, ...more }: { readonly done: string; readonly reason?: string | null },
    work: () => Promise<number>,
  ): Promise<number> {
    return this.unitOfWork.run(
      caller.workspaceId,
      async () => {
        await this.assertThere(subject);
        const publications = await work();
        await this.audit.record({
          keyId: caller.keyId,
          action: `${subject.scope}.${done}`,
          subjectType: subject.scope,
          subjectId: subject.subjectId,
          details: { publications, ...more },
        });
        return publications;
      },
      { durable: true },
    );
  }

  /** Posts are locked first of all, so that an edit and a hold do not wait for each other; nobody joins a brand meanwhile. */
  private async assertThere({ scope, subjectId }: HoldSubject): Promise<void> {
    if (scope === 'post') await this.posts.lock(subjectId);
    if (scope === 'brand') await this.brands.lock(subjectId);
    if (scope === 'account' && (await this.accounts.find(subjectId)) === null) {
      throw new NotFoundError('There is no such account.', { code: 'account_not_found' });
    }
  }
}
