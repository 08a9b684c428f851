import { Injectable } from '@nestjs/common';
import { UnitOfWork, UnitOfWorkError } from '../../common/database/index.js';
import { outboundScopes } from '../../common/http/index.js';
import { PlatformRegistry, type BaseConnector } from '../../platforms/core/index.js';

/** Milliseconds for everything that one connector method does; less than the lease of a renewal. */
const deadlineMs = 45_000;

/** The only way from here to a platform: never while a transaction is open, and never without an end. */
@Injectable()
export class ConnectorCalls {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly platforms: PlatformRegistry,
  ) {}

  run<T>(platform: string, call: (connector: BaseConnector) => Promise<T>): Promise<T> {
    if (this.unitOfWork.isOpen) {
      throw new UnitOfWorkError(`A transaction is open while ${platform} is asked.`);
    }
    const { connector } = this.platforms.get(platform);
    const signal = AbortSignal.timeout(deadlineMs);
    return outboundScopes.run({ kind: 'connect', signal }, () => call(connector));
  }
}
