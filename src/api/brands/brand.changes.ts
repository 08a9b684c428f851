import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { BrandsService, type Caller } from '../../modules/accounts/index.js';
import { HoldService } from '../../modules/publishing/index.js';

/** Changes of brands together with what is held by them: one unit of work. */
@Injectable()
export class BrandChanges {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly brands: BrandsService,
    private readonly holds: HoldService,
  ) {}

  /** Once it is answered, a hold of the new brand lets nothing of the account out. */
  async assign(caller: Caller, accountId: string, brandId: string | null): Promise<void> {
    await this.unitOfWork.run(
      caller.workspaceId,
      async () => {
        await this.brands.assign(caller, accountId, brandId);
        await this.holds.align({ scope: 'account', subjectId: accountId });
      },
      { durable: true },
    );
  }

  async remove(caller: Caller, brandId: string): Promise<void> {
    await this.unitOfWork.run(caller.workspaceId, async () => {
      await this.brands.remove(caller, brandId);
      await this.holds.resume({ scope: 'brand', subjectId: brandId });
    });
  }
}
