import type { Operation, OperationContext } from '../core/operation.js';
import { bearerOf, fieldsOf, param, type SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type Headers, type SandboxResponse } from '../core/response.js';
import { noSuchObject, refuse, scopeMissing, tokenProblem } from './graph.errors.js';
import type { Person } from './threads.person.js';
import type { ThreadsState } from './threads.state.js';

const CALLS_PER_IMPRESSION = 4800;
const LEAST_IMPRESSIONS = 10;

export interface GraphCall {
  readonly person: Person;
  readonly method: string;
  /** A parameter of the query or the form; undefined when it was not sent. */
  readonly value: (name: string) => string | undefined;
  /** A parameter of the path. */
  readonly part: (name: string) => string;
  readonly need: (scope: string) => void;
  readonly signal: AbortSignal;
}

export type GraphOperation = Pick<Operation, 'name' | 'method' | 'path'> & {
  readonly visible?: boolean;
  readonly params?: readonly string[];
  /** Beside `threads_basic`. */
  readonly scopes?: readonly string[];
  readonly run: (call: GraphCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** A call for one user: parameters in the query or the form, the token there or in its header, and the usage in the answer. */
export function graphOperation(state: ThreadsState, wanted: GraphOperation): Operation {
  const { name, method, path, visible = false, params = [], run } = wanted;
  const all = [...params, 'access_token'];
  return {
    ...{ name, host: 'API', method, path, visible, query: all },
    ...(method === 'GET' ? {} : { body: [{ kind: 'form', fields: all }], bodyOptional: true }),
    handle: async (request, context) => {
      const call = callOf(state, request, context);
      const { id } = call.person;
      try {
        for (const scope of ['threads_basic', ...(wanted.scopes ?? [])]) call.need(scope);
        count(state, id);
        return withHeaders(await run(call), usageOf(state, id));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Refusal(withHeaders(error.response, usageOf(state, id)));
      }
    },
  };
}

/** The version may stand in the path or be left out. */
export function withVersion(operations: readonly Operation[]): Operation[] {
  const versioned = operations
    .filter(({ host }) => host === 'API')
    .map((operation) => ({ ...operation, path: `/v1.0${operation.path}` }));
  return [...versioned, ...operations];
}

/** The user of a path: `me` or the id; a token is for exactly one. */
export function checkOwner({ person, part, method }: GraphCall): void {
  const user = part('user');
  if (user !== 'me' && user !== person.id) throw noSuchObject(method, user);
}

function callOf(state: ThreadsState, request: SandboxRequest, context: OperationContext): GraphCall {
  const form = fieldsOf(request);
  const value = (name: string): string | undefined => {
    const sent = form[name] ?? request.query.get(name);
    return typeof sent === 'string' ? sent : undefined;
  };
  const checked = state.oauth.check(value('access_token') ?? bearerOf(request));
  if (!checked.ok) throw tokenProblem(checked.reason);
  const { accountId, scopes } = checked.token;
  context.actsAs(accountId);
  const person = state.person(accountId);
  if (person === undefined) throw tokenProblem('unknown');
  return {
    person,
    method: request.method,
    value,
    part: (name) => param(request, name),
    need: (scope) => {
      if (!scopes.includes(scope)) throw scopeMissing(scope);
    },
    signal: AbortSignal.any([context.clientGone, state.environment.scope.signal]),
  };
}

function callsOf({ settings }: ThreadsState): number {
  return CALLS_PER_IMPRESSION * Math.max(settings.impressions, LEAST_IMPRESSIONS);
}

function count(state: ThreadsState, accountId: string): void {
  if (state.quotas.calls.take(accountId, callsOf(state))) return;
  throw refuse({ status: 403, code: 4, message: 'Application request limit reached' });
}

function usageOf(state: ThreadsState, accountId: string): Headers {
  const percent = Math.floor((100 * state.quotas.calls.used(accountId)) / callsOf(state));
  const usage = { call_count: percent, total_time: percent, total_cputime: percent };
  const business = { type: 'threads', ...usage, estimated_time_to_regain_access: 0 };
  return {
    'x-app-usage': JSON.stringify(usage),
    'x-business-use-case-usage': JSON.stringify({ [accountId]: [business] }),
  };
}
