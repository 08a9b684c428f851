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
  type OptionList,
  type OptionsRequest,
} from '../core/index.js';
import { googleLogin } from '../families/google/index.js';
import type { YoutubeChannel } from './youtube.answers.js';
import { YoutubeClient } from './youtube.client.js';
import { youtubeErrors } from './youtube.errors.js';

/** Categories differ by country in name only, as far as a video may have them. */
const region = 'US';

/** The login is bound to the one channel that is chosen on Google's page; for another one a person connects again. */
@PlatformConnector('youtube')
export class YoutubeConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: YoutubeClient,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    return googleLogin({
      platform: 'youtube',
      hosts: this.config.platform('youtube').hosts,
      // The last one for comments, playlists and deletion: the first is not enough.
      scopes: ['youtube.upload', 'youtube.readonly', 'youtube.force-ssl'],
      errors: youtubeErrors,
    });
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const channel = await this.client.channel(grant.token.accessToken);
    const credentials = this.credentialsOf(grant);
    return [{ externalId: channel.id, ...factsOf(channel), credentials, expiresAt: endOf(grant.token) }];
  }

  override async check(_account: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    return factsOf(await this.client.channel(values['accessToken'] ?? ''));
  }

  override async options({ credentials, setting, query, cursor }: OptionsRequest): Promise<OptionList> {
    const token = credentials.values['accessToken'] ?? '';
    const { items, next } =
      setting === 'playlist'
        ? await this.client.playlists(token, cursor)
        : { items: await this.client.categories(token, region), next: null };
    const wanted = (query ?? '').toLowerCase();
    return { options: items.filter(({ label }) => label.toLowerCase().includes(wanted)), nextCursor: next };
  }
}

function factsOf({ title, handle, avatarUrl, uploads, longUploads }: YoutubeChannel): AccountCheck {
  return { displayName: title, handle, avatarUrl, metadata: { uploads, longUploads } };
}
