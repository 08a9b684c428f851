import type { Operation } from '../core/operation.js';
import type { SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type Headers, type SandboxResponse } from '../core/response.js';
import type { Category } from './pinterest.rates.js';
import type { Caller, PinterestState } from './pinterest.state.js';

export interface ApiCall extends Caller {
  readonly request: SandboxRequest;
  /** The client has gone away. */
  readonly gone: AbortSignal;
}

export type ApiOperation = Omit<Operation, 'host' | 'handle' | 'visible'> & {
  readonly visible?: boolean;
  readonly scopes: readonly string[];
  readonly category: Category;
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** An operation of the API for a person: it counts against the limits and answers with their headers. */
export function apiOperation(
  state: PinterestState,
  { scopes, category, run, path, ...rest }: ApiOperation,
): Operation {
  return {
    ...rest,
    path: `/v5${path}`,
    host: 'API',
    visible: rest.visible ?? false,
    handle: async (request, context) => {
      const caller = state.authorize(request, context, scopes);
      const { settings } = state;
      const headers = settings.rateLimits ? state.rates.take(category, caller.person.id, settings) : {};
      return withUsual(headers, () => run({ request, gone: context.clientGone, ...caller }));
    },
  };
}

/** A refusal carries the headers as well. */
async function withUsual(
  headers: Headers,
  work: () => SandboxResponse | Promise<SandboxResponse>,
): Promise<SandboxResponse> {
  try {
    return withHeaders(await work(), headers);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, headers));
    throw error;
  }
}
