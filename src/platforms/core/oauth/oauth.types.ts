import type { ErrorTable } from '../error-table.js';

/** How the challenge of PKCE is written; `none` where the platform knows no PKCE. */
export type PkceMethod = 'none' | 'S256';

/** A platform's OAuth2 as data. What no sheet says otherwise has a default. */
export interface OAuth2Spec {
  /** Folder name of the platform: prefix of every code. */
  readonly platform: string;
  /** Without query. */
  readonly authorizeUrl: string;
  readonly tokenUrl: string;
  /** Null: the platform forgets nobody by API. */
  readonly revokeUrl: string | null;
  /** Whoever holds a token gives it back: the app does not say who it is (Google). */
  readonly revokesByTokenAlone?: true;
  /** Base URLs that tokens may be sent to; redirects and addresses from answers go nowhere else. */
  readonly hosts: readonly string[];
  /** Without these nothing can be published: a login that grants less is refused with their names. */
  readonly scopes: readonly string[];
  /** Asked for as well; an account without them is connected and says what it cannot do. */
  readonly optionalScopes?: readonly string[];
  /** A space by default; several platforms want commas. */
  readonly scopeSeparator?: ' ' | ',';
  /** `client_id` by default; TikTok says `client_key`. */
  readonly clientIdName?: string;
  /** Where the token endpoint wants the app: fields of the body (the default) or the header `Authorization: Basic`. */
  readonly clientAuth?: 'body' | 'basic';
  readonly pkce?: PkceMethod;
  /** Further parameters of the authorize URL: `access_type=offline`. */
  readonly authorizeParameters?: Readonly<Record<string, string>>;
  /** Further fields when a code is exchanged. */
  readonly exchangeParameters?: Readonly<Record<string, string>>;
  /** Rows with `operation: 'token' | 'revoke'` come before the usual OAuth codes, all others behind them. */
  readonly errors: ErrorTable;
}

/** What a token endpoint gave. Secret as a whole. */
export interface OAuthToken {
  readonly accessToken: string;
  /** Null: the platform gives none, or kept the old one valid. */
  readonly refreshToken: string | null;
  /** By our clock; null where the platform says nothing. */
  readonly expiresAt: Date | null;
  /** When the refresh token ends; null where the platform says nothing. */
  readonly refreshExpiresAt: Date | null;
  /** Null where the answer does not say what was granted. */
  readonly scopes: readonly string[] | null;
  /** The answer, for what only one platform says (`open_id`, `user_id`). */
  readonly answer: unknown;
}
