import { Injectable } from '@nestjs/common';
import { DecryptionError } from '../../common/crypto/index.js';
import type { Credentials } from '../../platforms/core/index.js';
import { AccountRepository } from './account.repository.js';
import { CredentialRepository } from './credential.repository.js';
import { CredentialStore, loginOf } from './credential.store.js';

type Values = Credentials['values'];

/** Another account that was connected by the same login. */
export interface Sibling {
  readonly accountId: string;
  readonly version: number;
  readonly values: Values;
}

/**
 * Accounts that came of one login hold the same refresh token: every blog of a user. Where the platform takes a refresh token only
 * once, renewing one account would end the others; so one of them renews at a time, and all of them get what it was given.
 */
@Injectable()
export class SharedLogin {
  constructor(
    private readonly accounts: AccountRepository,
    private readonly rows: CredentialRepository,
    private readonly store: CredentialStore,
  ) {}

  /** On whose row the right to renew lies: the first account of the login, whoever asks. Inside the open unit of work. */
  async leaderOf(accountId: string, values: Values): Promise<string> {
    return (await this.idsOf(accountId, values))[0] ?? accountId;
  }

  /** Everybody who has to be told of new tokens, locked one after the other, so that two who do it do not wait for each other. */
  async lock(accountId: string, values: Values): Promise<readonly Sibling[]> {
    const siblings: Sibling[] = [];
    for (const id of await this.idsOf(accountId, values)) {
      const { state, credentials } = await this.store.open(id, { lock: true });
      const same = credentials !== null && credentials.values['refreshToken'] === values['refreshToken'];
      if (id !== accountId && same && state === 'connected')
        siblings.push({ accountId: id, version: credentials.version, values: credentials.values });
    }
    return siblings;
  }

  /**
   * Hands new tokens to the others of the login. What an account has of its own, such as the token of a page, stays. Inside the
   * unit of work that stores them for the account itself.
   */
  async spread(
    siblings: readonly Sibling[],
    old: Values,
    renewed: { readonly credentials: Values; readonly expiresAt: Date | null },
  ): Promise<void> {
    for (const { accountId, version, values } of siblings) {
      if (!(await this.accounts.renew(accountId, version, renewed.expiresAt, {}))) continue;
      const shared = Object.entries(renewed.credentials).filter(([name]) => values[name] === old[name]);
      await this.store.put(accountId, version + 1, { ...values, ...Object.fromEntries(shared) });
    }
  }

  /** Of the account and the others of its login, in the order of their ids. */
  private async idsOf(accountId: string, values: Values): Promise<string[]> {
    const login = loginOf(values);
    if (login === null) return [accountId];
    for (const id of await this.rows.idsUnread(accountId)) await this.read(id);
    return [...new Set([accountId, ...(await this.rows.idsOfLogin(login))])].sort();
  }

  /** Once for each account that is older than the note. One that does not open keeps nobody from being renewed. */
  private async read(accountId: string): Promise<void> {
    try {
      const { credentials } = await this.store.open(accountId);
      if (credentials !== null) await this.rows.noteLogin(accountId, loginOf(credentials.values));
    } catch (error) {
      if (!(error instanceof DecryptionError)) throw error;
    }
  }
}
