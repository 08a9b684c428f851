import { stringAt } from '../core/json.js';
import type { Operation } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { html, redirect, Refusal, type SandboxResponse } from '../core/response.js';
import { consentPage, messagePage } from './consent.page.js';
import type { MastodonState } from './mastodon.state.js';
import { OUT_OF_BAND } from './oauth.apps.js';
import { covers, type App } from './token.store.js';

const PARAMETERS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'scope',
  'state',
  'code_challenge',
  'code_challenge_method',
  'force_login',
];

interface Authorization {
  readonly app: App;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly state: string | null;
}

/** The page where a person lets an app in, and what follows. */
export function authorizationOperations(state: MastodonState): Operation[] {
  const path = '/oauth/authorize';
  return [
    {
      name: 'oauth.authorize',
      host: null,
      method: 'GET',
      path,
      visible: false,
      browser: true,
      query: PARAMETERS,
      handle: ({ query }) => {
        const fields = Object.fromEntries(query);
        const { app, scopes } = read(state, (name) => query.get(name) ?? undefined);
        return html(200, consentPage({ appName: app.name, scopes, accounts: state.accounts, fields }));
      },
    },
    {
      name: 'oauth.consent',
      host: null,
      method: 'POST',
      path,
      visible: false,
      browser: true,
      body: [{ kind: 'form', fields: [...PARAMETERS, 'account', 'decision'] }],
      handle: (request) => decide(state, request),
    },
  ];
}

function read(state: MastodonState, value: (name: string) => string | undefined): Authorization {
  const app = state.tokens.app(value('client_id') ?? '');
  if (!app) throw refusal(401, 'invalid_client', 'Client authentication failed due to unknown client.');
  const redirectUri = value('redirect_uri') ?? '';
  if (!app.redirectUris.includes(redirectUri)) {
    throw refusal(400, 'invalid_redirect_uri', 'The redirect uri included is not valid.');
  }
  if (value('response_type') !== 'code') {
    throw refusal(400, 'unsupported_response_type', 'The server does not support this response type.');
  }
  const scopes = (value('scope') ?? 'read').split(' ').filter((scope) => scope !== '');
  if (!scopes.every((scope) => covers(app.scopes, scope))) {
    throw refusal(400, 'invalid_scope', 'The requested scope is invalid, unknown, or malformed.');
  }
  const challenge = value('code_challenge') ?? null;
  if (challenge !== null && value('code_challenge_method') !== 'S256') {
    throw refusal(400, 'invalid_code_challenge_method', 'The code challenge method must be S256.');
  }
  return { app, redirectUri, scopes, challenge, state: value('state') ?? null };
}

function decide(state: MastodonState, request: SandboxRequest): SandboxResponse {
  const fields = fieldsOf(request);
  const authorization = read(state, (name) => stringAt(fields, name));
  const { app, redirectUri, scopes, challenge } = authorization;
  if (stringAt(fields, 'decision') === 'deny') {
    const description = 'The resource owner or authorization server denied the request.';
    return goBack(authorization, { error: 'access_denied', error_description: description });
  }
  const account = state.find(stringAt(fields, 'account') ?? '') ?? state.accounts[0];
  if (!account) throw refusal(401, 'login', 'There is no such account.');
  const code = state.tokens.issueCode({ app, accountId: account.id, scopes, redirectUri, challenge });
  if (redirectUri === OUT_OF_BAND) return html(200, messagePage('Copy this code to the app', code));
  return goBack(authorization, { code });
}

function goBack(
  { redirectUri, state }: Authorization,
  answer: Readonly<Record<string, string>>,
): SandboxResponse {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return redirect(url.href);
}

function refusal(status: number, error: string, description: string): Refusal {
  return new Refusal(html(status, messagePage(error, description)));
}
