import type { AccountRef, Credentials } from './account.js';
import type { JsonObject } from './json.js';
import type { OptionList, OptionsRequest } from './live-options.js';
import type { OAuthApp } from './oauth-app.js';

export interface ConnectField {
  /** camelCase key under which the answer comes back. */
  readonly name: string;
  readonly label: string;
  readonly type: 'text' | 'password' | 'url' | 'email' | 'number' | 'select' | 'list';
  readonly required: boolean;
  readonly secret: boolean;
  readonly help: string;
  readonly options?: readonly string[];
  readonly default?: string;
}

/** How an account of the platform is connected. */
export type ConnectDescriptor =
  | { readonly method: 'token_form'; readonly fields: readonly ConnectField[] }
  | {
      readonly method: 'oauth2';
      /** Asked before the authorize URL can be made (the Mastodon instance); empty for most. */
      readonly startFields: readonly ConnectField[];
      readonly pkce: boolean;
      readonly scopes: readonly string[];
      /** Whether app credentials have to be configured before anybody can connect. Mastodon registers its app by itself. */
      readonly needsApp: boolean;
    };

/** One account that the given login may write to. */
export interface ConnectableAccount {
  readonly externalId: string;
  readonly displayName: string;
  readonly handle: string | null;
  readonly avatarUrl: string | null;
  readonly metadata: JsonObject;
  readonly credentials: Readonly<Record<string, string>>;
  /** When the credentials end by themselves, as far as the platform says. */
  readonly expiresAt: Date | null;
}

export interface AuthorizeInput {
  readonly redirectUri: string;
  readonly state: string;
  /** S256 challenge; present when the descriptor says `pkce`. */
  readonly codeChallenge: string | null;
  readonly fields: Readonly<Record<string, string>>;
  /** Present where the descriptor says `needsApp`. */
  readonly app: OAuthApp | null;
}

export interface AuthorizeStart {
  readonly authorizeUrl: string;
  /** Kept encrypted with the connect session and handed back to `completeOAuth` (client id and secret, instance). */
  readonly session: Readonly<Record<string, string>>;
}

export interface OAuthCallback {
  readonly code: string;
  readonly redirectUri: string;
  readonly codeVerifier: string | null;
  /** All query parameters of the callback (`iss`, …). */
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
  /** Present where the descriptor says `needsApp`. */
  readonly app: OAuthApp | null;
}

export interface RefreshedCredentials {
  readonly credentials: Readonly<Record<string, string>>;
  readonly expiresAt: Date | null;
  /** Facts that changed since connecting, merged over the stored ones. */
  readonly metadata?: JsonObject;
}

export interface AccountCheck {
  readonly displayName: string;
  readonly handle: string | null;
  readonly avatarUrl: string | null;
  readonly metadata: JsonObject;
}

/**
 * Connects, checks and refreshes accounts. All methods throw `PublishError`; `auth_expired` means that only a person can
 * mend it. A connector that does not override a method does not offer it.
 */
export abstract class BaseConnector {
  abstract readonly descriptor: ConnectDescriptor;

  /** oauth2: makes the URL that the person is sent to. */
  startOAuth(input: AuthorizeInput): Promise<AuthorizeStart> {
    return Promise.reject(new Error(`${this.constructor.name} has no OAuth flow (state ${input.state}).`));
  }

  /** oauth2: exchanges the code and lists what can be connected. */
  completeOAuth(callback: OAuthCallback): Promise<readonly ConnectableAccount[]> {
    return Promise.reject(new Error(`${this.constructor.name} has no OAuth flow (${callback.redirectUri}).`));
  }

  /** token_form: checks the form's values with the platform and lists what can be connected. */
  completeForm(values: Readonly<Record<string, string>>): Promise<readonly ConnectableAccount[]> {
    return Promise.reject(
      new Error(`${this.constructor.name} takes no form (${Object.keys(values).join(', ')}).`),
    );
  }

  /** A harmless read that proves that the account can still be written to. */
  abstract check(account: AccountRef, credentials: Credentials, app: OAuthApp | null): Promise<AccountCheck>;

  /** New credentials for ended ones; null when they cannot be renewed without a person. */
  refresh(
    _account: AccountRef,
    _credentials: Credentials,
    _app: OAuthApp | null,
  ): Promise<RefreshedCredentials | null> {
    return Promise.resolve(null);
  }

  /** Tells the platform to forget us; nothing to do by default. */
  revoke(_account: AccountRef, _credentials: Credentials, _app: OAuthApp | null): Promise<void> {
    return Promise.resolve();
  }

  /**
   * What a setting whose schema says `"x-live-options": true` can be for this account right now: boards, playlists, privacy
   * levels. A read: nothing becomes visible.
   */
  options({ setting }: OptionsRequest): Promise<OptionList> {
    return Promise.reject(new Error(`${this.constructor.name} has no live options for "${setting}".`));
  }
}
