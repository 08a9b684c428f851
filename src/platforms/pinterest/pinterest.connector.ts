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
  type LiveOption,
  type OAuth2Spec,
  type OAuthGrant,
  type OptionList,
  type OptionsRequest,
} from '../core/index.js';
import type { Board, PinterestAccount } from './pinterest.answers.js';
import { PinterestClient } from './pinterest.client.js';
import { pinterestErrors } from './pinterest.errors.js';

const secretScopes = ['boards:read_secret', 'boards:write_secret', 'pins:read_secret', 'pins:write_secret'];
const pageSizes = { boards: 250, boardsWithSections: 25 };

/** OAuth2 without PKCE. A refresh brings a new refresh token, good for 60 days more; Pinterest takes no login back by API. */
@PlatformConnector('pinterest')
export class PinterestConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: PinterestClient,
    private readonly config: AppConfig,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const { hosts, apiVersion } = this.config.platform('pinterest');
    const { API: api = '', AUTH: auth = '' } = hosts;
    return {
      platform: 'pinterest',
      authorizeUrl: `${auth}/oauth/`,
      tokenUrl: `${api}/${apiVersion ?? ''}/oauth/token`,
      revokeUrl: null,
      hosts: [api],
      scopes: ['boards:read', 'boards:write', 'pins:read', 'pins:write', 'user_accounts:read'],
      optionalScopes: secretScopes,
      scopeSeparator: ',',
      clientAuth: 'basic',
      pkce: 'none',
      // Apps from before 2025-09-25 get a refresh token that can be renewed only by asking for it.
      exchangeParameters: { continuous_refresh: 'true' },
      errors: pinterestErrors,
    };
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const account = await this.client.account(grant.token.accessToken);
    const credentials = this.credentialsOf(grant);
    return [{ externalId: account.id, ...factsOf(account), credentials, expiresAt: endOf(grant.token) }];
  }

  override async check(_account: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    return factsOf(await this.client.account(values['accessToken'] ?? ''));
  }

  override options(request: OptionsRequest): Promise<OptionList> {
    switch (request.setting) {
      case 'boardId':
        return this.boards(request);
      case 'sectionId':
        return this.sections(request);
      default:
        return super.options(request);
    }
  }

  private async boards({ credentials, query, cursor }: OptionsRequest): Promise<OptionList> {
    const token = credentials.values['accessToken'] ?? '';
    const page = await this.client.boards(token, { size: pageSizes.boards, bookmark: cursor });
    const options = page.items.filter(({ isAdsOnly }) => !isAdsOnly).map(boardOption);
    return { options: matching(options, query), nextCursor: page.bookmark };
  }

  /** Of the board whose id was typed; else of every board, a few boards at a time. */
  private async sections({ credentials, query, cursor }: OptionsRequest): Promise<OptionList> {
    const token = credentials.values['accessToken'] ?? '';
    if (query !== null && /^\d+$/.test(query)) {
      const page = await this.client.sections(token, query, cursor);
      const options = page.items.map(({ id, name }) => ({ value: id, label: name }));
      return { options, nextCursor: page.bookmark };
    }
    const size = pageSizes.boardsWithSections;
    const page = await this.client.boards(token, { size, bookmark: cursor });
    const options: LiveOption[] = [];
    for (const board of page.items.filter(({ isAdsOnly }) => !isAdsOnly)) {
      const { items } = await this.client.sections(token, board.id, null);
      for (const { id, name } of items) options.push({ value: id, label: `${board.name}: ${name}` });
    }
    return { options: matching(options, query), nextCursor: page.bookmark };
  }
}

function boardOption({ id, name, privacy }: Board): LiveOption {
  return { value: id, label: name, ...(privacy === 'PUBLIC' ? {} : { description: privacy.toLowerCase() }) };
}

function matching(options: readonly LiveOption[], query: string | null): readonly LiveOption[] {
  if (query === null) return options;
  const wanted = query.toLowerCase();
  return options.filter(({ label }) => label.toLowerCase().includes(wanted));
}

function factsOf({ name, username, avatarUrl, accountType }: PinterestAccount): AccountCheck {
  return { displayName: name, handle: `@${username}`, avatarUrl, metadata: { username, accountType } };
}
