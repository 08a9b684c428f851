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
  type OAuthGrant,
} from '../core/index.js';
import type { XProfile } from './x.answers.js';
import { XClient } from './x.client.js';
import { xErrors } from './x.errors.js';

/** OAuth 2.0 with PKCE. A refresh token is used once: the answer brings the next. */
@PlatformConnector('x')
export class XConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: XClient,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const { API: api = '', AUTH: auth = '' } = this.config.platform('x').hosts;
    return {
      platform: 'x',
      authorizeUrl: `${auth}/i/oauth2/authorize`,
      tokenUrl: `${api}/2/oauth2/token`,
      revokeUrl: `${api}/2/oauth2/revoke`,
      hosts: [api],
      scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
      clientAuth: 'basic',
      pkce: 'S256',
      errors: xErrors,
    };
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const profile = await this.client.me(grant.token.accessToken);
    return [
      {
        externalId: profile.id,
        ...factsOf(profile),
        credentials: this.credentialsOf(grant),
        expiresAt: endOf(grant.token),
      },
    ];
  }

  override async check(_account: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    return factsOf(await this.client.me(values['accessToken'] ?? ''));
  }
}

function factsOf({ name, username, avatarUrl, subscription, isProtected }: XProfile): AccountCheck {
  return {
    displayName: name,
    handle: `@${username}`,
    avatarUrl,
    metadata: { username, subscription: subscription ?? 'None', protected: isProtected },
  };
}
