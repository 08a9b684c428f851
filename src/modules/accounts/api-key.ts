import { hashSecret, randomToken } from '../../common/crypto/index.js';

/** What a key may do; each includes the ones before it. An operator decides for all workspaces: he runs the instance. */
export const apiKeyScopes = ['read', 'write', 'admin', 'operator'] as const;
export type ApiKeyScope = (typeof apiKeyScopes)[number];

export interface NewApiKey {
  /** Shown once, never stored. */
  readonly secret: string;
  /** What a person recognises the key by. */
  readonly prefix: string;
  readonly hash: string;
}

const start = 'fan_';
const format = /^fan_[A-Za-z0-9_-]{43}$/;
const shownCharacters = 12;

export function makeApiKey(): NewApiKey {
  const secret = `${start}${randomToken(32)}`;
  return { secret, prefix: secret.slice(0, shownCharacters), hash: hashSecret(secret) };
}

/** The hash under which a key is kept, or null when the text is none; takes `Bearer fan_…` too. */
export function hashOfApiKey(text: string): string | null {
  const secret = text.replace(/^Bearer +/i, '').trim();
  return format.test(secret) ? hashSecret(secret) : null;
}

export function grantsScope(scopes: readonly ApiKeyScope[], needed: ApiKeyScope): boolean {
  return scopes.some((scope) => apiKeyScopes.indexOf(scope) >= apiKeyScopes.indexOf(needed));
}
