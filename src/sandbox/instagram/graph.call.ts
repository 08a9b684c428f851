import { createHmac } from 'node:crypto';
import type { JsonObject, JsonValue } from '../core/json.js';
import { parseJson } from '../core/json.js';
import type { IssuedToken } from '../core/oauth/index.js';
import type { OperationContext } from '../core/operation.js';
import { bearerOf, fieldsOf, param, type SandboxRequest } from '../core/request.js';
import type { Headers } from '../core/response.js';
import { invalid, missing, permissionMissing, refuse, tokenProblem, unsupported } from './graph.errors.js';
import { FACEBOOK_APP, SCOPES, type Right } from './instagram.oauth.js';
import type { Person } from './instagram.person.js';
import type { InstagramState } from './instagram.state.js';

const CALLS_PER_IMPRESSION = 4800;
const LEAST_IMPRESSIONS = 10;

export type Login = 'instagram' | 'facebook';

/** One request with its parameters, and who makes it. */
export class GraphCall {
  readonly login: Login;
  readonly signal: AbortSignal;
  private readonly given: JsonObject;
  private counted: Person | null = null;

  constructor(
    private readonly state: InstagramState,
    readonly request: SandboxRequest,
    private readonly context: OperationContext,
  ) {
    this.login = request.host === 'API' ? 'instagram' : 'facebook';
    this.given = { ...Object.fromEntries(request.query), ...fieldsOf(request) };
    this.signal = AbortSignal.any([context.clientGone, state.environment.scope.signal]);
  }

  get method(): string {
    return this.request.method;
  }

  /** A parameter as a form would write it: what is nested as JSON. */
  value(name: string): string | undefined {
    const value = this.given[name];
    if (value === undefined || value === null) return undefined;
    return typeof value === 'string' ? value : JSON.stringify(value);
  }

  flag(name: string): boolean | null {
    const value = this.value(name);
    if (value === undefined) return null;
    if (!['true', 'false', '1', '0'].includes(value)) throw invalid(`Param ${name} must be a boolean`);
    return value === 'true' || value === '1';
  }

  /** What is nested; undefined when it was not sent. */
  nested(name: string): JsonValue | undefined {
    const value = this.value(name);
    if (value === undefined) return undefined;
    try {
      return parseJson(value);
    } catch {
      throw invalid(`Param ${name} must be JSON`);
    }
  }

  /** `a,b`, or a list as JSON. */
  names(name: string): string[] {
    const value = this.value(name) ?? '';
    const list: JsonValue | undefined = value.startsWith('[') ? this.nested(name) : value.split(',');
    const names = Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
    return names.filter((item) => item !== '');
  }

  part(name: string): string {
    return param(this.request, name);
  }

  /** A token of this login that is good. */
  token(): IssuedToken {
    const oauth = this.login === 'instagram' ? this.state.instagram : this.state.facebook;
    const checked = oauth.check(this.value('access_token') ?? bearerOf(this.request));
    if (!checked.ok) throw tokenProblem(checked.reason);
    this.checkProof(checked.token.access);
    this.context.actsAs(checked.token.accountId);
    return checked.token;
  }

  /** The account of a path, `me` or its id, with what this takes. */
  account(part: string, ...rights: readonly Right[]): Person {
    const wanted = this.part(part);
    const token = this.token();
    const id = wanted === 'me' && this.login === 'instagram' ? token.accountId : wanted;
    return this.reach(id, wanted, ...rights);
  }

  /** The account that something belongs to; what belongs to others is not there. */
  reach(accountId: string | undefined, asked: string, ...rights: readonly Right[]): Person {
    const token = this.token();
    const person = this.person(token, accountId);
    if (person === null) throw missing(this.method, asked);
    for (const right of new Set<Right>(['basic', ...rights])) this.need(token, right);
    this.context.actsAs(person.id);
    this.count(person);
    return person;
  }

  headers(): Headers {
    return this.counted === null ? {} : usageOf(this.state, this.counted.id);
  }

  private person(token: IssuedToken, accountId: string | undefined): Person | null {
    const own = this.state.person(token.accountId);
    if (own === undefined || token.kind === 'bare') return null;
    if (this.login === 'instagram') {
      if (!own.tester) throw unsupported(this.method);
      return own.id === accountId ? own : null;
    }
    const reachable = token.kind === 'page' ? [own] : this.state.accountsOf(own);
    return reachable.find(({ id, pageId }) => id === accountId && pageId !== null) ?? null;
  }

  private need({ scopes }: IssuedToken, right: Right): void {
    const scope = SCOPES[right][this.login];
    if (scope === null) throw unsupported(this.method);
    const pages = this.login === 'facebook' && right === 'publish' ? ['pages_read_engagement'] : [];
    const lacking = [scope, ...pages].find((name) => !scopes.includes(name));
    if (lacking !== undefined) throw permissionMissing(lacking);
  }

  private count(person: Person): void {
    if (this.counted !== null) return;
    this.counted = person;
    if (this.state.quotas.calls.take(person.id, callsOf(this.state))) return;
    throw refuse({
      code: 80_002,
      message: '(#80002) There have been too many calls to this Instagram account. Wait a bit and try again.',
    });
  }

  private checkProof(access: string): void {
    const proof = this.value('appsecret_proof');
    const right = createHmac('sha256', FACEBOOK_APP.clientSecret).update(access).digest('hex');
    if (proof !== undefined && proof !== right) {
      throw invalid('Invalid appsecret_proof provided in the API argument');
    }
  }
}

function callsOf({ settings }: InstagramState): number {
  return CALLS_PER_IMPRESSION * Math.max(settings.impressions, LEAST_IMPRESSIONS);
}

function usageOf(state: InstagramState, accountId: string): Headers {
  const percent = Math.floor((100 * state.quotas.calls.used(accountId)) / callsOf(state));
  const usage = { call_count: percent, total_cputime: percent, total_time: percent };
  const business = { type: 'instagram', ...usage, estimated_time_to_regain_access: 0 };
  return {
    'x-app-usage': JSON.stringify(usage),
    'x-business-use-case-usage': JSON.stringify({ [accountId]: [business] }),
  };
}
