import type { AccountRef, Credentials } from '../account.js';
import {
  BaseConnector,
  type AuthorizeInput,
  type AuthorizeStart,
  type ConnectableAccount,
  type ConnectDescriptor,
  type ConnectField,
  type OAuthCallback,
  type RefreshedCredentials,
} from '../connector.js';
import type { OAuthApp } from '../oauth-app.js';
import type { OAuthClient } from './oauth.client.js';
import { appChanged, appMissing, scopesMissing } from './oauth.errors.js';
import type { OAuth2Spec, OAuthToken } from './oauth.types.js';

/** A login that was exchanged and allows what publishing needs. */
export interface OAuthGrant {
  readonly token: OAuthToken;
  readonly app: OAuthApp;
  /** Null where the platform does not say what it granted. */
  readonly scopes: readonly string[] | null;
  /** Optional ones that the person, or the app, does not have. */
  readonly missingScopes: readonly string[];
  /** Answers of the start fields. */
  readonly fields: Readonly<Record<string, string>>;
}

/**
 * A connector of a platform with OAuth2. A subclass says what is particular as data (`specFor`), lists what the login may
 * write to (`listAccounts`), and overrides a step only where the platform's sheet wants it otherwise.
 *
 * Credentials are stored as `accessToken`, `refreshToken` (where there is one) and `clientId`; a page, location or channel
 * that has a token of its own replaces `accessToken` in `listAccounts`.
 */
export abstract class OAuth2Connector extends BaseConnector {
  constructor(protected readonly oauth: OAuthClient) {
    super();
  }

  /** @param fields answers of the start fields, as they were at the start; for a platform with several logins. */
  protected abstract specFor(fields: Readonly<Record<string, string>>): OAuth2Spec;

  /** Every account that the grant may write to; `credentialsOf(grant)` are its credentials. */
  protected abstract listAccounts(grant: OAuthGrant): Promise<readonly ConnectableAccount[]>;

  /** What is asked before the authorize URL can be made; nothing by default. */
  protected get startFields(): readonly ConnectField[] {
    return [];
  }

  get descriptor(): ConnectDescriptor {
    const spec = this.specFor(defaultsOf(this.startFields));
    return {
      method: 'oauth2',
      startFields: this.startFields,
      pkce: (spec.pkce ?? 'none') !== 'none',
      scopes: [...spec.scopes, ...(spec.optionalScopes ?? [])],
      needsApp: true,
    };
  }

  override startOAuth({
    app,
    redirectUri,
    state,
    codeChallenge,
    fields,
  }: AuthorizeInput): Promise<AuthorizeStart> {
    const spec = this.specFor(fields);
    if (app === null) return Promise.reject(appMissing(spec.platform));
    const url = new URL(spec.authorizeUrl);
    const parameters = {
      [spec.clientIdName ?? 'client_id']: app.clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      scope: [...spec.scopes, ...(spec.optionalScopes ?? [])].join(spec.scopeSeparator ?? ' '),
      state,
      ...(codeChallenge === null ? {} : { code_challenge: codeChallenge, code_challenge_method: 'S256' }),
      ...spec.authorizeParameters,
    };
    // Encoded as %20, which every server reads; + is not what all of them take for a space.
    url.search = Object.entries(parameters)
      .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
      .join('&');
    return Promise.resolve({ authorizeUrl: url.href, session: { ...fields } });
  }

  override async completeOAuth(callback: OAuthCallback): Promise<readonly ConnectableAccount[]> {
    const { app, session, code, redirectUri, codeVerifier } = callback;
    const spec = this.specFor(session);
    if (app === null) throw appMissing(spec.platform);
    const first = await this.oauth.token(spec, app, {
      grant_type: 'authorization_code',
      code,
      redirect_uri: redirectUri,
      ...(codeVerifier === null ? {} : { code_verifier: codeVerifier }),
      ...spec.exchangeParameters,
    });
    const token = await this.lengthen(first, app, spec);
    const scopes = await this.grantedScopes({ ...token, scopes: token.scopes ?? first.scopes }, app, spec);
    const lacks = (wanted: readonly string[]): string[] =>
      scopes === null ? [] : wanted.filter((scope) => !scopes.includes(scope));
    const missing = lacks(spec.scopes);
    if (missing.length > 0) throw scopesMissing(spec.platform, missing);
    const missingScopes = lacks(spec.optionalScopes ?? []);
    return this.listAccounts({ token, app, scopes, missingScopes, fields: session });
  }

  override async refresh(
    _account: AccountRef,
    credentials: Credentials,
    app: OAuthApp | null,
  ): Promise<RefreshedCredentials | null> {
    const { values } = credentials;
    const spec = this.specFor(values);
    if (app === null) throw appMissing(spec.platform);
    if (values['clientId'] !== undefined && values['clientId'] !== app.clientId)
      throw appChanged(spec.platform);
    const token = await this.renew(values, app, spec);
    if (token === null) return null;
    return { credentials: { ...values, ...tokenValues(token) }, expiresAt: endOf(token) };
  }

  override async revoke(_account: AccountRef, { values }: Credentials, app: OAuthApp | null): Promise<void> {
    const spec = this.specFor(values);
    if (spec.revokeUrl === null || app === null) return;
    await this.oauth.revoke(spec, app, values['refreshToken'] ?? values['accessToken'] ?? '');
  }

  /** Exchanges a short-lived token for a long-lived one, where the platform has both. */
  protected lengthen(token: OAuthToken, _app: OAuthApp, _spec: OAuth2Spec): Promise<OAuthToken> {
    return Promise.resolve(token);
  }

  /** What was really granted: what the token answer says, or what has to be asked for. */
  protected grantedScopes(
    token: OAuthToken,
    _app: OAuthApp,
    _spec: OAuth2Spec,
  ): Promise<readonly string[] | null> {
    return Promise.resolve(token.scopes);
  }

  /** A new token for the stored values; null when only a person can help. A rotated refresh token replaces the old one. */
  protected async renew(
    values: Readonly<Record<string, string>>,
    app: OAuthApp,
    spec: OAuth2Spec,
  ): Promise<OAuthToken | null> {
    const refreshToken = values['refreshToken'];
    if (refreshToken === undefined) return null;
    return this.oauth.token(spec, app, { grant_type: 'refresh_token', refresh_token: refreshToken });
  }

  /** The credentials of an account of this grant. The start fields are kept: they say which login it was. */
  protected credentialsOf({ token, app, fields }: OAuthGrant): Record<string, string> {
    return { ...fields, ...tokenValues(token), clientId: app.clientId };
  }
}

/** When the login ends by itself: an access token that can be renewed is not what ends it. */
export function endOf({ refreshToken, expiresAt, refreshExpiresAt }: OAuthToken): Date | null {
  return refreshToken === null ? expiresAt : refreshExpiresAt;
}

/** An old refresh token stays where the platform gives no new one. */
function tokenValues({ accessToken, refreshToken }: OAuthToken): Record<string, string> {
  return { accessToken, ...(refreshToken === null ? {} : { refreshToken }) };
}

function defaultsOf(fields: readonly ConnectField[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value]])),
  );
}
