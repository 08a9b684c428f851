import type { AccountRef } from '../../platforms/core/index.js';
import type { AccountEntity } from './entities/account.entity.js';

export const accountStates = ['connected', 'expired', 'disconnected'] as const;
export type AccountState = (typeof accountStates)[number];

/** An account as other modules and the API see it. Carries no secret. */
export interface AccountView {
  readonly ref: AccountRef;
  readonly state: AccountState;
  readonly brandId: string | null;
  readonly avatarUrl: string | null;
  /** When the credentials end by themselves, as far as the platform says. */
  readonly expiresAt: Date | null;
  /** Present when the login ends then and cannot be renewed without a person. */
  readonly reconnectBy: Date | null;
  readonly connectedAt: Date;
  /** When the platform last said that the account works. */
  readonly checkedAt: Date | null;
  readonly lastErrorCode: string | null;
}

export interface AccountFilter {
  readonly platform?: string | undefined;
  readonly brandId?: string | undefined;
  readonly state?: AccountState | undefined;
  /** The `nextCursor` of the page before. */
  readonly cursor?: string | undefined;
  /** 1 to 100, 50 by default. */
  readonly limit?: number | undefined;
}

/** Newest first. */
export interface AccountPage {
  readonly items: readonly AccountView[];
  /** An account id; null on the last page. */
  readonly nextCursor: string | null;
}

export function toAccountView(row: AccountEntity): AccountView {
  return {
    ref: {
      id: row.id,
      platform: row.platform,
      externalId: row.externalId,
      displayName: row.displayName,
      handle: row.handle,
      metadata: row.metadata,
    },
    state: row.state,
    brandId: row.brandId,
    avatarUrl: row.avatarUrl,
    expiresAt: row.expiresAt,
    reconnectBy: row.expiresAt?.getTime() === row.endToldFor?.getTime() ? row.expiresAt : null,
    connectedAt: row.connectedAt,
    checkedAt: row.checkedAt,
    lastErrorCode: row.lastErrorCode,
  };
}
