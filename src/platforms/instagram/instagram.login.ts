import { textAt, textsAt, type AccountRef, type Credentials, type OAuthApp } from '../core/index.js';
import { accessFor, type GraphAccess } from '../families/meta/index.js';

/** How the account was connected: by itself, or through a page of Facebook that it is linked to. */
export const logins = ['instagram', 'facebook'] as const;
export type Login = (typeof logins)[number];

export interface InstagramAccess extends GraphAccess {
  readonly login: Login;
}

export function loginOf(values: Readonly<Record<string, string>>): Login {
  return values['login'] === 'facebook' ? 'facebook' : 'instagram';
}

export function loginOfAccount({ metadata }: AccountRef): Login {
  return textAt(metadata, 'login') === 'facebook' ? 'facebook' : 'instagram';
}

/** The app of the login; an installation may have only one. */
export function appOf(login: Login, app: OAuthApp | null): OAuthApp | null {
  if (app === null || login === 'instagram') return app;
  const { facebookClientId: clientId, facebookClientSecret: clientSecret } = app.extra;
  if (clientId === undefined || clientSecret === undefined) return app;
  return { ...app, clientId, clientSecret };
}

/** Only the Facebook Login knows the proof of the app. */
export function accessBy(login: Login, token: string, app: OAuthApp | null): InstagramAccess {
  return { ...accessFor(token, login === 'facebook' ? appOf(login, app) : null), login };
}

export function accessOf({ values, app }: Credentials): InstagramAccess {
  return accessBy(loginOf(values), values['accessToken'] ?? '', app ?? null);
}

/** Both logins call their permissions alike but for what stands before: `…manage_comments`. */
export function lacksPermission({ metadata }: AccountRef, ending: string): boolean {
  return textsAt(metadata, 'missingScopes').some((scope) => scope.endsWith(ending));
}
