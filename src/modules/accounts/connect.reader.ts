import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { PlatformRegistry } from '../../platforms/core/index.js';
import { AccountDirectory } from './account.directory.js';
import { noSuchSession, sessionExpired } from './accounts.failures.js';
import { ConnectRepository } from './connect.repository.js';
import { ConnectSealer } from './connect.sealer.js';
import type { ConnectSecrets, ConnectSessionView } from './connect.session.js';
import type { ConnectSessionEntity } from './entities/connect-session.entity.js';

/** Reads connect sessions, inside the open unit of work. */
@Injectable()
export class ConnectReader {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly platforms: PlatformRegistry,
    private readonly sessions: ConnectRepository,
    private readonly sealer: ConnectSealer,
    private readonly directory: AccountDirectory,
  ) {}

  async read(sessionId: string): Promise<ConnectSessionView> {
    const row = await this.require(sessionId);
    const secrets = this.secretsOf(row);
    const started = row.status === 'started';
    const { descriptor } = this.platforms.get(row.platform).connector;
    return {
      sessionId: row.id,
      platform: row.platform,
      status: row.status,
      authorizeUrl: started ? secrets.authorizeUrl : null,
      redirectUri: row.redirectUri,
      fields: started && descriptor.method === 'token_form' ? descriptor.fields : null,
      choices: row.status === 'choose' ? secrets.choices.map(toChoice) : null,
      accounts: row.status === 'done' ? await this.directory.findMany(row.accountIds) : null,
      expiresAt: row.expiresAt,
    };
  }

  /**
   * @throws NotFoundError when the workspace has no such session.
   * @throws GoneError when it has expired before it was done.
   */
  async require(sessionId: string, options: { lock?: boolean } = {}): Promise<ConnectSessionEntity> {
    const found = await this.sessions.find(sessionId, options.lock === true);
    if (found === null) throw noSuchSession();
    if (found.expired && found.row.status !== 'done') throw sessionExpired();
    return found.row;
  }

  secretsOf({ id, keyId, nonce, ciphertext }: ConnectSessionEntity): ConnectSecrets {
    if (keyId === null || nonce === null || ciphertext === null) {
      return { authorizeUrl: null, codeVerifier: null, session: {}, choices: [] };
    }
    const owner = { workspaceId: this.unitOfWork.workspaceId, sessionId: id };
    return this.sealer.open(owner, { keyId, nonce, ciphertext });
  }
}

function toChoice({ externalId, displayName, handle, avatarUrl }: ConnectSecrets['choices'][number]) {
  return { externalId, displayName, handle, avatarUrl };
}
