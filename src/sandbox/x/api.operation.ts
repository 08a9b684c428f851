import type { Operation } from '../core/operation.js';
import type { SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type Headers, type SandboxResponse } from '../core/response.js';
import { creditsDepleted } from './x.errors.js';
import type { Limit } from './x.rates.js';
import type { Caller, XState } from './x.state.js';

export interface ApiCall extends Caller {
  readonly request: SandboxRequest;
}

export type ApiOperation = Omit<Operation, 'host' | 'handle' | 'visible'> & {
  readonly visible?: boolean;
  readonly scopes: readonly string[];
  readonly limit: Limit;
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** An operation of the API for a person: it counts against the limits and answers with their headers. */
export function apiOperation(state: XState, { scopes, limit, run, ...rest }: ApiOperation): Operation {
  return {
    ...rest,
    host: 'API',
    visible: rest.visible ?? false,
    handle: (request, context) =>
      withUsualHeaders(state, async (add) => {
        const caller = state.authorize(request, context, scopes);
        if (state.settings.rateLimits) add(state.rates.take(limit, caller.person.id));
        if (state.settings.creditsDepleted) throw creditsDepleted();
        return run({ request, ...caller });
      }),
  };
}

/** What every answer carries, a refusal as well. */
export async function withUsualHeaders(
  state: XState,
  work: (add: (headers: Headers) => void) => Promise<SandboxResponse>,
): Promise<SandboxResponse> {
  let headers: Headers = {
    'api-version': '2.167',
    'x-transaction-id': state.ids.next(),
    'x-access-level': 'read-write',
  };
  try {
    const answer = await work((more) => {
      headers = { ...headers, ...more };
    });
    return withHeaders(answer, headers);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, headers));
    throw error;
  }
}
