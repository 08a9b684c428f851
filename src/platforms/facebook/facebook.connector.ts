import {
  OAuth2Connector,
  PlatformConnector,
  PublishError,
  type AccountCheck,
  type AccountRef,
  type ConnectableAccount,
  type Credentials,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthGrant,
  type OAuthToken,
} from '../core/index.js';
import { accessFor, GraphOAuthClient, readAll } from '../families/meta/index.js';
import { FacebookClient, type FacebookPageProfile, type GrantedPage } from './facebook.client.js';
import { facebookErrors } from './facebook.errors.js';
import { accessOf, FacebookGraph } from './facebook.graph.js';

const writing = 'CREATE_CONTENT';

@PlatformConnector('facebook')
export class FacebookConnector extends OAuth2Connector {
  constructor(
    oauth: GraphOAuthClient,
    private readonly client: FacebookClient,
    private readonly graph: FacebookGraph,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const api = this.graph.host('API');
    return {
      platform: 'facebook',
      authorizeUrl: `${this.graph.host('AUTH')}/${this.graph.version}/dialog/oauth`,
      tokenUrl: `${api}/${this.graph.version}/oauth/access_token`,
      revokeUrl: null,
      hosts: [api],
      scopes: ['pages_show_list', 'pages_manage_posts', 'pages_read_engagement'],
      optionalScopes: [
        'pages_manage_engagement',
        'pages_read_user_content',
        'read_insights',
        'business_management',
        'publish_video',
      ],
      scopeSeparator: ',',
      errors: facebookErrors,
    };
  }

  /** An hour becomes sixty days; the tokens of pages that come of it do not end by themselves. */
  protected override lengthen(
    { accessToken }: OAuthToken,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken> {
    return this.oauth.token(spec, app, { grant_type: 'fb_exchange_token', fb_exchange_token: accessToken });
  }

  /** The token does not say it, and a person may untick what they like. */
  protected override grantedScopes({ accessToken }: OAuthToken, app: OAuthApp): Promise<string[]> {
    return this.client.permissions(accessFor(accessToken, app));
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const { token, app, missingScopes } = grant;
    const access = accessFor(token.accessToken, app);
    const { id: personId } = await this.client.me(access);
    const pages = await this.pagesOf(access, !missingScopes.includes('business_management'));
    const usable = pages.filter((page) => page.token !== null && page.tasks.includes(writing));
    if (usable.length === 0) throw noPages(pages.length);
    return usable.map((page) => ({
      ...profileOf(page),
      externalId: page.id,
      metadata: { missingScopes: [...missingScopes] },
      credentials: {
        ...this.credentialsOf(grant),
        accessToken: page.token ?? '',
        userToken: token.accessToken,
        personId,
      },
      expiresAt: null,
    }));
  }

  override async check(
    { externalId }: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<AccountCheck> {
    const access = accessFor(credentials.values['accessToken'] ?? '', app);
    const page = await this.client.page(access, externalId);
    return { ...profileOf(page), metadata: {} };
  }

  /** Nothing renews a login at Facebook: a token that ended needs the person. */
  override refresh(): Promise<null> {
    return Promise.resolve(null);
  }

  /**
   * Facebook forgets a person with all their pages or not at all: it is told only when no other page of theirs is let in.
   */
  override async revoke(
    { externalId }: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<void> {
    const { userToken, personId } = credentials.values;
    if (userToken === undefined || personId === undefined) return;
    const access = accessOf({
      ...credentials,
      values: { accessToken: userToken },
      ...(app === null ? {} : { app }),
    });
    const { items, after } = await this.client.pages(access, 'me/accounts', null);
    const others = items.some(({ id }) => id !== externalId);
    if (!others && after === null) await this.client.forget(access, personId);
  }

  /** Those that the person has a role on, and those that only a business holds. */
  private async pagesOf(
    access: ReturnType<typeof accessFor>,
    throughBusinesses: boolean,
  ): Promise<GrantedPage[]> {
    const pages = await readAll((after) => this.client.pages(access, 'me/accounts', after));
    const businesses = throughBusinesses
      ? await readAll((after) => this.client.businesses(access, after))
      : [];
    for (const business of businesses) {
      for (const edge of ['owned_pages', 'client_pages']) {
        pages.push(...(await readAll((after) => this.client.pages(access, `${business}/${edge}`, after))));
      }
    }
    return pages.filter((page, index) => pages.findIndex(({ id }) => id === page.id) === index);
  }
}

function profileOf({ name, username, picture }: FacebookPageProfile) {
  return { displayName: name, handle: username === null ? null : `@${username}`, avatarUrl: picture };
}

function noPages(seen: number): PublishError {
  return new PublishError({
    kind: 'content_refused',
    code: 'facebook.no_pages',
    message:
      seen === 0
        ? 'The login reaches no page.'
        : 'The login reaches pages, but may not create content on any of them.',
    remedy:
      'Log in as somebody who may create content on the page, tick the page in the dialog of Facebook, and connect again. Profiles and groups cannot be published to.',
  });
}
