import type { Violation } from '../../common/errors/index.js';
import { toPublicId } from '../../common/ids/index.js';
import type { AccountView } from '../accounts/index.js';

/** How messages name an account: `Example (@anna, acc_…)`. */
export function nameOf(account: AccountView, platformName: string): string {
  const { id, handle, displayName } = account.ref;
  return `${platformName} (${handle ?? displayName}, ${toPublicId('acc', id)})`;
}

export function unknownAccount(index: number): Violation {
  return {
    pointer: `/targets/${index}/accountId`,
    rule: 'account_unknown',
    message: 'There is no such account.',
    remedy: 'Use an id from GET /api/v1/accounts.',
  };
}

/** The second and later targets of one account. */
export function checkDuplicates(accountIds: readonly string[]): Violation[] {
  return accountIds.flatMap((accountId, index) =>
    accountIds.indexOf(accountId) === index
      ? []
      : [
          {
            pointer: `/targets/${index}/accountId`,
            rule: 'account_duplicate',
            message: `The account is already target ${accountIds.indexOf(accountId)}.`,
            remedy: 'Name each account once.',
          },
        ],
  );
}

/** An account that cannot be written to as it is. */
export function checkState(account: AccountView, index: number, name: string): Violation[] {
  if (account.state === 'connected') return [];
  return [
    {
      pointer: `/targets/${index}/accountId`,
      rule: account.state === 'expired' ? 'account_expired' : 'account_disconnected',
      message:
        account.state === 'expired' ? `${name} no longer accepts our access.` : `${name} is disconnected.`,
      actual: account.state,
      remedy: 'Connect the account again; its id stays the same.',
    },
  ];
}
