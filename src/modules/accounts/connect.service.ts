import { Injectable } from '@nestjs/common';
import { hashSecret, randomToken } from '../../common/crypto/index.js';
import { AppConfig } from '../../common/config/index.js';
import { UnitOfWork } from '../../common/database/index.js';
import { newId } from '../../common/ids/index.js';
import { PlatformRegistry, type AuthorizeStart } from '../../platforms/core/index.js';
import { toDomainError } from './accounts.failures.js';
import { AuditLog } from './audit.log.js';
import type { Caller } from './caller.js';
import { ConnectCompleter } from './connect.completer.js';
import { readFields } from './connect.fields.js';
import { ConnectReader } from './connect.reader.js';
import { ConnectRepository } from './connect.repository.js';
import { ConnectSealer } from './connect.sealer.js';
import { ConnectSelector } from './connect.selector.js';
import type {
  ConnectCompletion,
  ConnectSecrets,
  ConnectSessionView,
  ConnectStart,
} from './connect.session.js';
import { ConnectorCalls } from './connector.calls.js';
import { challengeOf, makeCodeVerifier } from './pkce.js';
import { checkRedirectUri, defaultRedirectUri } from './redirect.uri.js';

interface Prepared {
  readonly secrets: ConnectSecrets;
  readonly stateHash: string | null;
  readonly redirectUri: string | null;
}

/** The way from "connect" to accounts: start, complete (what the person brought back), select. */
@Injectable()
export class ConnectService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly config: AppConfig,
    private readonly platforms: PlatformRegistry,
    private readonly connectors: ConnectorCalls,
    private readonly sessions: ConnectRepository,
    private readonly sealer: ConnectSealer,
    private readonly reader: ConnectReader,
    private readonly completer: ConnectCompleter,
    private readonly selector: ConnectSelector,
    private readonly audit: AuditLog,
  ) {}

  /** Where browsers land when a client names no redirect address of its own. */
  get defaultRedirectUri(): string {
    return defaultRedirectUri(this.config);
  }

  /** @throws NotFoundError when there is no such platform. */
  async start(caller: Caller, platform: string, input: ConnectStart): Promise<ConnectSessionView> {
    const prepared = await this.prepare(caller, platform, input);
    return this.unitOfWork.run(caller.workspaceId, () => this.open(caller, platform, prepared));
  }

  get(caller: Caller, sessionId: string): Promise<ConnectSessionView> {
    return this.unitOfWork.run(caller.workspaceId, () => this.reader.read(sessionId));
  }

  complete(caller: Caller, sessionId: string, input: ConnectCompletion): Promise<ConnectSessionView> {
    return this.completer.complete(caller, sessionId, input);
  }

  /** Connects what was chosen among the choices; an account that was connected before keeps its id. */
  select(caller: Caller, sessionId: string, externalIds: readonly string[]): Promise<ConnectSessionView> {
    return this.unitOfWork.run(caller.workspaceId, () =>
      this.selector.select(caller, sessionId, externalIds),
    );
  }

  private async prepare(caller: Caller, platform: string, input: ConnectStart): Promise<Prepared> {
    const { descriptor } = this.platforms.get(platform).connector;
    const given = input.fields ?? {};
    if (descriptor.method === 'token_form') {
      readFields([], given, '/fields');
      const secrets = { authorizeUrl: null, codeVerifier: null, session: {}, choices: [] };
      return { secrets, stateHash: null, redirectUri: null };
    }
    const fields = readFields(descriptor.startFields, given, '/fields');
    const redirectUri =
      input.redirectUri === undefined ? this.defaultRedirectUri : checkRedirectUri(input.redirectUri);
    const state = randomToken(32);
    const codeVerifier = descriptor.pkce ? makeCodeVerifier() : null;
    const codeChallenge = codeVerifier === null ? null : challengeOf(codeVerifier);
    const started = await this.authorize(caller, platform, { redirectUri, state, codeChallenge, fields });
    const secrets = { ...started, codeVerifier, choices: [] };
    return { secrets, stateHash: hashSecret(state), redirectUri };
  }

  private async authorize(
    { workspaceId }: Caller,
    platform: string,
    input: {
      redirectUri: string;
      state: string;
      codeChallenge: string | null;
      fields: Record<string, string>;
    },
  ): Promise<AuthorizeStart> {
    try {
      const { authorizeUrl, session } = await this.connectors.run(workspaceId, platform, (connector, app) =>
        connector.startOAuth({ ...input, app }),
      );
      return { authorizeUrl, session };
    } catch (error) {
      throw toDomainError(error, '/fields');
    }
  }

  private async open(caller: Caller, platform: string, prepared: Prepared): Promise<ConnectSessionView> {
    const id = newId();
    const { secrets, stateHash, redirectUri } = prepared;
    const sealed = this.sealer.seal({ workspaceId: caller.workspaceId, sessionId: id }, secrets);
    await this.sessions.removeOld();
    await this.sessions.insert({ id, platform, stateHash, redirectUri, sealed });
    await this.audit.record({
      keyId: caller.keyId,
      action: 'connect.started',
      subjectType: 'connect-session',
      subjectId: id,
      details: { platform },
    });
    return this.reader.read(id);
  }
}
