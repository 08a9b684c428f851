import type { Operation } from '../core/operation.js';
import { fieldsOf, type SandboxRequest } from '../core/request.js';
import type { SandboxResponse } from '../core/response.js';
import type { JsonObject } from '../core/json.js';
import { refuse } from './tiktok.errors.js';
import type { Person } from './tiktok.person.js';
import type { TiktokSettings } from './tiktok.settings.js';
import type { TiktokState } from './tiktok.state.js';

type Limit = 'initsPerMinute' | 'statusPerMinute' | 'creatorInfoPerMinute' | 'readsPerMinute';

export interface ApiCall {
  readonly request: SandboxRequest;
  readonly person: Person;
  readonly fields: JsonObject;
  readonly has: (scope: string) => boolean;
  readonly need: (scope: string) => void;
  /** The client has gone, or the sandbox begins anew. */
  readonly signal: AbortSignal;
}

export type ApiOperation = Pick<Operation, 'name' | 'path'> & {
  readonly method?: 'GET' | 'POST';
  readonly visible?: boolean;
  readonly when?: Operation['when'];
  readonly query?: readonly string[];
  /** Left out: there is no body. */
  readonly fields?: readonly string[];
  readonly scope?: string;
  /** Calls of one name, path and token count together. */
  readonly limit: Limit;
  readonly run: (call: ApiCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** A call of the version 2: for the person of its token, within the limit of its path. */
export function apiOperation(state: TiktokState, wanted: ApiOperation): Operation {
  const { name, path, method = 'POST', visible = false, when, query = [], fields, run } = wanted;
  return {
    ...{ name, host: 'API', method, path, visible, query },
    ...(when === undefined ? {} : { when }),
    ...(fields === undefined ? {} : { body: [{ kind: 'json', fields }] }),
    handle: (request, context) => {
      const checked = state.oauth.checkBearer(request);
      if (!checked.ok) throw refuse('access_token_invalid');
      const { accountId, access, scopes } = checked.token;
      context.actsAs(accountId);
      const person = state.person(accountId);
      if (person === undefined) throw refuse('access_token_invalid');
      const has = (scope: string): boolean => scopes.includes(scope);
      const need = (scope: string): void => {
        if (!has(scope)) throw refuse('scope_not_authorized');
      };
      if (wanted.scope !== undefined) need(wanted.scope);
      count(state, `${path} ${access}`, wanted.limit);
      const signal = AbortSignal.any([context.clientGone, state.environment.scope.signal]);
      return run({ request, person, fields: fieldsOf(request), has, need, signal });
    },
  };
}

function count({ quotas, settings }: TiktokState, key: string, limit: keyof TiktokSettings & Limit): void {
  if (!quotas.calls.take(key, settings[limit])) throw refuse('rate_limit_exceeded');
}
