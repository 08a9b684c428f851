import { DomainEvent } from '../../../common/events/index.js';

export interface AccountEndingData {
  readonly accountId: string;
  readonly platform: string;
  /** ISO time. */
  readonly endsAt: string;
}

/** The account's login ends soon and cannot be renewed without a person: connect it again before then. */
export class AccountEnding extends DomainEvent<AccountEndingData> {
  static readonly type = 'accounts.account-ending';
  static readonly version = 1;
}
