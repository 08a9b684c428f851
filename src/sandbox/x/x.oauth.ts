import type { Operation } from '../core/operation.js';
import { OAuthServer, type OAuthServerOptions } from '../core/oauth/index.js';
import { html, json, Refusal, type SandboxResponse } from '../core/response.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import type { Person } from './x.person.js';

const HOUR_MS = 60 * 60_000;
const LONGEST_STATE = 500;
const DEAD = 'Value passed for the token was invalid.';

export const SCOPES = ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'];

/** OAuth 2.0 with PKCE as a confidential client; a code lives 30 seconds, a token two hours. */
export function xOAuth(environment: SimulatorEnvironment, people: () => readonly Person[]): OAuthServer {
  const options: OAuthServerOptions = {
    clock: environment.clock,
    apps: [{ clientId: 'x-app', clientSecret: 'x-app-secret', name: 'Fanfare' }],
    people: () => people().map(({ id, name, username }) => ({ id, name: `${name} @${username}` })),
    authorize: { host: 'AUTH', path: '/i/oauth2/authorize' },
    token: { host: 'API', path: '/2/oauth2/token', fields: ['client_id'] },
    revoke: { host: 'API', path: '/2/oauth2/revoke', fields: ['token_type_hint', 'client_id'] },
    clientAuth: 'basic',
    scopes: SCOPES,
    pkce: 'required',
    codeMs: 30_000,
    accessMs: 2 * HOUR_MS,
    refreshMs: 180 * 24 * HOUR_MS,
    rotates: true,
    offlineScope: 'offline.access',
    tokenError: (error, description) => {
      if (error === 'invalid_client')
        return refusal(401, 'unauthorized_client', 'Missing valid authorization header');
      if (error !== 'invalid_grant') return refusal(400, error, description);
      return refusal(400, 'invalid_request', wordsOf(description));
    },
  };
  return new OAuthServer(options, (host) => environment.url(host));
}

/** The operations of the server, with what X does otherwise: a longest state, and an answer to the revocation. */
export function oauthOperations(oauth: OAuthServer): Operation[] {
  return oauth.operations().map((operation): Operation => {
    switch (operation.name) {
      case 'oauth.authorize':
        return {
          ...operation,
          handle: (request, context) => {
            if ((request.query.get('state') ?? '').length > LONGEST_STATE) throw tooLongState();
            return operation.handle(request, context);
          },
        };
      case 'oauth.revoke':
        return {
          ...operation,
          handle: async (request, context) => {
            await operation.handle(request, context);
            return json(200, { revoked: true });
          },
        };
      default:
        return operation;
    }
  });
}

/** The core's words for what does not fit, in X's. */
function wordsOf(description: string): string {
  if (description.includes('refresh token')) return DEAD;
  if (description.includes('redirect_uri'))
    return 'Value passed for the redirect uri did not match the uri of the authorization code.';
  if (description.includes('code_verifier'))
    return 'Value passed for the code verifier did not match the code challenge.';
  return 'Value passed for the authorization code was invalid.';
}

function refusal(status: number, error: string, error_description: string): SandboxResponse {
  return json(status, { error, error_description });
}

function tooLongState(): Refusal {
  return new Refusal(
    html(400, '<!doctype html><title>X</title><p>Something went wrong: state is too long.</p>'),
  );
}
