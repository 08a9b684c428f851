import { randomBytes } from 'node:crypto';
import type { IssuedToken, OAuthServerOptions } from './oauth.types.js';

const CODE_MS = 10 * 60_000;

/** What a consent gave, until its code is exchanged. */
export interface Grant {
  readonly clientId: string;
  readonly accountId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly offline: boolean;
  readonly expiresAt: number;
}

export interface NewToken {
  readonly accountId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly offline?: boolean;
  readonly kind?: string;
  /** Null: it does not end by itself. Left out: as the platform's access tokens. */
  readonly lifetimeMs?: number | null;
  /** A refresh token that goes on, where the platform does not rotate. */
  readonly refresh?: { readonly token: string; readonly expiresAt: number | null };
}

export type TokenCheck =
  | { readonly ok: true; readonly token: IssuedToken }
  | { readonly ok: false; readonly reason: 'missing' | 'unknown' | 'expired' | 'revoked' };

/** Codes and tokens of one simulated platform. */
export class OAuthStore {
  private codes = new Map<string, Grant>();
  private tokens: IssuedToken[] = [];

  constructor(private readonly options: OAuthServerOptions) {}

  makeCode(grant: Omit<Grant, 'expiresAt'>): string {
    const code = secret('code');
    this.codes.set(code, { ...grant, expiresAt: this.now + (this.options.codeMs ?? CODE_MS) });
    return code;
  }

  /** Each code once, and only in time. */
  takeCode(code: string): Grant | null {
    const grant = this.codes.get(code);
    this.codes.delete(code);
    return grant !== undefined && grant.expiresAt > this.now ? grant : null;
  }

  issue(wanted: NewToken): IssuedToken {
    const { accessMs, refreshMs } = this.options;
    const lifetimeMs = wanted.lifetimeMs === undefined ? accessMs : wanted.lifetimeMs;
    const refreshes = refreshMs !== null && wanted.offline === true;
    const fresh = refreshes ? { token: secret('refresh'), expiresAt: this.now + refreshMs } : null;
    const refresh = wanted.refresh ?? fresh;
    const token: IssuedToken = {
      access: secret('access'),
      refresh: refresh?.token ?? null,
      accountId: wanted.accountId,
      clientId: wanted.clientId,
      scopes: wanted.scopes,
      kind: wanted.kind ?? 'user',
      issuedAt: this.now,
      expiresAt: lifetimeMs === null ? null : this.now + lifetimeMs,
      refreshExpiresAt: refresh?.expiresAt ?? null,
      refreshUsed: false,
      revoked: false,
    };
    this.tokens.push(token);
    return token;
  }

  check(access: string | undefined): TokenCheck {
    if (access === undefined || access === '') return { ok: false, reason: 'missing' };
    const token = this.tokens.find((candidate) => candidate.access === access);
    if (token === undefined) return { ok: false, reason: 'unknown' };
    if (token.revoked) return { ok: false, reason: 'revoked' };
    if (token.expiresAt !== null && token.expiresAt <= this.now) return { ok: false, reason: 'expired' };
    return { ok: true, token };
  }

  /** A refresh token that can still be used. */
  byRefresh(refresh: string): IssuedToken | null {
    const found = this.tokens.filter((token) => token.refresh === refresh).at(-1);
    if (found === undefined || found.revoked || found.refreshUsed) return null;
    return found.refreshExpiresAt !== null && found.refreshExpiresAt <= this.now ? null : found;
  }

  /** By access or refresh token. */
  find(value: string): IssuedToken | undefined {
    return this.tokens.find(({ access, refresh }) => access === value || refresh === value);
  }

  /** With everything that was got by the same refresh token, where it goes on. */
  revoke(token: IssuedToken): void {
    for (const candidate of this.tokens) {
      const same = token.refresh !== null && candidate.refresh === token.refresh;
      if (candidate === token || same) candidate.revoked = true;
    }
  }

  /** `expire` ends access tokens as time would; `revoke` ends everything of the account. */
  end(accountId: string, action: 'expire' | 'revoke'): void {
    for (const token of this.tokens.filter((candidate) => candidate.accountId === accountId)) {
      if (action === 'revoke') token.revoked = true;
      else token.expiresAt = Math.min(token.expiresAt ?? this.now, this.now);
    }
  }

  reset(): void {
    this.codes = new Map();
    this.tokens = [];
  }

  private get now(): number {
    return this.options.clock.now();
  }
}

function secret(kind: string): string {
  return `sandbox-${kind}-${randomBytes(24).toString('base64url')}`;
}
