import { createHmac } from 'node:crypto';
import type { OAuthApp } from '../../core/index.js';

/** A page, an account or a person, and the app that calls for them. */
export interface GraphAccess {
  readonly token: string;
  readonly appId: string | null;
  /** Null where calls carry no proof of the app. */
  readonly appSecret: string | null;
}

export function accessFor(token: string, app: OAuthApp | null): GraphAccess {
  return { token, appId: app?.clientId ?? null, appSecret: app?.clientSecret ?? null };
}

/** Shows that the call comes from the app's own server, whoever has got hold of the token. */
export function proofOf({ token, appSecret }: GraphAccess): Record<string, string> {
  if (appSecret === null) return {};
  return { appsecret_proof: createHmac('sha256', appSecret).update(token).digest('hex') };
}
