import { DomainEvent } from '../../../common/events/index.js';

export interface AccountDisconnectedData {
  readonly accountId: string;
  readonly platform: string;
}

/** An account was disconnected; its credentials are deleted. */
export class AccountDisconnected extends DomainEvent<AccountDisconnectedData> {
  static readonly type = 'accounts.account-disconnected';
  static readonly version = 1;
}
