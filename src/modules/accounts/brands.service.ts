import { Injectable } from '@nestjs/common';
import { isUniqueViolation, UnitOfWork } from '../../common/database/index.js';
import { ConflictError, NotFoundError, ValidationFailedError } from '../../common/errors/index.js';
import { AccountRepository } from './account.repository.js';
import { noSuchAccount } from './accounts.failures.js';
import { AuditLog } from './audit.log.js';
import { BrandRepository } from './brand.repository.js';
import type { Caller } from './caller.js';
import type { BrandEntity } from './entities/brand.entity.js';

export interface BrandView {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

/** Newest first. */
export interface BrandPage {
  readonly items: readonly BrandView[];
  /** A brand id; null on the last page. */
  readonly nextCursor: string | null;
}

/** Groups of accounts in a workspace. Each method opens a unit of work, or joins the one that is open. */
@Injectable()
export class BrandsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly brands: BrandRepository,
    private readonly accounts: AccountRepository,
    private readonly audit: AuditLog,
  ) {}

  list(workspaceId: string, page: { cursor?: string | undefined; limit: number }): Promise<BrandPage> {
    return this.unitOfWork.run(workspaceId, async () => {
      const rows = await this.brands.list(page.cursor, page.limit + 1);
      const items = rows.slice(0, page.limit).map(toView);
      return { items, nextCursor: rows.length > page.limit ? (items.at(-1)?.id ?? null) : null };
    });
  }

  /** @throws NotFoundError */
  get(workspaceId: string, id: string): Promise<BrandView> {
    return this.unitOfWork.run(workspaceId, async () => toView(required(await this.brands.find(id))));
  }

  /** @throws ValidationFailedError when another brand of the workspace has the name. */
  create(caller: Caller, name: string): Promise<BrandView> {
    return this.unitOfWork.run(caller.workspaceId, async () => {
      const row = await named(() => this.brands.insert(name));
      await this.note(caller, row.id, 'brand.created', { name });
      return toView(row);
    });
  }

  /** @throws NotFoundError, ValidationFailedError when another brand of the workspace has the name. */
  rename(caller: Caller, id: string, name: string): Promise<BrandView> {
    return this.unitOfWork.run(caller.workspaceId, async () => {
      const row = required(await this.brands.lock(id, 'write'));
      if (row.name === name) return toView(row);
      await named(() => this.brands.rename(id, name));
      await this.note(caller, id, 'brand.renamed', { from: row.name, to: name });
      return toView({ id, name, createdAt: row.createdAt });
    });
  }

  /** @throws NotFoundError, ConflictError while accounts belong to it. */
  remove(caller: Caller, id: string): Promise<void> {
    return this.unitOfWork.run(caller.workspaceId, async () => {
      const { name } = await this.lock(id);
      const accounts = await this.brands.countAccounts(id);
      if (accounts > 0) throw notEmpty(accounts);
      await this.brands.delete(id);
      await this.note(caller, id, 'brand.deleted', { name });
    });
  }

  /** No account joins it until the unit of work ends. @throws NotFoundError */
  async lock(id: string): Promise<BrandView> {
    return toView(required(await this.brands.lock(id, 'write')));
  }

  /** Null: to no brand. @throws NotFoundError, ValidationFailedError when there is no such brand. */
  assign(caller: Caller, accountId: string, brandId: string | null): Promise<void> {
    return this.unitOfWork.run(caller.workspaceId, async () => {
      if (brandId !== null && (await this.brands.lock(brandId, 'read')) === null) throw unknownBrand();
      const account = await this.accounts.lock(accountId);
      if (account === null) throw noSuchAccount();
      if (account.brandId === brandId) return;
      await this.brands.assign(accountId, brandId);
      await this.audit.record({
        keyId: caller.keyId,
        action: 'account.assigned',
        subjectType: 'account',
        subjectId: accountId,
        details: { from: account.brandId, to: brandId },
      });
    });
  }

  private note({ keyId }: Caller, subjectId: string, action: string, details: object): Promise<void> {
    return this.audit.record({ keyId, action, subjectType: 'brand', subjectId, details });
  }
}

export function unknownBrand(): ValidationFailedError {
  return new ValidationFailedError([
    {
      pointer: '/brandId',
      rule: 'brand_unknown',
      message: 'There is no such brand in this workspace.',
      remedy: 'Take the id from GET /api/v1/brands, or null for no brand.',
    },
  ]);
}

function toView({ id, name, createdAt }: Pick<BrandEntity, 'id' | 'name' | 'createdAt'>): BrandView {
  return { id, name, createdAt };
}

function required(row: BrandEntity | null): BrandEntity {
  if (row === null) throw new NotFoundError('There is no such brand.', { code: 'brand_not_found' });
  return row;
}

async function named<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!isUniqueViolation(error, 'brands_name')) throw error;
    throw new ValidationFailedError([
      {
        pointer: '/name',
        rule: 'name_taken',
        message: 'Another brand of this workspace has this name.',
        remedy: 'Choose another name, or rename that one first.',
      },
    ]);
  }
}

function notEmpty(accounts: number): ConflictError {
  return new ConflictError(
    accounts === 1 ? 'An account belongs to it.' : `${accounts} accounts belong to it.`,
    {
      code: 'brand_not_empty',
      details: { accounts, remedy: 'Give its accounts another brand first, or none.' },
    },
  );
}
