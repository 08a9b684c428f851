import { Injectable } from '@nestjs/common';
import { Clock } from '../../../common/clock/index.js';
import { HttpClient, type HttpAnswer, type OutboundRequest } from '../../../common/http/index.js';
import type { OAuthApp } from '../oauth-app.js';
import { PublishError } from '../publish-error.js';
import { jsonOf, readOAuthFailure, readOAuthToken } from './oauth.answers.js';
import { oauthFailure } from './oauth.errors.js';
import type { OAuth2Spec, OAuthToken } from './oauth.types.js';

export type GrantFields = Readonly<Record<string, string>>;

/** The calls of OAuth2, one method each. Provided by `OAuthModule`. */
@Injectable()
export class OAuthClient {
  constructor(
    private readonly http: HttpClient,
    private readonly clock: Clock,
  ) {}

  /** `POST` of a form to the token endpoint, with the app where the platform wants it. */
  token(spec: OAuth2Spec, app: OAuthApp, grant: GrantFields): Promise<OAuthToken> {
    return this.ask(spec, {
      method: 'POST',
      url: spec.tokenUrl,
      ...signed(spec, app, grant),
      hosts: spec.hosts,
    });
  }

  /** The long-lived exchanges and refreshes of Meta: `GET` with everything in the query, also the secret. */
  tokenByQuery(spec: OAuth2Spec, url: string, query: GrantFields): Promise<OAuthToken> {
    const address = new URL(url);
    for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
    const secrets = ['client_secret', 'access_token', 'fb_exchange_token'].flatMap(
      (name) => query[name] ?? [],
    );
    return this.ask(spec, {
      method: 'GET',
      url: address.href,
      hosts: spec.hosts,
      redact: (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, '***'), text),
    });
  }

  /** @param extra fields beside `token`: `token_type_hint`. */
  async revoke(spec: OAuth2Spec, app: OAuthApp, token: string, extra: GrantFields = {}): Promise<void> {
    if (spec.revokeUrl === null) return;
    const answer = await this.http.send({
      method: 'POST',
      url: spec.revokeUrl,
      ...(spec.revokesByTokenAlone === true
        ? { body: { kind: 'form', fields: { token, ...extra } } }
        : signed(spec, app, { token, ...extra })),
      hosts: spec.hosts,
    });
    if (answer.status < 200 || answer.status > 299) {
      throw oauthFailure(spec.errors, readOAuthFailure(answer, 'revoke'));
    }
  }

  private async ask(spec: OAuth2Spec, request: OutboundRequest): Promise<OAuthToken> {
    const answer = await this.http.send(request);
    const token = isSuccess(answer) ? readOAuthToken(jsonOf(answer), this.clock.now()) : null;
    if (token !== null) return token;
    const failed = readOAuthFailure(answer, 'token');
    if (isSuccess(answer) && failed.code === undefined) throw unreadable(spec.platform);
    throw oauthFailure(spec.errors, failed);
  }
}

/** The app in the body, or in the header of RFC 6749 §2.3.1. */
function signed(
  spec: OAuth2Spec,
  app: OAuthApp,
  fields: GrantFields,
): Pick<OutboundRequest, 'headers' | 'body'> {
  if (spec.clientAuth === 'basic') {
    const pair = [app.clientId, app.clientSecret].map(encodeURIComponent).join(':');
    return {
      headers: { authorization: `Basic ${Buffer.from(pair).toString('base64')}` },
      body: { kind: 'form', fields },
    };
  }
  const client = { [spec.clientIdName ?? 'client_id']: app.clientId, client_secret: app.clientSecret };
  return { body: { kind: 'form', fields: { ...client, ...fields } } };
}

function isSuccess({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

function unreadable(platform: string): PublishError {
  return new PublishError({
    kind: 'transient',
    code: `${platform}.unreadable_token`,
    message: 'The platform answered the login with something that holds no token.',
    remedy: 'Try again in a minute.',
  });
}
