import { Injectable } from '@nestjs/common';
import { AccountRepository } from './account.repository.js';
import { toAccountView, type AccountFilter, type AccountPage, type AccountView } from './account.view.js';
import { CredentialRepository } from './credential.repository.js';

const defaultLimit = 50;
const maxLimit = 100;

/** Reads of accounts for other modules, inside the caller's unit of work. */
@Injectable()
export class AccountDirectory {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly credentials: CredentialRepository,
  ) {}

  async find(accountId: string): Promise<AccountView | null> {
    const row = await this.accounts.find(accountId);
    return row === null ? null : toAccountView(row);
  }

  /** Whether somebody is getting new credentials for it right now. */
  isRenewing(accountId: string): Promise<boolean> {
    return this.credentials.isLeased(accountId);
  }

  /** In the order of the ids; those that do not exist are left out. */
  async findMany(accountIds: readonly string[]): Promise<AccountView[]> {
    if (accountIds.length === 0) return [];
    const rows = await this.accounts.findMany(accountIds);
    const byId = new Map(rows.map((row) => [row.id, toAccountView(row)]));
    return accountIds.flatMap((id) => byId.get(id) ?? []);
  }

  async list(filter: AccountFilter = {}): Promise<AccountPage> {
    const limit = Math.min(Math.max(1, Math.trunc(filter.limit ?? defaultLimit)), maxLimit);
    const rows = await this.accounts.list(filter, limit + 1);
    const items = rows.slice(0, limit).map(toAccountView);
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.ref.id ?? null) : null };
  }
}
