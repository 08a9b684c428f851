import type { Operation } from '../core/operation.js';
import type { SandboxRequest } from '../core/request.js';
import type { SandboxResponse } from '../core/response.js';
import type { Cost } from './project.quota.js';
import type { Channel } from './youtube.channel.js';
import { badParameter } from './youtube.errors.js';
import type { YoutubeState } from './youtube.state.js';

export interface ApiCall {
  readonly request: SandboxRequest;
  readonly channel: Channel;
}

export type ApiOperation = Omit<Operation, 'handle' | 'visible'> & {
  readonly visible?: boolean;
  /** Any of them is enough. */
  readonly scopes: readonly string[];
  readonly cost: Cost;
  /** Also a login without a channel may ask. */
  readonly withoutChannel?: true;
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** An operation for a channel: it costs units before anything else is looked at. */
export function apiOperation(
  state: YoutubeState,
  { scopes, cost, withoutChannel, run, ...rest }: ApiOperation,
): Operation {
  return {
    ...rest,
    visible: rest.visible ?? false,
    handle: (request, context) => {
      const channel = state.authorize(request, context, { scopes, withoutChannel: withoutChannel === true });
      state.quota.take(cost, state.settings);
      return run({ request, channel });
    },
  };
}

/** The parts that are asked for; one that the resource has not is refused. */
export function partsOf({ query }: SandboxRequest, known: readonly string[]): string[] {
  const parts = query.getAll('part').flatMap((value) => value.split(','));
  const unknown = parts.find((part) => !known.includes(part));
  if (parts.length === 0) throw badParameter('part', 'No filter selected. Expected one of: part');
  if (unknown !== undefined) throw badParameter('part', `'${unknown}' is not a part of the resource.`);
  return parts;
}

/** `maxResults`: 5 unless told, at most 50. */
export function pageSizeOf({ query }: SandboxRequest): number {
  const wanted = Number(query.get('maxResults') ?? '5');
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= 50) return wanted;
  throw badParameter('maxResults', 'Values must be within the range: [0, 50]');
}
