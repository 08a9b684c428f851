import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../common/database/index.js';
import { ConflictError, ValidationFailedError } from '../../common/errors/index.js';
import { newId } from '../../common/ids/index.js';
import {
  PlatformRegistry,
  type BaseConnector,
  type ConnectableAccount,
  type OAuthApp,
} from '../../platforms/core/index.js';
import { sessionInState, toDomainError } from './accounts.failures.js';
import type { Caller } from './caller.js';
import { readFields } from './connect.fields.js';
import { ConnectReader } from './connect.reader.js';
import { ConnectRepository } from './connect.repository.js';
import { ConnectSealer } from './connect.sealer.js';
import type { ConnectCompletion, ConnectSecrets, ConnectSessionView } from './connect.session.js';
import { ConnectorCalls } from './connector.calls.js';
import type { ConnectSessionEntity } from './entities/connect-session.entity.js';
import { verifyCallback } from './oauth.callback.js';

interface Exchange {
  readonly platform: string;
  readonly claim: string;
  /** Where what the platform refuses stands in the request. */
  readonly pointer: string;
  readonly secrets: ConnectSecrets;
  readonly call: (connector: BaseConnector, app: OAuthApp | null) => Promise<readonly ConnectableAccount[]>;
}

type Call = Pick<Exchange, 'pointer' | 'call'>;

/** Takes what the person brought back, and asks the platform once what can be connected with it. */
@Injectable()
export class ConnectCompleter {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly platforms: PlatformRegistry,
    private readonly connectors: ConnectorCalls,
    private readonly sessions: ConnectRepository,
    private readonly reader: ConnectReader,
    private readonly sealer: ConnectSealer,
  ) {}

  async complete(caller: Caller, sessionId: string, input: ConnectCompletion): Promise<ConnectSessionView> {
    const { workspaceId } = caller;
    const exchange = await this.unitOfWork.run(workspaceId, () => this.claim(sessionId, input));
    try {
      const choices = await this.ask(workspaceId, exchange);
      const owner = { workspaceId, sessionId };
      const sealed = this.sealer.seal(owner, { ...exchange.secrets, codeVerifier: null, choices });
      return await this.unitOfWork.run(workspaceId, async () => {
        if (!(await this.sessions.offer(sessionId, exchange.claim, sealed))) throw alreadyRunning();
        return this.reader.read(sessionId);
      });
    } catch (error) {
      await this.unitOfWork.run(workspaceId, () => this.sessions.release(sessionId, exchange.claim));
      throw toDomainError(error, exchange.pointer);
    }
  }

  /** Checks everything that can be checked without the platform, then takes the right to ask it. */
  private async claim(sessionId: string, input: ConnectCompletion): Promise<Exchange> {
    const row = await this.reader.require(sessionId, { lock: true });
    if (row.status !== 'started') throw completedBefore(row);
    const secrets = this.reader.secretsOf(row);
    const { descriptor } = this.platforms.get(row.platform).connector;
    const call =
      descriptor.method === 'oauth2'
        ? callbackCall(row, secrets, input)
        : formCall(readFields(descriptor.fields, credentialsOf(input), '/credentials'));
    const claim = newId();
    if (!(await this.sessions.claim(sessionId, claim))) throw alreadyRunning();
    return { platform: row.platform, claim, secrets, ...call };
  }

  private async ask(
    workspaceId: string,
    { platform, pointer, call }: Exchange,
  ): Promise<readonly ConnectableAccount[]> {
    const choices = await this.connectors.run(workspaceId, platform, call);
    if (choices.length > 0) return choices;
    throw new ValidationFailedError([
      {
        pointer,
        rule: 'nothing_to_connect',
        message: 'This login has no account that can be published to.',
        remedy: 'Sign in with another login, or grant access to more on the platform.',
      },
    ]);
  }
}

function formCall(values: Record<string, string>): Call {
  return { pointer: '/credentials', call: (connector) => connector.completeForm(values) };
}

function callbackCall(row: ConnectSessionEntity, secrets: ConnectSecrets, input: ConnectCompletion): Call {
  const { redirectUri, stateHash } = row;
  if (redirectUri === null || stateHash === null) throw completedBefore(row);
  const callback = verifyCallback(callbackUrlOf(input), { redirectUri, stateHash });
  const { codeVerifier, session } = secrets;
  return {
    pointer: '/callbackUrl',
    call: (connector, app) =>
      connector.completeOAuth({ ...callback, redirectUri, codeVerifier, session, app }),
  };
}

function callbackUrlOf({ callbackUrl, credentials }: ConnectCompletion): string {
  if (callbackUrl !== undefined && credentials === undefined) return callbackUrl;
  throw wrongKind('/callbackUrl', 'Send the address that the browser landed on as "callbackUrl", alone.');
}

function credentialsOf({ callbackUrl, credentials }: ConnectCompletion): Readonly<Record<string, unknown>> {
  if (credentials !== undefined && callbackUrl === undefined) return credentials;
  throw wrongKind('/credentials', 'Send the values of the fields as "credentials", alone.');
}

function wrongKind(pointer: string, remedy: string): ValidationFailedError {
  const message = 'This platform is connected in another way.';
  return new ValidationFailedError([{ pointer, rule: 'connect_method', message, remedy }]);
}

function completedBefore({ status }: ConnectSessionEntity): ConflictError {
  const remedy = status === 'choose' ? 'Select among its choices.' : 'Start connecting again.';
  return sessionInState(status, remedy);
}

function alreadyRunning(): ConflictError {
  return new ConflictError('This connect session is being completed right now.', {
    code: 'connect_session_busy',
    details: { remedy: 'Read the session in a moment.' },
  });
}
