import { AppConfig } from '../../common/config/index.js';
import {
  endOf,
  OAuth2Connector,
  OAuthClient,
  PlatformConnector,
  PublishError,
  textsAt,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type Credentials,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthGrant,
  type OptionList,
  type OptionsRequest,
} from '../core/index.js';
import type { CreatorInfo, TiktokProfile } from './tiktok.answers.js';
import { TiktokClient } from './tiktok.client.js';
import { tiktokErrors } from './tiktok.errors.js';

const nameScope = 'user.info.profile';

const labels: Readonly<Record<string, string>> = {
  PUBLIC_TO_EVERYONE: 'Everyone',
  MUTUAL_FOLLOW_FRIENDS: 'Friends',
  FOLLOWER_OF_CREATOR: 'Followers',
  SELF_ONLY: 'Only me',
};

/** Login Kit. Both tokens are replaced at each renewal; errors may come with status 200. */
@PlatformConnector('tiktok')
export class TiktokConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: TiktokClient,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const { API: api = '', AUTH: auth = '' } = this.config.platform('tiktok').hosts;
    return {
      platform: 'tiktok',
      authorizeUrl: `${auth}/v2/auth/authorize/`,
      tokenUrl: `${api}/v2/oauth/token/`,
      revokeUrl: `${api}/v2/oauth/revoke/`,
      hosts: [api],
      scopes: ['user.info.basic', 'video.publish'],
      optionalScopes: [nameScope, 'video.upload', 'video.list'],
      scopeSeparator: ',',
      clientIdName: 'client_key',
      errors: tiktokErrors,
    };
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const { accessToken } = grant.token;
    const scopes = [...(grant.scopes ?? [])];
    const profile = await this.client.profile(accessToken, scopes.includes(nameScope));
    return [
      {
        externalId: profile.openId,
        ...this.factsOf(profile, scopes, await this.creatorOf(accessToken)),
        credentials: this.credentialsOf(grant),
        expiresAt: endOf(grant.token),
      },
    ];
  }

  override async check({ metadata }: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const token = values['accessToken'] ?? '';
    const scopes = [...textsAt(metadata, 'scopes')];
    const profile = await this.client.profile(token, scopes.includes(nameScope));
    return this.factsOf(profile, scopes, await this.creatorOf(token));
  }

  /** The grant hangs on the access token. */
  override async revoke(_account: AccountRef, { values }: Credentials, app: OAuthApp | null): Promise<void> {
    if (app !== null) await this.oauth.revoke(this.specFor(), app, values['accessToken'] ?? '');
  }

  override async options({ setting, credentials }: OptionsRequest): Promise<OptionList> {
    if (setting !== 'privacyLevel') throw new Error(`TikTok has no live options for "${setting}".`);
    const { privacyLevels, ...facts } = await this.client.creatorInfo(
      credentials.values['accessToken'] ?? '',
    );
    const options = privacyLevels.map((value) => ({ value, label: labels[value] ?? value }));
    return { options, facts, nextCursor: null };
  }

  /** Null where TikTok does not let the account post right now: it can be connected all the same. */
  private async creatorOf(token: string): Promise<CreatorInfo | null> {
    try {
      return await this.client.creatorInfo(token);
    } catch (error) {
      if (!(error instanceof PublishError) || error.kind === 'auth_expired') throw error;
      return null;
    }
  }

  private factsOf(profile: TiktokProfile, scopes: string[], creator: CreatorInfo | null): AccountCheck {
    const username = profile.username ?? creator?.username ?? null;
    return {
      displayName: profile.name,
      handle: username === null ? null : `@${username}`,
      avatarUrl: profile.avatarUrl,
      metadata: { scopes, maxVideoSec: creator?.maxVideoSec ?? null },
    };
  }
}
