import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { NotFoundError } from '../../common/errors/index.js';
import { liveSettingsOf, PlatformRegistry, type OptionList } from '../../platforms/core/index.js';
import { AccountDirectory } from './account.directory.js';
import { noSuchAccount, toDomainError } from './accounts.failures.js';
import { ConnectorCalls } from './connector.calls.js';
import { CredentialVault } from './credential.vault.js';

export interface OptionsQuery {
  readonly setting: string;
  readonly query: string | null;
  readonly cursor: string | null;
}

/** Asks the platform what a setting can be for an account right now. */
@Injectable()
export class AccountOptions {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly directory: AccountDirectory,
    private readonly platforms: PlatformRegistry,
    private readonly vault: CredentialVault,
    private readonly connectors: ConnectorCalls,
  ) {}

  /** @throws NotFoundError when there is no such account, or the setting has no live options. */
  async list(workspaceId: string, accountId: string, asked: OptionsQuery): Promise<OptionList> {
    const view = await this.unitOfWork.run(workspaceId, () => this.directory.find(accountId));
    if (view === null) throw noSuchAccount();
    const { ref: account } = view;
    const live = liveSettingsOf(this.platforms.get(account.platform).descriptor.settings);
    if (!live.includes(asked.setting)) throw noLiveOptions(asked.setting, live);
    try {
      return await this.vault.with(workspaceId, accountId, (credentials) =>
        this.connectors.run(workspaceId, account.platform, (connector, app) =>
          connector.options({ account, credentials, app, ...asked }),
        ),
      );
    } catch (error) {
      throw toDomainError(error, '');
    }
  }
}

function noLiveOptions(setting: string, live: readonly string[]): NotFoundError {
  return new NotFoundError(`"${setting}" is no setting whose values the platform is asked for.`, {
    code: 'no_live_options',
    details: {
      settings: [...live],
      remedy: 'GET /api/v1/platforms names them with "x-live-options": true; others say their values there.',
    },
  });
}
