import { Injectable } from '@nestjs/common';
import { UnitOfWork, UnitOfWorkError } from '../../common/database/index.js';
import { outboundScopes } from '../../common/http/index.js';
import { PlatformRegistry, type BaseConnector, type OAuthApp } from '../../platforms/core/index.js';
import { AppCredentials } from './app-credentials.js';

/** Milliseconds for everything that one connector method does; less than the lease of a renewal. */
const deadlineMs = 45_000;

/** The only way from here to a platform: never while a transaction is open, and never without an end. */
@Injectable()
export class ConnectorCalls {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly platforms: PlatformRegistry,
    private readonly apps: AppCredentials,
  ) {}

  async run<T>(
    workspaceId: string,
    platform: string,
    call: (connector: BaseConnector, app: OAuthApp | null) => Promise<T>,
  ): Promise<T> {
    if (this.unitOfWork.isOpen) {
      throw new UnitOfWorkError(`A transaction is open while ${platform} is asked.`);
    }
    const { connector } = this.platforms.get(platform);
    const app = await this.apps.resolve(workspaceId, platform);
    const signal = AbortSignal.timeout(deadlineMs);
    return outboundScopes.run({ kind: 'connect', signal }, () => call(connector, app));
  }
}
