import { arrayAt, describeJson, stringAt, type JsonObject } from '../json.js';
import type { IssuedToken, OAuthServer, RegisteredApp } from '../oauth/index.js';
import type { Operation } from '../operation.js';
import { fieldsOf, type SandboxRequest } from '../request.js';
import { accepted, json, type Refusal, type SandboxResponse } from '../response.js';

/** The Facebook Login of one app. */
export interface FacebookLogin {
  readonly oauth: OAuthServer;
  readonly app: RegisteredApp;
  /** How long a token lives that was exchanged for a short one. */
  readonly longMs: number;
  /** Remembers what the person has left out who consents for an account; undefined: none was named. */
  readonly decline: (account: string | undefined, scopes: readonly string[]) => void;
  /** The short token. @throws Refusal where it is none that may be exchanged. */
  readonly exchangeable: (access: string | undefined) => IssuedToken;
  /** The app does not tell its secret. */
  readonly appRefused: () => Refusal;
}

/** What Facebook adds to the usual OAuth2: why a person said no, what they left out, and the exchange for a long token. */
export function facebookLogin(login: FacebookLogin): Operation[] {
  return login.oauth.operations().map((operation) => {
    switch (operation.name) {
      case 'oauth.consent':
        return {
          ...operation,
          handle: async (request, context) => {
            const answer = await operation.handle(request, context);
            const fields = fieldsOf(request);
            const declined = (arrayAt(fields, 'declined') ?? []).map(describeJson);
            login.decline(stringAt(fields, 'account'), declined);
            return withReason(answer);
          },
        };
      case 'oauth.token':
        return {
          ...operation,
          handle: (request, context) =>
            request.query.get('grant_type') === 'fb_exchange_token'
              ? lengthen(login, request)
              : operation.handle(request, context),
        };
      default:
        return operation;
    }
  });
}

/** What a person has granted, and what not. */
export function permissionRows(granted: readonly string[], declined: readonly string[]): JsonObject[] {
  return [
    ...granted.map((permission) => ({ permission, status: 'granted' })),
    ...declined.map((permission) => ({ permission, status: 'declined' })),
  ];
}

function withReason(answer: SandboxResponse): SandboxResponse {
  const location = new URL(answer.headers['location'] ?? '');
  if (location.searchParams.get('error') !== 'access_denied') return answer;
  location.searchParams.set('error_code', '200');
  location.searchParams.set('error_reason', 'user_denied');
  return { ...answer, headers: { ...answer.headers, location: location.href } };
}

function lengthen(
  { oauth, app, longMs, exchangeable, appRefused }: FacebookLogin,
  { query }: SandboxRequest,
): SandboxResponse {
  if (query.get('client_id') !== app.clientId || query.get('client_secret') !== app.clientSecret)
    throw appRefused();
  const { accountId, clientId, scopes } = exchangeable(query.get('fb_exchange_token') ?? undefined);
  const { access } = oauth.issue({ accountId, clientId, scopes, kind: 'long', lifetimeMs: longMs });
  const answer = { access_token: access, token_type: 'bearer', expires_in: longMs / 1000 };
  return accepted(json(200, answer), true);
}
