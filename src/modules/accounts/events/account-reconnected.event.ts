import { DomainEvent } from '../../../common/events/index.js';

export interface AccountReconnectedData {
  readonly accountId: string;
  readonly platform: string;
}

/** An account got new credentials; its id is the same as before. */
export class AccountReconnected extends DomainEvent<AccountReconnectedData> {
  static readonly type = 'accounts.account-reconnected';
  static readonly version = 1;
}
