import { Injectable } from '@nestjs/common';
import { LessThan, type Repository } from 'typeorm';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import { AccountEntity } from './entities/account.entity.js';
import { BrandEntity } from './entities/brand.entity.js';

/** Rows of `brands`, inside the open unit of work. */
@Injectable()
export class BrandRepository {
  constructor(private readonly unitOfWork: UnitOfWork) {}

  find(id: string): Promise<BrandEntity | null> {
    return this.rows.findOneBy(this.key(id));
  }

  /** `write` keeps everybody else out until the unit of work ends, `read` those who write. */
  lock(id: string, mode: 'read' | 'write'): Promise<BrandEntity | null> {
    return this.rows.findOne({ where: this.key(id), lock: { mode: `pessimistic_${mode}` } });
  }

  /** Newest first, starting behind the cursor. */
  list(cursor: string | undefined, limit: number): Promise<BrandEntity[]> {
    const { workspaceId } = this.unitOfWork;
    const where = { workspaceId, ...(cursor === undefined ? {} : { id: LessThan(cursor) }) };
    return this.rows.find({ where, order: { id: 'DESC' }, take: limit });
  }

  /** @throws the unique violation of `brands_name` */
  async insert(name: string): Promise<BrandEntity> {
    const key = this.key(newId());
    await this.rows.insert({ ...key, name });
    return this.rows.findOneByOrFail(key);
  }

  /** @throws the unique violation of `brands_name` */
  async rename(id: string, name: string): Promise<void> {
    await this.rows.update(this.key(id), { name });
  }

  async delete(id: string): Promise<void> {
    await this.rows.delete(this.key(id));
  }

  countAccounts(brandId: string): Promise<number> {
    const { manager, workspaceId } = this.unitOfWork;
    return manager.countBy(AccountEntity, { workspaceId, brandId });
  }

  async assign(accountId: string, brandId: string | null): Promise<void> {
    const { manager, workspaceId } = this.unitOfWork;
    await manager.update(AccountEntity, { workspaceId, id: accountId }, { brandId });
  }

  private key(id: string): { workspaceId: string; id: string } {
    return { workspaceId: this.unitOfWork.workspaceId, id };
  }

  private get rows(): Repository<BrandEntity> {
    return this.unitOfWork.manager.getRepository(BrandEntity);
  }
}
