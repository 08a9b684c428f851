import { Module } from '@nestjs/common';
import {
  BaseConnector,
  BasePublisher,
  PlatformConnector,
  PlatformPublisher,
  PublishError,
  type AccountCheck,
  type AccountRef,
  type AuthorizeInput,
  type AuthorizeStart,
  type ConnectableAccount,
  type ConnectDescriptor,
  type Credentials,
  type OAuthCallback,
  type PlatformDescriptor,
  type PublishResult,
  type ReconcileResult,
  type RefreshedCredentials,
} from '../../../src/platforms/core/index.js';

function descriptorOf(key: string, name: string): PlatformDescriptor {
  return {
    key,
    name,
    capabilities: {
      text: { limits: [{ max: 300, unit: 'graphemes' }], optionalWithMedia: true },
      link: 'in_text',
      media: { limits: [], maxItems: 0, mixes: [] },
      maxThreadParts: 0,
      callDeadlineMs: 60_000,
      reconcile: { settleMs: 0, absentAfterLooks: 2, holdsKey: false, clockToleranceMs: 0 },
      canDelete: false,
    },
    settings: { type: 'object', properties: {}, additionalProperties: false },
  };
}

export function authExpired(code: string): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code,
    message: 'No longer valid.',
    remedy: 'Connect again.',
  });
}

export function outage(code: string): PublishError {
  return new PublishError({ kind: 'transient', code, message: 'Out of order.', remedy: 'Wait.' });
}

abstract class SilentPublisher extends BasePublisher {
  publish(): Promise<PublishResult> {
    return Promise.reject(new Error('not in this test'));
  }
  reconcile(): Promise<ReconcileResult> {
    return Promise.reject(new Error('not in this test'));
  }
}

/** What a fake connector was asked, and what it is told to answer. */
abstract class FakeConnector extends BaseConnector {
  readonly calls: string[] = [];
  choices: ConnectableAccount[] = [];
  onComplete: () => Promise<void> = () => Promise.resolve();
  onCheck: (credentials: Credentials) => Promise<void> = () => Promise.resolve();
  onRefresh: (credentials: Credentials) => Promise<RefreshedCredentials | null> = () => Promise.resolve(null);
  onRevoke: () => Promise<void> = () => Promise.resolve();

  async check(account: AccountRef, credentials: Credentials): Promise<AccountCheck> {
    this.calls.push(`check v${credentials.version}`);
    await this.onCheck(credentials);
    return {
      displayName: `${account.displayName}!`,
      handle: account.handle,
      avatarUrl: null,
      metadata: { seen: 1 },
    };
  }

  override async refresh(
    _account: AccountRef,
    credentials: Credentials,
  ): Promise<RefreshedCredentials | null> {
    this.calls.push(`refresh v${credentials.version}`);
    return this.onRefresh(credentials);
  }

  override async revoke(_account: AccountRef, credentials: Credentials): Promise<void> {
    this.calls.push(`revoke ${credentials.values['token'] ?? '-'}`);
    await this.onRevoke();
  }
}

@PlatformPublisher('formy')
export class FormyPublisher extends SilentPublisher {
  readonly descriptor = descriptorOf('formy', 'Formy');
}

@PlatformConnector('formy')
export class FormyConnector extends FakeConnector {
  readonly given: Readonly<Record<string, string>>[] = [];
  readonly descriptor: ConnectDescriptor = {
    method: 'token_form',
    fields: [
      { name: 'handle', label: 'Handle', type: 'text', required: true, secret: false, help: 'Your name.' },
      { name: 'token', label: 'Token', type: 'password', required: true, secret: true, help: 'Your token.' },
      {
        name: 'port',
        label: 'Port',
        type: 'number',
        required: false,
        secret: false,
        help: '',
        default: '25',
      },
    ],
  };

  override async completeForm(values: Readonly<Record<string, string>>): Promise<ConnectableAccount[]> {
    this.calls.push('completeForm');
    this.given.push(values);
    await this.onComplete();
    return this.choices;
  }
}

@PlatformPublisher('oauthy')
export class OauthyPublisher extends SilentPublisher {
  readonly descriptor = descriptorOf('oauthy', 'Oauthy');
}

@PlatformConnector('oauthy')
export class OauthyConnector extends FakeConnector {
  readonly starts: AuthorizeInput[] = [];
  readonly callbacks: OAuthCallback[] = [];
  readonly descriptor: ConnectDescriptor = {
    method: 'oauth2',
    startFields: [
      { name: 'server', label: 'Server', type: 'url', required: true, secret: false, help: 'Your server.' },
    ],
    pkce: true,
    scopes: ['write'],
    needsApp: false,
  };

  override startOAuth(input: AuthorizeInput): Promise<AuthorizeStart> {
    this.calls.push('startOAuth');
    this.starts.push(input);
    const query = new URLSearchParams({
      state: input.state,
      redirect_uri: input.redirectUri,
      code_challenge: input.codeChallenge ?? '',
    });
    return Promise.resolve({
      authorizeUrl: `https://oauthy.example/authorize?${query.toString()}`,
      session: { clientSecret: 'client-secret-of-the-session' },
    });
  }

  override async completeOAuth(callback: OAuthCallback): Promise<ConnectableAccount[]> {
    this.calls.push('completeOAuth');
    this.callbacks.push(callback);
    await this.onComplete();
    return this.choices;
  }
}

@Module({ providers: [FormyPublisher, FormyConnector, OauthyPublisher, OauthyConnector] })
export class FakePlatformsModule {}
