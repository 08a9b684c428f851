import { isJsonObject, parseJson, stringAt, type JsonObject } from '../core/json.js';
import { OAuthServer, type OAuthErrorName } from '../core/oauth/index.js';
import type { Operation, OperationContext } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';
import type { SimulatorEnvironment } from '../core/simulator.js';
import { GoogleGrants } from './google.grants.js';
import type { Channel } from './youtube.channel.js';
import type { YoutubeSettings } from './youtube.settings.js';

const HOUR_MS = 60 * 60_000;
/** Google's refresh tokens have no end of their own; what ends them is in `GoogleGrants`. */
const WITHOUT_END_MS = 100 * 365 * 24 * HOUR_MS;
const PREFIX = 'https://www.googleapis.com/auth/';

export const SCOPES = {
  upload: `${PREFIX}youtube.upload`,
  read: `${PREFIX}youtube.readonly`,
  manage: `${PREFIX}youtube`,
  force: `${PREFIX}youtube.force-ssl`,
  reports: `${PREFIX}yt-analytics.readonly`,
} as const;

interface Source {
  readonly channels: readonly Channel[];
  readonly settings: YoutubeSettings;
}

/** Google's login: the consent page is where the channel is chosen and where permissions are left out. */
export class GoogleLogin {
  readonly server: OAuthServer;
  private readonly grants: GoogleGrants;

  constructor(
    environment: SimulatorEnvironment,
    private readonly source: Source,
  ) {
    this.grants = new GoogleGrants(environment.clock);
    this.server = new OAuthServer(
      {
        clock: environment.clock,
        apps: [{ clientId: 'youtube-app', clientSecret: 'youtube-app-secret', name: 'Fanfare' }],
        people: () => source.channels.map(({ id, name, handle }) => ({ id, name: `${name} ${handle}` })),
        authorize: { host: 'AUTH', path: '/o/oauth2/v2/auth', parameters: ['access_type', 'prompt'] },
        token: { host: 'TOKEN', path: '/token' },
        revoke: { host: 'TOKEN', path: '/revoke', tokenAlone: true },
        scopes: Object.values(SCOPES),
        pkce: 'optional',
        accessMs: HOUR_MS,
        refreshMs: WITHOUT_END_MS,
        offlineParameter: ['access_type', 'offline'],
        tokenAnswer: (_token, usual) => ({ ...usual, token_type: 'Bearer' }),
        tokenError: (error, description) => refusal(error, description),
      },
      (host) => environment.url(host),
    );
  }

  operations(): Operation[] {
    return this.server.operations().map((operation): Operation => {
      if (operation.name === 'oauth.consent') {
        return { ...operation, handle: (request, context) => this.consent(operation, request, context) };
      }
      if (operation.name === 'oauth.token') {
        return { ...operation, handle: (request, context) => this.token(operation, request, context) };
      }
      return operation;
    });
  }

  end(account: string, action: 'expire' | 'revoke'): void {
    this.server.end(account, action);
    if (action === 'revoke') this.grants.end(account);
  }

  reset(): void {
    this.server.reset();
    this.grants.reset();
  }

  /** Who has agreed before gets no refresh token again, unless asked anew by `prompt=consent`. */
  private consent(
    operation: Operation,
    request: SandboxRequest,
    context: OperationContext,
  ): SandboxResponse | Promise<SandboxResponse> {
    const { access_type: _, ...online } = fieldsOf(request);
    const knows = this.grants.has(stringAt(online, 'account') ?? '');
    const again = knows && stringAt(online, 'prompt') !== 'consent';
    return operation.handle(again ? { ...request, body: { kind: 'form', value: online } } : request, context);
  }

  private async token(
    operation: Operation,
    request: SandboxRequest,
    context: OperationContext,
  ): Promise<SandboxResponse> {
    const given = fieldsOf(request);
    if (stringAt(given, 'grant_type') === 'refresh_token') {
      const refresh = stringAt(given, 'refresh_token') ?? '';
      if (!this.grants.use(refresh, this.source.settings.consentInTesting)) {
        throw new Refusal(refusal('invalid_grant', 'The refresh token'));
      }
      return operation.handle(request, context);
    }
    let account = '';
    const actsAs = (who: string): void => {
      account = who;
      context.actsAs(who);
    };
    const answer = await operation.handle(request, { ...context, actsAs });
    const refresh = stringAt(bodyOf(answer), 'refresh_token');
    if (refresh !== undefined) this.grants.add(account, refresh);
    return answer;
  }
}

function bodyOf({ body }: SandboxResponse): JsonObject {
  const value = parseJson(body.toString('utf8'));
  return isJsonObject(value) ? value : {};
}

/** The core's words for what does not fit, in Google's. */
function refusal(error: OAuthErrorName, description: string): SandboxResponse {
  if (error === 'invalid_client') {
    return json(401, { error, error_description: 'The OAuth client was not found.' });
  }
  if (description.includes('redirect_uri')) {
    return json(400, { error: 'redirect_uri_mismatch', error_description: 'Bad Request' });
  }
  const dead = description.includes('refresh token');
  if (error !== 'invalid_grant') return json(400, { error, error_description: description });
  return json(400, {
    error,
    error_description: dead ? 'Token has been expired or revoked.' : 'Malformed auth code.',
  });
}
