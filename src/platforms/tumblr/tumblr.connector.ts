import { Clock } from '../../common/clock/index.js';
import { AppConfig } from '../../common/config/index.js';
import {
  endOf,
  OAuth2Connector,
  OAuthClient,
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
import type { TumblrBlog } from './tumblr.answers.js';
import { TumblrClient } from './tumblr.client.js';
import { tumblrErrors } from './tumblr.errors.js';

/** What the token answer does not say. */
const refreshLifetimeMs = 42 * 24 * 60 * 60_000;

/** A login gives every blog of its user. Tumblr forgets nobody by API. */
@PlatformConnector('tumblr')
export class TumblrConnector extends OAuth2Connector {
  constructor(
    oauth: OAuthClient,
    private readonly client: TumblrClient,
    private readonly config: AppConfig,
    private readonly clock: Clock,
  ) {
    super(oauth);
  }

  protected override specFor(): OAuth2Spec {
    const { hosts, apiVersion } = this.config.platform('tumblr');
    const { API: api = '', AUTH: auth = '' } = hosts;
    return {
      platform: 'tumblr',
      authorizeUrl: `${auth}/oauth2/authorize`,
      tokenUrl: `${api}/${apiVersion ?? ''}/oauth2/token`,
      revokeUrl: null,
      hosts: [api],
      scopes: ['write', 'offline_access'],
      // The answer does not name it although it was granted.
      optionalScopes: ['basic'],
      pkce: 'none',
      errors: tumblrErrors,
    };
  }

  protected override lengthen(token: OAuthToken): Promise<OAuthToken> {
    return Promise.resolve(this.ending(token));
  }

  protected override async renew(
    values: Readonly<Record<string, string>>,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken | null> {
    const token = await super.renew(values, app, spec);
    return token === null ? null : this.ending(token);
  }

  protected override async listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const blogs = await this.client.blogs(grant.token.accessToken);
    const credentials = this.credentialsOf(grant);
    const expiresAt = endOf(grant.token);
    return blogs
      .toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary))
      .map((blog) => ({ externalId: blog.uuid, ...this.shown(blog), credentials, expiresAt }));
  }

  override async check({ externalId }: AccountRef, { values }: Credentials): Promise<AccountCheck> {
    const blogs = await this.client.blogs(values['accessToken'] ?? '');
    const blog = blogs.find(({ uuid }) => uuid === externalId);
    if (blog === undefined) throw blogGone();
    return this.shown(blog);
  }

  /** When an account that nobody publishes to has to be renewed. */
  private ending(token: OAuthToken): OAuthToken {
    return { ...token, refreshExpiresAt: new Date(this.clock.now().getTime() + refreshLifetimeMs) };
  }

  private shown({ name, title, url }: TumblrBlog): AccountCheck {
    const { hosts, apiVersion } = this.config.platform('tumblr');
    return {
      displayName: title,
      handle: name,
      avatarUrl: `${hosts['API'] ?? ''}/${apiVersion ?? ''}/blog/${encodeURIComponent(name)}/avatar/128`,
      metadata: { name, url },
    };
  }
}

function blogGone(): PublishError {
  return new PublishError({
    kind: 'auth_expired',
    code: 'tumblr.blog_gone',
    message: 'The login does not write to this blog any more.',
    remedy: 'Connect the blog again by a login of one of its members.',
  });
}
