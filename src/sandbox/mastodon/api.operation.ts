import type { BodySpec, FieldPaths, Operation, OperationContext } from '../core/operation.js';
import { bearerOf, type SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type SandboxResponse } from '../core/response.js';
import { LIMITS, type RateMeter } from './mastodon.rates.js';
import type { MastodonState } from './mastodon.state.js';

export interface ApiCall {
  readonly request: SandboxRequest;
  readonly context: OperationContext;
  readonly meter: RateMeter;
}

export type ApiOperation = Omit<Operation, 'host' | 'handle' | 'body' | 'visible'> & {
  readonly visible?: boolean;
  /** Fields of a JSON, form or multipart body. */
  readonly fields?: FieldPaths;
  readonly files?: readonly string[];
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** An operation below `/api`: it takes every kind of body, counts against the limits and answers with their headers. */
export function apiOperation(state: MastodonState, { fields, files, run, ...rest }: ApiOperation): Operation {
  return {
    ...rest,
    host: null,
    visible: rest.visible ?? false,
    ...(fields === undefined ? {} : { body: bodies(fields, files), bodyOptional: true }),
    handle: async (request, context) => {
      const meter = state.meter();
      try {
        meter.take(LIMITS.requests, bearerOf(request) ?? 'anonymous');
        return withHeaders(await run({ request, context, meter }), meter.headers());
      } catch (error) {
        if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, meter.headers()));
        throw error;
      }
    },
  };
}

export function bodies(fields: FieldPaths, files: readonly string[] = []): BodySpec[] {
  return [
    { kind: 'json', fields },
    { kind: 'form', fields },
    { kind: 'multipart', fields, files },
  ];
}
