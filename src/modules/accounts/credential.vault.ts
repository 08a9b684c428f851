import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PublishError, type AccountRef, type Credentials } from '../../platforms/core/index.js';
import { AppCredentials } from './app-credentials.js';
import { CredentialRenewal, type RenewalOutcome } from './credential.renewal.js';
import { CredentialStore } from './credential.store.js';

/** Hands out credentials at the moment of use, and new ones for those that ended. */
@Injectable()
export class CredentialVault {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: CredentialStore,
    private readonly renewal: CredentialRenewal,
    private readonly apps: AppCredentials,
  ) {}

  /**
   * @throws NotFoundError when the workspace has no such account.
   * @throws PublishError `auth_expired` when it is disconnected or expired.
   */
  async use(workspaceId: string, accountId: string): Promise<Credentials> {
    const { account, state, credentials } = await this.unitOfWork.run(workspaceId, () =>
      this.store.open(accountId),
    );
    if (credentials === null || state !== 'connected') throw notConnected(account, state);
    const app = await this.apps.resolve(workspaceId, account.platform);
    return app === null ? credentials : { ...credentials, app };
  }

  /**
   * Makes a call with the account's credentials; when the platform has ended them, renews them and makes it once more.
   * @throws whatever the call throws.
   */
  async with<T>(
    workspaceId: string,
    accountId: string,
    call: (credentials: Credentials) => Promise<T>,
  ): Promise<T> {
    const credentials = await this.use(workspaceId, accountId);
    try {
      return await call(credentials);
    } catch (error) {
      const ended = error instanceof PublishError && error.kind === 'auth_expired';
      if (!ended || (await this.renew(workspaceId, accountId, credentials.version)) === 'expired')
        throw error;
      return call(await this.use(workspaceId, accountId));
    }
  }

  /**
   * New credentials in the place of a version that the platform refused. One caller asks the platform, the others wait for
   * it; a version that is no longer current costs nothing.
   * @throws PublishError `transient` when the platform could not be asked; nothing is concluded then.
   */
  renew(workspaceId: string, accountId: string, failedVersion: number): Promise<RenewalOutcome> {
    return this.renewal.renew({ workspaceId, accountId, failedVersion });
  }
}

function notConnected(account: AccountRef, state: string): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code: `${account.platform}.account_${state}`,
    message: `The account ${account.handle ?? account.displayName} is ${state}.`,
    remedy: 'Connect it again; its id stays the same.',
  });
}
