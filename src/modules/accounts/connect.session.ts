import type { ConnectableAccount, ConnectField } from '../../platforms/core/index.js';
import type { AccountView } from './account.view.js';

export const connectStatuses = ['started', 'choose', 'done'] as const;
export type ConnectStatus = (typeof connectStatuses)[number];

/** An account that the login may write to, as it is offered. */
export interface ConnectChoice {
  readonly externalId: string;
  readonly displayName: string;
  readonly handle: string | null;
  readonly avatarUrl: string | null;
}

/** A connect session as a client sees it. Carries no secret but the state inside its authorize URL. */
export interface ConnectSessionView {
  readonly sessionId: string;
  readonly platform: string;
  readonly status: ConnectStatus;
  /** OAuth, while it is started: where to send the person. */
  readonly authorizeUrl: string | null;
  readonly redirectUri: string | null;
  /** Form, while it is started: what to ask the person. */
  readonly fields: readonly ConnectField[] | null;
  /** From completion to selection. */
  readonly choices: readonly ConnectChoice[] | null;
  /** Once done. */
  readonly accounts: readonly AccountView[] | null;
  readonly expiresAt: Date;
}

export interface ConnectStart {
  readonly fields?: Readonly<Record<string, unknown>> | undefined;
  readonly redirectUri?: string | undefined;
}

/** Exactly one of the two. */
export interface ConnectCompletion {
  /** The address that the person's browser landed on. */
  readonly callbackUrl?: string | undefined;
  /** The form's values. */
  readonly credentials?: Readonly<Record<string, unknown>> | undefined;
}

/** What a session must remember and nobody may read: kept sealed. */
export interface ConnectSecrets {
  readonly authorizeUrl: string | null;
  readonly codeVerifier: string | null;
  readonly session: Readonly<Record<string, string>>;
  readonly choices: readonly ConnectableAccount[];
}
