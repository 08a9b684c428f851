import { AppConfig } from '../../common/config/index.js';
import {
  endOf,
  OAuth2Connector,
  OAuthClient,
  PlatformConnector,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type Credentials,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthCallback,
  type OAuthGrant,
  type OAuthToken,
} from '../core/index.js';
import { ThreadsClient } from './threads.client.js';
import { threadsLoginErrors } from './threads.login-errors.js';

@PlatformConnector('threads')
export class ThreadsConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: ThreadsClient,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const { API: api = '', AUTH: auth = '' } = this.config.platform('threads').hosts;
    return {
      platform: 'threads',
      authorizeUrl: `${auth}/oauth/authorize`,
      tokenUrl: `${api}/oauth/access_token`,
      revokeUrl: null,
      hosts: [api],
      scopes: ['threads_basic', 'threads_content_publish'],
      optionalScopes: [
        'threads_manage_replies',
        'threads_read_replies',
        'threads_manage_insights',
        'threads_delete',
        'threads_location_tagging',
      ],
      scopeSeparator: ',',
      errors: threadsLoginErrors,
    };
  }

  /** The redirect ends in `#_`, which a pasted address carries along. */
  override completeOAuth(callback: OAuthCallback): Promise<readonly ConnectableAccount[]> {
    return super.completeOAuth({ ...callback, code: callback.code.replace(/#_$/, '') });
  }

  protected override lengthen(
    { accessToken }: OAuthToken,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken> {
    return this.oauth.tokenByQuery(spec, `${apiOf(spec)}/access_token`, {
      grant_type: 'th_exchange_token',
      client_secret: app.clientSecret,
      access_token: accessToken,
    });
  }

  protected override grantedScopes({ accessToken }: OAuthToken): Promise<readonly string[] | null> {
    return this.client.scopes(accessToken);
  }

  /** Only a token that is a day old and has not ended can be renewed. */
  protected override renew(
    values: Readonly<Record<string, string>>,
    _app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken | null> {
    return this.oauth.tokenByQuery(spec, `${apiOf(spec)}/refresh_access_token`, {
      grant_type: 'th_refresh_token',
      access_token: values['accessToken'] ?? '',
    });
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const { id, username, name, avatarUrl } = await this.client.me(grant.token.accessToken);
    return [
      {
        externalId: id,
        displayName: name,
        handle: `@${username}`,
        avatarUrl,
        metadata: { missingScopes: [...grant.missingScopes] },
        credentials: this.credentialsOf(grant),
        expiresAt: endOf(grant.token),
      },
    ];
  }

  override async check({ metadata }: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const { username, name, avatarUrl } = await this.client.me(values['accessToken'] ?? '');
    return { displayName: name, handle: `@${username}`, avatarUrl, metadata };
  }
}

function apiOf({ hosts }: OAuth2Spec): string {
  return hosts[0] ?? '';
}
