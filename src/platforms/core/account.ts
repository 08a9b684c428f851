import type { JsonObject } from './json.js';
import type { OAuthApp } from './oauth-app.js';

/** The account that a publisher writes to. Carries no secret. */
export interface AccountRef {
  /** UUID. */
  readonly id: string;
  readonly platform: string;
  /** The platform's own stable id: a DID, a chat id, a page id. Never a name that can change. */
  readonly externalId: string;
  readonly displayName: string;
  /** What a person recognises: `@anna@example.social`, `anna.bsky.social`. */
  readonly handle: string | null;
  /** Facts read when connecting: the instance's limits, the PDS host, the chat's kind. No secrets. */
  readonly metadata: JsonObject;
}

/** Decrypted secrets of an account, keyed as the platform's connector stored them. Never logged, never in the ledger. */
export interface Credentials {
  readonly values: Readonly<Record<string, string>>;
  /** Grows by one with each refresh or reconnect; names the version that failed. */
  readonly version: number;
  /** The app of the platform, for calls that prove it as well (`appsecret_proof`). Handed to publishers where there is one. */
  readonly app?: OAuthApp;
}
