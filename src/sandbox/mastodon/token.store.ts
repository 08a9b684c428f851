import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { refuse } from './mastodon.errors.js';

const CODE_LIFETIME_MS = 10 * 60_000;

export interface App {
  readonly id: string;
  readonly name: string;
  readonly website: string | null;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUris: readonly string[];
  readonly scopes: readonly string[];
}

export interface Grant {
  readonly app: App;
  readonly accountId: string;
  readonly scopes: readonly string[];
  readonly redirectUri: string;
  readonly challenge: string | null;
}

export interface AccessToken {
  readonly token: string;
  /** Null for an app of its own (`client_credentials`) and, as app, for a personal token. */
  readonly accountId: string | null;
  readonly app: App | null;
  readonly scopes: readonly string[];
  state: 'good' | 'expired' | 'revoked';
}

/** Apps, authorization codes and access tokens of the instance. */
export class TokenStore {
  private apps = new Map<string, App>();
  private codes = new Map<string, { grant: Grant; expiresAt: number }>();
  private tokens = new Map<string, AccessToken>();

  constructor(private readonly clock: SandboxClock) {}

  register(input: Omit<App, 'id' | 'clientId' | 'clientSecret'>): App {
    const app: App = { ...input, id: String(this.apps.size + 1), clientId: secret(), clientSecret: secret() };
    this.apps.set(app.clientId, app);
    return app;
  }

  app(clientId: string): App | undefined {
    return this.apps.get(clientId);
  }

  issueCode(grant: Grant): string {
    const code = secret();
    this.codes.set(code, { grant, expiresAt: this.clock.now() + CODE_LIFETIME_MS });
    return code;
  }

  /** A code is good once, for ten minutes. */
  redeem(code: string): Grant | undefined {
    const found = this.codes.get(code);
    this.codes.delete(code);
    return found && found.expiresAt > this.clock.now() ? found.grant : undefined;
  }

  issue(input: {
    accountId: string | null;
    app: App | null;
    scopes: readonly string[];
    token?: string;
  }): AccessToken {
    const token: AccessToken = { ...input, token: input.token ?? secret(), state: 'good' };
    this.tokens.set(token.token, token);
    return token;
  }

  find(token: string): AccessToken | undefined {
    return this.tokens.get(token);
  }

  check(token: string | undefined): AccessToken {
    const found = token === undefined ? undefined : this.tokens.get(token);
    if (!found) throw refuse(401, 'The access token is invalid');
    if (found.state === 'expired') throw refuse(401, 'The access token expired');
    if (found.state === 'revoked') throw refuse(401, 'The access token was revoked');
    return found;
  }

  end(accountId: string, state: 'expired' | 'revoked'): void {
    for (const token of this.tokens.values()) {
      if (token.accountId === accountId && token.state === 'good') token.state = state;
    }
  }

  personal(accountId: string): AccessToken | undefined {
    const own = [...this.tokens.values()].filter(
      ({ app, accountId: owner }) => app === null && owner === accountId,
    );
    return own.findLast(({ state }) => state === 'good');
  }

  reset(): void {
    this.apps = new Map();
    this.codes = new Map();
    this.tokens = new Map();
  }
}

/** `write` covers `write:statuses`. */
export function covers(granted: readonly string[], wanted: string): boolean {
  return granted.includes(wanted) || granted.includes(wanted.split(':')[0] ?? wanted);
}

function secret(): string {
  return randomBytes(32).toString('base64url');
}
