import { createHmac, randomUUID } from 'node:crypto';
import type { SandboxClock } from '../core/sandbox.clock.js';
import { refuse } from './bluesky.errors.js';

const MINUTE_MS = 60_000;
const ACCESS_MS = 120 * MINUTE_MS;
const REFRESH_MS = 90 * 24 * 60 * MINUTE_MS;
const GRACE_MS = 120 * MINUTE_MS;

export type TokenKind = 'access' | 'refresh' | 'service';

export interface SessionToken {
  readonly token: string;
  readonly kind: TokenKind;
  readonly did: string;
  /** The app password of the session; empty for service tokens. */
  readonly password: string;
  readonly audience: string;
  /** The method that a service token is for. */
  readonly method: string | null;
  expiresAt: number;
  revoked: boolean;
  /** The refresh token that took its place. */
  successor?: SessionToken;
}

export interface SessionPair {
  readonly accessJwt: string;
  readonly refreshJwt: string;
}

/** Issued tokens; they look like JWTs and are looked up as they are. */
export class SessionStore {
  private tokens = new Map<string, SessionToken>();

  constructor(private readonly clock: SandboxClock) {}

  open(did: string, password: string): SessionPair {
    const refresh = this.issue({ kind: 'refresh', did, password, lifetimeMs: REFRESH_MS });
    return this.pairOf(refresh);
  }

  /** A new pair; asked again within the grace, the same successor. */
  refresh(token: string | undefined): { pair: SessionPair; did: string } {
    const current = this.check(token, 'refresh');
    if (!current.successor) {
      const { did, password } = current;
      current.successor = this.issue({ kind: 'refresh', did, password, lifetimeMs: REFRESH_MS });
      current.expiresAt = Math.min(current.expiresAt, this.clock.now() + GRACE_MS);
    }
    return { pair: this.pairOf(current.successor), did: current.did };
  }

  serviceToken(input: { did: string; audience: string; method: string | null; expiresAt: number }): string {
    const lifetimeMs = input.expiresAt - this.clock.now();
    return this.issue({ kind: 'service', password: '', lifetimeMs, ...input }).token;
  }

  /** The token, if it is of this kind and good; the platform's refusal otherwise. */
  check(token: string | undefined, kind: TokenKind): SessionToken {
    if (token === undefined) throw refuse(401, 'AuthMissing', 'Authentication Required');
    const found = this.tokens.get(token);
    if (!found) throw refuse(400, 'InvalidToken', 'Token could not be verified');
    if (found.revoked) throw refuse(400, 'ExpiredToken', 'Token has been revoked');
    if (found.expiresAt <= this.clock.now()) throw refuse(400, 'ExpiredToken', 'Token has expired');
    if (found.kind !== kind) throw refuse(400, 'InvalidToken', 'Bad token scope');
    return found;
  }

  expireAccess(did: string): void {
    for (const token of this.of(did, 'access')) token.expiresAt = this.clock.now();
  }

  /** Ends the refresh tokens; access tokens live on until they expire, as on the real server. */
  revokeRefresh(did: string): void {
    for (const token of this.of(did, 'refresh')) token.revoked = true;
  }

  reset(): void {
    this.tokens = new Map();
  }

  private of(did: string, kind: TokenKind): SessionToken[] {
    return [...this.tokens.values()].filter((token) => token.did === did && token.kind === kind);
  }

  private pairOf(refresh: SessionToken): SessionPair {
    const { did, password } = refresh;
    const access = this.issue({ kind: 'access', did, password, lifetimeMs: ACCESS_MS });
    return { accessJwt: access.token, refreshJwt: refresh.token };
  }

  private issue(input: {
    kind: TokenKind;
    did: string;
    password: string;
    lifetimeMs: number;
    audience?: string;
    method?: string | null;
  }): SessionToken {
    const expiresAt = this.clock.now() + input.lifetimeMs;
    const issued: SessionToken = {
      token: jwt(input.kind, input.did, this.clock.now(), expiresAt),
      kind: input.kind,
      did: input.did,
      password: input.password,
      audience: input.audience ?? '',
      method: input.method ?? null,
      expiresAt,
      revoked: false,
    };
    this.tokens.set(issued.token, issued);
    return issued;
  }
}

const SCOPES: Readonly<Record<TokenKind, string>> = {
  access: 'com.atproto.appPass',
  refresh: 'com.atproto.refresh',
  service: 'com.atproto.service',
};

function jwt(kind: TokenKind, did: string, issuedMs: number, expiresMs: number): string {
  const seconds = (ms: number): number => Math.floor(ms / 1000);
  const payload = {
    scope: SCOPES[kind],
    sub: did,
    iat: seconds(issuedMs),
    exp: seconds(expiresMs),
    jti: randomUUID(),
  };
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const signed = `${part({ typ: 'at+jwt', alg: 'HS256' })}.${part(payload)}`;
  return `${signed}.${createHmac('sha256', 'sandbox').update(signed).digest('base64url')}`;
}
