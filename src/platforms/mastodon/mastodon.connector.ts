import { Clock } from '../../common/clock/index.js';
import {
  BaseConnector,
  PlatformConnector,
  PublishError,
  textAt,
  textsAt,
  type AccountCheck,
  type AccountRef,
  type AuthorizeInput,
  type AuthorizeStart,
  type ConnectableAccount,
  type ConnectDescriptor,
  type Credentials,
  type JsonRecord,
  type OAuthCallback,
  type RefreshedCredentials,
} from '../core/index.js';
import type { MastodonProfile, MastodonToken } from './mastodon.answers.js';
import { MastodonClient } from './mastodon.client.js';
import { normaliseInstance, readInstanceFacts, type InstanceFacts } from './mastodon.instance.js';

/** Reading is needed to see who connects and to look for a post whose answer was lost. */
const wantedScopes = ['read:accounts', 'read:statuses', 'write:statuses', 'write:media'];

@PlatformConnector('mastodon')
export class MastodonConnector extends BaseConnector {
  readonly descriptor: ConnectDescriptor = {
    method: 'oauth2',
    startFields: [
      {
        name: 'instance',
        label: 'Instance',
        type: 'text',
        required: true,
        secret: false,
        help: 'Where you log in, for example mastodon.social. Your whole handle does as well.',
      },
    ],
    pkce: true,
    scopes: wantedScopes,
    needsApp: false,
  };

  constructor(
    private readonly client: MastodonClient,
    private readonly clock: Clock,
  ) {
    super();
  }

  override async startOAuth(input: AuthorizeInput): Promise<AuthorizeStart> {
    const instance = normaliseInstance(input.fields['instance'] ?? '');
    if (instance === null) throw invalidInstance();
    const server = await this.client.authorizationServer(instance);
    const scopes = offeredScopes(server).join(' ');
    const { redirectUri, state } = input;
    const app = await this.client.registerApp(instance, { redirectUri, scopes });
    const challenge = takesPkce(server) ? input.codeChallenge : null;
    const query = new URLSearchParams({
      response_type: 'code',
      client_id: app.clientId,
      redirect_uri: redirectUri,
      scope: scopes,
      state,
      ...(challenge === null ? {} : { code_challenge: challenge, code_challenge_method: 'S256' }),
    });
    return {
      authorizeUrl: `${instance}/oauth/authorize?${query.toString()}`,
      session: {
        instance,
        clientId: app.clientId,
        clientSecret: app.clientSecret,
        pkce: challenge === null ? 'no' : 'yes',
      },
    };
  }

  override async completeOAuth(callback: OAuthCallback): Promise<ConnectableAccount[]> {
    const { session, code, redirectUri, codeVerifier } = callback;
    const base = session['instance'] ?? '';
    const app = { clientId: session['clientId'] ?? '', clientSecret: session['clientSecret'] ?? '' };
    const token = await this.client.token(base, {
      grant_type: 'authorization_code',
      code,
      client_id: app.clientId,
      client_secret: app.clientSecret,
      redirect_uri: redirectUri,
      ...(session['pkce'] === 'yes' && codeVerifier !== null ? { code_verifier: codeVerifier } : {}),
    });
    const profile = await this.client.verifyCredentials({ base, token: token.accessToken });
    const known = describe(base, profile, await this.readInstance(base));
    return [
      {
        ...known,
        externalId: `${new URL(base).host}/${profile.id}`,
        credentials: { ...app, ...tokenValues(token) },
        expiresAt: this.expiryOf(token),
      },
    ];
  }

  async check(account: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const base = instanceOf(account);
    const profile = await this.client.verifyCredentials({ base, token: values['accessToken'] ?? '' });
    return describe(base, profile, await this.readInstance(base));
  }

  /** Mastodon's own tokens never end and can't be renewed; those of some dialects can. */
  override async refresh(account: AccountRef, { values }: Credentials): Promise<RefreshedCredentials | null> {
    const refreshToken = values['refreshToken'];
    if (refreshToken === undefined) return null;
    const token = await this.client.token(instanceOf(account), {
      grant_type: 'refresh_token',
      refresh_token: refreshToken,
      client_id: values['clientId'] ?? '',
      client_secret: values['clientSecret'] ?? '',
    });
    return { credentials: { ...values, ...tokenValues(token) }, expiresAt: this.expiryOf(token) };
  }

  override revoke(account: AccountRef, { values }: Credentials): Promise<void> {
    return this.client.revoke(instanceOf(account), {
      client_id: values['clientId'] ?? '',
      client_secret: values['clientSecret'] ?? '',
      token: values['accessToken'] ?? '',
    });
  }

  private async readInstance(base: string): Promise<InstanceFacts> {
    const instance = (await this.client.instance(base, 'v2')) ?? (await this.client.instance(base, 'v1'));
    return readInstanceFacts(instance ?? {});
  }

  private expiryOf({ expiresInSeconds }: MastodonToken): Date | null {
    return expiresInSeconds === null ? null : new Date(this.clock.now().getTime() + expiresInSeconds * 1000);
  }
}

function describe(base: string, profile: MastodonProfile, facts: InstanceFacts): AccountCheck {
  return {
    displayName: profile.displayName,
    handle: `@${profile.username}@${facts.domain ?? new URL(base).host}`,
    avatarUrl: profile.avatarUrl,
    metadata: { instanceUrl: base, accountId: profile.id, profileUrl: profile.url, ...facts.metadata },
  };
}

function instanceOf(account: AccountRef): string {
  return textAt(account.metadata, 'instanceUrl') ?? '';
}

function tokenValues({ accessToken, refreshToken }: MastodonToken): Record<string, string> {
  return { accessToken, ...(refreshToken === null ? {} : { refreshToken }) };
}

/** Small scopes where the server names them; else the wide one that holds them. */
function offeredScopes(server: JsonRecord | null): string[] {
  const supported = textsAt(server, 'scopes_supported');
  if (supported.length === 0) return wantedScopes;
  const scopes = wantedScopes.map((scope) =>
    supported.includes(scope) ? scope : scope.slice(0, scope.indexOf(':')),
  );
  return [...new Set(scopes)];
}

function takesPkce(server: JsonRecord | null): boolean {
  return textsAt(server, 'code_challenge_methods_supported').includes('S256');
}

function invalidInstance(): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'mastodon.instance_invalid',
    message: 'This is no address of an instance.',
    remedy: 'Give the domain where you log in, for example mastodon.social.',
  });
}
