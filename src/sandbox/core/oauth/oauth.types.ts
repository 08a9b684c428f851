import type { JsonObject } from '../json.js';
import type { SandboxResponse } from '../response.js';
import type { SandboxClock } from '../sandbox.clock.js';

/** Who can log in at the consent page. */
export interface OAuthPerson {
  readonly id: string;
  readonly name: string;
}

export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
  readonly name: string;
}

/** A token that was given out. */
export interface IssuedToken {
  readonly access: string;
  readonly refresh: string | null;
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  /** `user` unless the simulator issues others: `page`, `long`. */
  readonly kind: string;
  /** Milliseconds by the sandbox clock. */
  readonly issuedAt: number;
  /** Null: it does not end by itself. */
  expiresAt: number | null;
  refreshExpiresAt: number | null;
  refreshUsed: boolean;
  revoked: boolean;
}

export type OAuthErrorName =
  'invalid_request' | 'invalid_client' | 'invalid_grant' | 'unsupported_grant_type' | 'invalid_scope';

export interface Endpoint {
  /** Host label; null where the platform has one host. */
  readonly host: string | null;
  readonly path: string;
}

/** A platform's OAuth2, as its sheet describes it. What is left out is as RFC 6749 has it. */
export interface OAuthServerOptions {
  readonly clock: SandboxClock;
  readonly apps: readonly RegisteredApp[];
  readonly people: () => readonly OAuthPerson[];
  /** `parameters`: what the sheet lists beside the usual ones. */
  readonly authorize: Endpoint & { readonly parameters?: readonly string[] };
  /** `fields`: what the sheet lists beside the usual ones. With `GET` everything comes in the query. */
  readonly token: Endpoint & { readonly method?: 'GET' | 'POST'; readonly fields?: readonly string[] };
  /** `tokenAlone`: whoever holds a token may give it back, the app does not say who it is (Google). */
  readonly revoke?: Endpoint & { readonly fields?: readonly string[]; readonly tokenAlone?: true };
  /** `client_id` unless the platform calls it otherwise. */
  readonly clientIdName?: string;
  readonly clientAuth?: 'body' | 'basic';
  readonly scopes: readonly string[];
  readonly scopeSeparator?: ' ' | ',' | 'both';
  readonly pkce?: 'none' | 'optional' | 'required';
  readonly codeMs?: number;
  readonly accessMs: number;
  /** Null: there are no refresh tokens. */
  readonly refreshMs: number | null;
  /** Whether a refresh gives a new refresh token, and the old one is dead at once. */
  readonly rotates?: boolean;
  /** Scope without which there is no refresh token: `offline.access`. */
  readonly offlineScope?: string;
  /** Parameter of the authorize URL without which there is no refresh token: `access_type=offline`. */
  readonly offlineParameter?: readonly [name: string, value: string];
  /** Put behind the redirect address: `#_`. */
  readonly redirectSuffix?: string;
  /** The platform's own shape of a token answer. */
  readonly tokenAnswer?: (token: IssuedToken, usual: JsonObject) => JsonObject;
  /** The platform's own shape of an error of the token endpoint. */
  readonly tokenError?: (error: OAuthErrorName, description: string) => SandboxResponse;
}
