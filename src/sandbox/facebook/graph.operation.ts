import { createHmac } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import type { IssuedToken } from '../core/oauth/index.js';
import type { BodySpec, Operation, OperationContext } from '../core/operation.js';
import { bearerOf, fieldsOf, param, type SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type Headers, type SandboxResponse } from '../core/response.js';
import { forbidden, invalid, missing, refuse } from './facebook.errors.js';
import type { Page } from './facebook.model.js';
import { APP } from './facebook.oauth.js';
import type { FacebookState } from './facebook.state.js';
import { textOf } from './graph.values.js';

/** From the oldest that is alive. */
const VERSIONS = ['v21.0', 'v22.0', 'v23.0', 'v24.0', 'v25.0', 'v26.0'];
const COMMON = ['access_token', 'appsecret_proof', 'fields', 'format', 'locale'];

export type GraphOperation = Omit<Operation, 'host' | 'path' | 'handle' | 'body' | 'query' | 'visible'> & {
  readonly host?: 'API' | 'VIDEO';
  /** Behind the version. */
  readonly path: string;
  readonly visible?: boolean;
  /** Parameters; nested ones end in `.*`. */
  readonly params?: readonly string[];
  readonly files?: readonly string[];
  readonly run: (call: GraphCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** A call of the Graph API: parameters come in the query or in any kind of body, and every answer tells the usage. */
export function graphOperation(state: FacebookState, operation: GraphOperation): Operation {
  const { host, path, visible, params = [], files = [], run, ...rest } = operation;
  const fields = [...COMMON, ...params];
  const bodies: BodySpec[] = [
    { kind: 'json', fields },
    { kind: 'form', fields },
    { kind: 'multipart', fields, files },
  ];
  return {
    ...rest,
    host: host ?? 'API',
    path: `/:version${path}`,
    visible: visible ?? false,
    query: fields.map((name) => name.replace(/\.\*$/, '')),
    ...(operation.method === 'POST' ? { body: bodies, bodyOptional: true } : {}),
    handle: async (request, context) => {
      const call = new GraphCall(state, request, context);
      try {
        call.checkVersion();
        state.publishDue();
        return withHeaders(await run(call), call.headers());
      } catch (error) {
        if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, call.headers()));
        throw error;
      }
    },
  };
}

/** One request with its parameters, and who makes it. */
export class GraphCall {
  readonly given: JsonObject;
  private page: Page | null = null;

  constructor(
    private readonly state: FacebookState,
    readonly request: SandboxRequest,
    private readonly context: OperationContext,
  ) {
    this.given = { ...Object.fromEntries(request.query), ...fieldsOf(request) };
  }

  text(name: string): string | undefined {
    return textOf(this.given, name);
  }

  id(name = 'id'): string {
    return param(this.request, name);
  }

  get version(): string {
    return param(this.request, 'version');
  }

  checkVersion(): void {
    if (/^v\d+\.\d+$/.test(this.version)) return;
    throw refuse({ code: 2500, message: `Unknown path components: ${this.request.path}` });
  }

  headers(): Headers {
    const [oldest = ''] = VERSIONS;
    const known = VERSIONS.includes(this.version);
    const used = known ? this.version : oldest;
    const warning = `The call has been auto-upgraded to ${used} as ${this.version} has been deprecated.`;
    return {
      'facebook-api-version': used,
      ...(known ? {} : { 'x-ad-api-version-warning': warning }),
      ...(this.page === null ? {} : this.state.usage.headers(this.page.id, this.budget)),
    };
  }

  /** A token of any kind that is good. */
  token(): IssuedToken {
    const access = this.text('access_token') ?? bearerOf(this.request);
    const checked = this.state.oauth.check(access);
    if (!checked.ok) throw tokenEnded(checked.reason, this.state.settings.revokedSubcode);
    this.checkProof(checked.token.access);
    this.context.actsAs(checked.token.accountId);
    return checked.token;
  }

  userToken(): IssuedToken {
    const token = this.token();
    if (token.kind === 'page') throw invalid('This call needs the token of a person, not of a page');
    return token;
  }

  /** The page that acts. A token of its person, or one of another page, is not enough. */
  pageOf(token: IssuedToken, pageId: string): Page {
    const wanted = pageId === 'me' ? token.accountId : pageId;
    const page = this.state.page(wanted);
    if (page === undefined) throw missing(this.request.method, wanted);
    if (token.kind !== 'page') {
      throw refuse({
        code: 190,
        subcode: 2069032,
        message: 'A page access token is required for this call for the new Pages experience.',
        userMessage: 'User Access Token Is Not Supported',
      });
    }
    if (token.accountId !== page.id) throw missing(this.request.method, wanted);
    this.count(page);
    return page;
  }

  /** The page that acts, with the permissions that this takes. */
  actingPage(pageId: string, ...scopes: readonly string[]): Page {
    const token = this.token();
    const page = this.pageOf(token, pageId);
    this.need(token, scopes);
    return page;
  }

  /** The page that may write posts. */
  publishingPage(pageId: string): Page {
    const page = this.actingPage(pageId, 'pages_manage_posts', 'pages_read_engagement');
    if (!page.tasks.includes('CREATE_CONTENT')) {
      throw forbidden('The user has no task CREATE_CONTENT on this page.');
    }
    return page;
  }

  /** The page whose token this is, with the permissions that this takes. */
  ownPage(...scopes: readonly string[]): Page {
    const token = this.token();
    const page = this.pageOf(token, 'me');
    this.need(token, scopes);
    return page;
  }

  need({ scopes }: IssuedToken, wanted: readonly string[]): void {
    if (wanted.every((scope) => scopes.includes(scope))) return;
    throw forbidden(
      `Requires ${wanted.join(' and ')} permission(s), granted by a person with sufficient rights on the page.`,
    );
  }

  /** Counts against the page's budget. */
  count(page: Page): void {
    this.page = page;
    if (this.state.usage.take(page.id, this.budget)) return;
    throw refuse({
      code: 80001,
      message: '(#80001) There have been too many calls to this Page account. Wait a bit and try again.',
    });
  }

  private get budget(): { calls: number; regainMinutes: number } {
    const { callBudget, regainMinutes } = this.state.settings;
    return { calls: callBudget, regainMinutes };
  }

  private checkProof(access: string): void {
    const proof = this.text('appsecret_proof');
    if (proof === undefined && !this.state.settings.requireProof) return;
    if (proof === undefined) throw invalid('API calls from the server require an appsecret_proof argument');
    const right = createHmac('sha256', APP.clientSecret).update(access).digest('hex');
    if (proof !== right) throw invalid('Invalid appsecret_proof provided in the API argument');
  }
}

export function tokenEnded(reason: 'missing' | 'unknown' | 'expired' | 'revoked', subcode: number): Refusal {
  if (reason === 'expired') {
    const message = 'Error validating access token: Session has expired. The current time is later.';
    return refuse({ status: 401, code: 190, subcode: 463, message });
  }
  if (reason === 'revoked') {
    const message = 'Error validating access token: The session is no longer valid.';
    return refuse({ status: 401, code: 190, subcode, message });
  }
  const message =
    reason === 'missing'
      ? 'An access token is required to request this resource.'
      : 'Invalid OAuth access token - Cannot parse access token';
  return refuse({ status: 401, code: 190, message });
}
