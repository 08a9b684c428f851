import { arrayAt, stringAt } from '../json.js';
import type { Operation } from '../operation.js';
import { fieldsOf, type SandboxRequest } from '../request.js';
import { html, redirect, Refusal, type SandboxResponse } from '../response.js';
import { consentPage, messagePage } from './consent.page.js';
import type { OAuthStore } from './oauth.store.js';
import type { OAuthServerOptions, RegisteredApp } from './oauth.types.js';

interface Request {
  readonly app: RegisteredApp;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: string | null;
  readonly state: string | null;
  readonly offline: boolean;
}

type Values = (name: string) => string | undefined;

/** The page where a person lets the app in, and what follows. */
export function authorizeOperations(
  options: OAuthServerOptions,
  store: OAuthStore,
  actionUrl: () => string,
): Operation[] {
  const { host, path } = options.authorize;
  const parameters = parametersOf(options);
  const base = { host, path, visible: false, browser: true } as const;
  return [
    {
      ...base,
      name: 'oauth.authorize',
      method: 'GET',
      query: parameters,
      handle: ({ query }) => {
        const { app, scopes } = read(options, (name) => query.get(name) ?? undefined);
        const fields = Object.fromEntries(query);
        return html(
          200,
          consentPage({ appName: app.name, action: actionUrl(), scopes, people: options.people(), fields }),
        );
      },
    },
    {
      ...base,
      name: 'oauth.consent',
      method: 'POST',
      body: [{ kind: 'form', fields: [...parameters, 'account', 'decision', 'declined[]'] }],
      handle: (request) => decide(options, store, request),
    },
  ];
}

function parametersOf({ clientIdName, pkce, authorize }: OAuthServerOptions): string[] {
  const challenge = (pkce ?? 'none') === 'none' ? [] : ['code_challenge', 'code_challenge_method'];
  const usual = ['response_type', clientIdName ?? 'client_id', 'redirect_uri', 'scope', 'state'];
  return [...usual, ...challenge, ...(authorize.parameters ?? [])];
}

function read(options: OAuthServerOptions, value: Values): Request {
  const app = options.apps.find(({ clientId }) => clientId === value(options.clientIdName ?? 'client_id'));
  if (app === undefined) throw refusal('invalid_client', 'There is no app with this id.');
  const redirectUri = value('redirect_uri') ?? '';
  if (!URL.canParse(redirectUri))
    throw refusal('invalid_request', 'The redirect address is missing or is none.');
  if (value('response_type') !== 'code') throw refusal('unsupported_response_type', 'Only "code" is known.');
  const separator = { ' ': / +/, ',': /,/, both: /[ ,]+/ }[options.scopeSeparator ?? ' '];
  const scopes = (value('scope') ?? '').split(separator).filter((scope) => scope !== '');
  const unknown = scopes.filter((scope) => !options.scopes.includes(scope));
  if (scopes.length === 0 || unknown.length > 0) {
    throw refusal('invalid_scope', `Not known: ${unknown.join(', ') || 'an empty scope'}.`);
  }
  const [name, wanted] = options.offlineParameter ?? [];
  const offline =
    (options.offlineScope === undefined || scopes.includes(options.offlineScope)) &&
    (name === undefined || value(name) === wanted);
  return {
    ...{ app, redirectUri, scopes, offline },
    challenge: challengeOf(options, value),
    state: value('state') ?? null,
  };
}

function challengeOf({ pkce }: OAuthServerOptions, value: Values): string | null {
  const challenge = value('code_challenge') ?? null;
  if (challenge === null && pkce === 'required')
    throw refusal('invalid_request', 'A code_challenge is needed.');
  if (challenge !== null && value('code_challenge_method') !== 'S256') {
    throw refusal('invalid_request', 'The code_challenge_method has to be S256.');
  }
  return challenge;
}

function decide(options: OAuthServerOptions, store: OAuthStore, request: SandboxRequest): SandboxResponse {
  const fields = fieldsOf(request);
  const asked = read(options, (name) => stringAt(fields, name));
  if (stringAt(fields, 'decision') === 'deny') {
    const error_description = 'The person has not agreed.';
    return goBack(options, asked, { error: 'access_denied', error_description });
  }
  const people = options.people();
  const person = people.find(({ id }) => id === stringAt(fields, 'account')) ?? people[0];
  if (person === undefined) throw refusal('login', 'Nobody can log in here.');
  const declined = arrayAt(fields, 'declined') ?? [];
  const code = store.makeCode({
    clientId: asked.app.clientId,
    accountId: person.id,
    redirectUri: asked.redirectUri,
    scopes: asked.scopes.filter((scope) => !declined.includes(scope)),
    challenge: asked.challenge,
    offline: asked.offline,
  });
  return goBack(options, asked, { code });
}

function goBack(
  { redirectSuffix }: OAuthServerOptions,
  { redirectUri, state }: Request,
  answer: Readonly<Record<string, string>>,
): SandboxResponse {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(answer)) url.searchParams.set(name, value);
  if (state !== null) url.searchParams.set('state', state);
  return redirect(`${url.href}${redirectSuffix ?? ''}`);
}

function refusal(error: string, description: string): Refusal {
  return new Refusal(html(400, messagePage(error, description)));
}
