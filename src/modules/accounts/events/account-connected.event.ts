import { DomainEvent } from '../../../common/events/index.js';

export interface AccountConnectedData {
  readonly accountId: string;
  readonly platform: string;
}

/** An account was connected for the first time. */
export class AccountConnected extends DomainEvent<AccountConnectedData> {
  static readonly type = 'accounts.account-connected';
  static readonly version = 1;
}
