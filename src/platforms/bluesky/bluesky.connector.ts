import { Clock } from '../../common/clock/index.js';
import {
  BaseConnector,
  PlatformConnector,
  PublishError,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type ConnectDescriptor,
  type Credentials,
  type RefreshedCredentials,
} from '../core/index.js';
import type { BlueskySession } from './bluesky.answers.js';
import { BlueskyClient } from './bluesky.client.js';
import { BlueskyHosts, hostsMetadata } from './bluesky.hosts.js';
import { isHandle } from './facets.js';

@PlatformConnector('bluesky')
export class BlueskyConnector extends BaseConnector {
  readonly descriptor: ConnectDescriptor = {
    method: 'token_form',
    fields: [
      {
        name: 'handle',
        label: 'Handle',
        type: 'text',
        required: true,
        secret: false,
        help: 'As it stands in your profile, for example anna.bsky.social.',
      },
      {
        name: 'appPassword',
        label: 'App password',
        type: 'password',
        required: true,
        secret: true,
        help: 'Bluesky: Settings, Privacy and security, App passwords. Not the password of the account.',
      },
      {
        name: 'service',
        label: 'Server',
        type: 'url',
        required: false,
        secret: false,
        help: 'Only when the account lives on a server of its own: the address of that PDS.',
      },
    ],
  };

  constructor(
    private readonly client: BlueskyClient,
    private readonly hosts: BlueskyHosts,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async completeForm(values: Readonly<Record<string, string>>): Promise<ConnectableAccount[]> {
    const identifier = readIdentifier(values['handle'] ?? '');
    const appPassword = (values['appPassword'] ?? '').trim();
    if (appPassword === '') throw formError('app_password_missing', 'The app password is missing.');
    const serviceUrl = this.hosts.parseService(values['service'] ?? '');
    if (serviceUrl === undefined) {
      throw formError(
        'server_invalid',
        'The server has to be an https address, for example https://pds.example.',
      );
    }
    const base = this.hosts.serviceBase(serviceUrl);
    const session = await this.client.createSession(base, identifier, appPassword);
    assertActive(session);
    return [
      {
        externalId: session.did,
        displayName: session.handle,
        handle: session.handle,
        avatarUrl: null,
        metadata: hostsMetadata(this.hosts.hostsOf(serviceUrl, session.didDoc)),
        credentials: credentialsOf(session, appPassword),
        expiresAt: null,
      },
    ];
  }

  /** Asks for a service token that nobody uses: only a session that may write gets one. */
  async check(account: AccountRef, credentials: Credentials): Promise<AccountCheck> {
    const access = { base: this.hosts.pds(account), token: credentials.values['accessJwt'] ?? '' };
    await this.client.getServiceAuth(access, {
      audience: this.hosts.pdsDid(account),
      method: 'com.atproto.repo.uploadBlob',
      expiresAt: new Date(this.clock.now().getTime() + 60_000),
    });
    const { displayName, handle, metadata } = account;
    return { displayName, handle, avatarUrl: null, metadata };
  }

  /** The refresh token first; a new login, which Bluesky counts strictly, only when that has ended. */
  override async refresh(account: AccountRef, credentials: Credentials): Promise<RefreshedCredentials> {
    const base = this.hosts.service(account);
    const appPassword = credentials.values['appPassword'] ?? '';
    const session = await this.renew(base, account.externalId, credentials);
    if (session.did !== account.externalId) {
      throw new PublishError({
        kind: 'auth_expired',
        code: 'bluesky.other_account',
        message: 'The session belongs to another account.',
        remedy: 'Connect the account again.',
      });
    }
    assertActive(session);
    const known = base === this.hosts.serviceBase(null) ? null : base;
    return {
      credentials: credentialsOf(session, appPassword),
      expiresAt: null,
      ...(session.didDoc === null
        ? {}
        : { metadata: hostsMetadata(this.hosts.hostsOf(known, session.didDoc)) }),
    };
  }

  private async renew(base: string, did: string, { values }: Credentials): Promise<BlueskySession> {
    try {
      return await this.client.refreshSession({ base, token: values['refreshJwt'] ?? '' });
    } catch (error) {
      const ended = error instanceof PublishError && error.kind === 'auth_expired';
      const appPassword = values['appPassword'] ?? '';
      if (!ended || appPassword === '') throw error;
      return this.client.createSession(base, did, appPassword);
    }
  }
}

function readIdentifier(typed: string): string {
  const identifier = typed.trim().replace(/^@/, '');
  if (/^did:(plc|web):\S+$/.test(identifier)) return identifier;
  if (isHandle(identifier)) return identifier.toLowerCase();
  throw formError('handle_invalid', 'The handle has to be a whole name with its domain: anna.bsky.social.');
}

function formError(code: string, message: string): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: `bluesky.${code}`,
    message,
    remedy: 'Correct the form and send it again.',
  });
}

function assertActive({ active, status }: BlueskySession): void {
  if (active) return;
  throw new PublishError({
    kind: 'content_refused',
    code: 'bluesky.account_inactive',
    platformCode: status ?? undefined,
    message: `Bluesky says that the account is ${status ?? 'not active'}.`,
    remedy: 'Log in at Bluesky and reactivate the account.',
  });
}

function credentialsOf(session: BlueskySession, appPassword: string): Record<string, string> {
  return { accessJwt: session.accessJwt, refreshJwt: session.refreshJwt, appPassword };
}
