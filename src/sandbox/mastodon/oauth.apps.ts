import { fieldsOf } from '../core/request.js';
import { json } from '../core/response.js';
import type { Operation } from '../core/operation.js';
import type { JsonObject } from '../core/json.js';
import { apiOperation } from './api.operation.js';
import { listOf, textOf } from './field.values.js';
import { invalid } from './mastodon.errors.js';
import type { MastodonState } from './mastodon.state.js';
import type { App } from './token.store.js';

export const SCOPES = [
  'read',
  'profile',
  'read:accounts',
  'read:statuses',
  'read:notifications',
  'write',
  'write:accounts',
  'write:media',
  'write:statuses',
  'follow',
  'push',
] as const;

export const OUT_OF_BAND = 'urn:ietf:wg:oauth:2.0:oob';

export function appOperations(state: MastodonState): Operation[] {
  return [
    apiOperation(state, {
      name: 'apps.create',
      method: 'POST',
      path: '/api/v1/apps',
      fields: ['client_name', 'redirect_uris[]', 'scopes', 'website'],
      run: ({ request }) => json(200, appView(register(state, fieldsOf(request)))),
    }),
    {
      name: 'oauth.metadata',
      host: null,
      method: 'GET',
      path: '/.well-known/oauth-authorization-server',
      visible: false,
      handle: () => json(200, metadata(state.base)),
    },
  ];
}

function register(state: MastodonState, fields: JsonObject): App {
  const name = textOf(fields, 'client_name') ?? '';
  if (name === '') throw invalid("Application name can't be blank");
  const uris = textOf(fields, 'redirect_uris')?.split(/\s+/) ?? listOf(fields, 'redirect_uris');
  if (uris.length === 0) throw invalid("Redirect URI can't be blank");
  if (!uris.every((uri) => uri === OUT_OF_BAND || URL.canParse(uri)))
    throw invalid('Redirect URI must be an absolute URI.');
  const scopes = (textOf(fields, 'scopes') ?? 'read').split(' ').filter((scope) => scope !== '');
  if (!scopes.every((scope) => SCOPES.some((known) => known === scope))) {
    throw invalid("Scopes doesn't match configured on the server.");
  }
  const website = textOf(fields, 'website') ?? null;
  return state.tokens.register({ name, website, redirectUris: uris, scopes });
}

function appView(app: App): JsonObject {
  return {
    id: app.id,
    name: app.name,
    website: app.website,
    scopes: [...app.scopes],
    redirect_uri: app.redirectUris.join('\n'),
    redirect_uris: [...app.redirectUris],
    client_id: app.clientId,
    client_secret: app.clientSecret,
    client_secret_expires_at: 0,
  };
}

function metadata(base: string): JsonObject {
  return {
    issuer: `${base}/`,
    service_documentation: 'https://docs.joinmastodon.org/',
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    revocation_endpoint: `${base}/oauth/revoke`,
    app_registration_endpoint: `${base}/api/v1/apps`,
    scopes_supported: [...SCOPES],
    response_types_supported: ['code'],
    response_modes_supported: ['query', 'fragment', 'form_post'],
    grant_types_supported: ['authorization_code', 'client_credentials'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  };
}
