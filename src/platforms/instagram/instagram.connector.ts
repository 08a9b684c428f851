import {
  endOf,
  OAuth2Connector,
  PlatformConnector,
  type AccountCheck,
  type AccountRef,
  type AuthorizeInput,
  type AuthorizeStart,
  type ConnectableAccount,
  type ConnectField,
  type Credentials,
  type OAuth2Spec,
  type OAuthApp,
  type OAuthCallback,
  type OAuthGrant,
  type OAuthToken,
  type RefreshedCredentials,
} from '../core/index.js';
import { readAll } from '../families/meta/index.js';
import { InstagramAccounts, type InstagramProfile } from './instagram.accounts.js';
import { noAccounts, personalAccount } from './instagram.failures.js';
import { InstagramGraph } from './instagram.graph.js';
import { instagramLoginErrors } from './instagram.login-errors.js';
import { accessBy, accessOf, appOf, loginOf, logins } from './instagram.login.js';
import { InstagramOAuthClient, isFacebook } from './instagram.oauth.js';

/** Two logins, chosen by the first question; what one of them does otherwise stands in each method. */
@PlatformConnector('instagram')
export class InstagramConnector extends OAuth2Connector {
  constructor(
    oauth: InstagramOAuthClient,
    private readonly accounts: InstagramAccounts,
    private readonly graph: InstagramGraph,
  ) {
    super(oauth);
  }

  protected override get startFields(): readonly ConnectField[] {
    return [
      {
        name: 'login',
        label: 'Log in with',
        type: 'select',
        required: true,
        secret: false,
        help: 'instagram: a professional account by itself. facebook: accounts that are linked to a page; only these posts can be deleted by Fanfare.',
        options: logins,
        default: 'instagram',
      },
    ];
  }

  protected override specFor(fields: Readonly<Record<string, string>>): OAuth2Spec {
    return loginOf(fields) === 'facebook' ? this.facebookSpec() : this.instagramSpec();
  }

  override startOAuth(input: AuthorizeInput): Promise<AuthorizeStart> {
    return super.startOAuth({ ...input, app: appOf(loginOf(input.fields), input.app) });
  }

  /** The redirect ends in `#_`, which a pasted address carries along. */
  override completeOAuth(callback: OAuthCallback): Promise<readonly ConnectableAccount[]> {
    const { session, app, code } = callback;
    return super.completeOAuth({
      ...callback,
      code: code.replace(/#_$/, ''),
      app: appOf(loginOf(session), app),
    });
  }

  override refresh(
    account: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<RefreshedCredentials | null> {
    return super.refresh(account, credentials, appOf(loginOf(credentials.values), app));
  }

  /** An hour becomes sixty days; the tokens of pages that come of it do not end by themselves. */
  protected override lengthen(
    { accessToken }: OAuthToken,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken> {
    if (isFacebook(spec)) {
      const grant = { grant_type: 'fb_exchange_token', fb_exchange_token: accessToken };
      return this.oauth.token(spec, app, grant);
    }
    return this.oauth.tokenByQuery(spec, `${this.graph.host('API')}/access_token`, {
      grant_type: 'ig_exchange_token',
      client_secret: app.clientSecret,
      access_token: accessToken,
    });
  }

  /** Facebook's token does not say it, and a person may untick what they like. */
  protected override grantedScopes(
    token: OAuthToken,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<readonly string[] | null> {
    if (!isFacebook(spec)) return Promise.resolve(token.scopes);
    return this.accounts.permissions(accessBy('facebook', token.accessToken, app));
  }

  /** Only a token of the Instagram Login that is a day old and has not ended can be renewed. */
  protected override renew(
    values: Readonly<Record<string, string>>,
    _app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken | null> {
    if (isFacebook(spec)) return Promise.resolve(null);
    return this.oauth.tokenByQuery(spec, `${this.graph.host('API')}/refresh_access_token`, {
      grant_type: 'ig_refresh_token',
      access_token: values['accessToken'] ?? '',
    });
  }

  protected override listAccounts(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    return loginOf(grant.fields) === 'facebook' ? this.listLinked(grant) : this.listOwn(grant);
  }

  override async check(
    { externalId, metadata }: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<AccountCheck> {
    const login = loginOf(credentials.values);
    const access = accessBy(login, credentials.values['accessToken'] ?? '', app);
    const profile =
      login === 'facebook' ? await this.accounts.account(access, externalId) : await this.accounts.me(access);
    return { ...shown(profile), metadata };
  }

  /** Facebook forgets a person with all their pages or not at all; Instagram by its app only. */
  override async revoke(
    { externalId }: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<void> {
    const { userToken } = credentials.values;
    if (userToken === undefined) return;
    const values = { ...credentials.values, accessToken: userToken };
    const access = accessOf({ ...credentials, values, ...(app === null ? {} : { app }) });
    const { items, after } = await this.accounts.linked(access, null);
    const others = items.some(({ id }) => id !== externalId);
    if (!others && after === null) await this.accounts.forget(access);
  }

  private async listOwn(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const profile = await this.accounts.me(accessBy('instagram', grant.token.accessToken, grant.app));
    if (profile.accountType === 'PERSONAL') throw personalAccount();
    return [
      {
        ...shown(profile),
        externalId: profile.id,
        metadata: { login: 'instagram', missingScopes: [...grant.missingScopes] },
        credentials: this.credentialsOf(grant),
        expiresAt: endOf(grant.token),
      },
    ];
  }

  private async listLinked(grant: OAuthGrant): Promise<ConnectableAccount[]> {
    const { token, app, missingScopes } = grant;
    const access = accessBy('facebook', token.accessToken, app);
    const linked = await readAll((after) => this.accounts.linked(access, after));
    if (linked.length === 0) throw noAccounts();
    return linked.map(({ page, ...profile }) => ({
      ...shown(profile),
      externalId: profile.id,
      metadata: { login: 'facebook', missingScopes: [...missingScopes], page: page.name },
      credentials: {
        ...this.credentialsOf(grant),
        accessToken: page.token,
        userToken: token.accessToken,
      },
      expiresAt: null,
    }));
  }

  private instagramSpec(): OAuth2Spec {
    return {
      platform: 'instagram',
      authorizeUrl: `${this.graph.host('AUTH')}/oauth/authorize`,
      tokenUrl: `${this.graph.host('TOKEN')}/oauth/access_token`,
      revokeUrl: null,
      hosts: [this.graph.host('API'), this.graph.host('TOKEN')],
      scopes: ['instagram_business_basic', 'instagram_business_content_publish'],
      optionalScopes: ['instagram_business_manage_comments', 'instagram_business_manage_insights'],
      scopeSeparator: ',',
      errors: instagramLoginErrors,
    };
  }

  private facebookSpec(): OAuth2Spec {
    const api = this.graph.host('GRAPH');
    const { version } = this.graph;
    return {
      platform: 'instagram',
      authorizeUrl: `${this.graph.host('DIALOG')}/${version}/dialog/oauth`,
      tokenUrl: `${api}/${version}/oauth/access_token`,
      revokeUrl: null,
      hosts: [api],
      scopes: ['instagram_basic', 'instagram_content_publish', 'pages_show_list', 'pages_read_engagement'],
      optionalScopes: [
        'instagram_manage_comments',
        'instagram_manage_insights',
        'instagram_manage_contents',
        'business_management',
      ],
      scopeSeparator: ',',
      errors: instagramLoginErrors,
    };
  }
}

function shown({ username, name, avatarUrl }: InstagramProfile) {
  return { displayName: name, handle: `@${username}`, avatarUrl };
}
