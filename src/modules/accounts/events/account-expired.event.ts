import { DomainEvent } from '../../../common/events/index.js';

export interface AccountExpiredData {
  readonly accountId: string;
  readonly platform: string;
  readonly code: string;
}

/** The platform refuses the account's credentials and they cannot be renewed without a person. */
export class AccountExpired extends DomainEvent<AccountExpiredData> {
  static readonly type = 'accounts.account-expired';
  static readonly version = 1;
}
