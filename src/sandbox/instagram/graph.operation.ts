import type { BodySpec, Operation } from '../core/operation.js';
import { Refusal, withHeaders, type SandboxResponse } from '../core/response.js';
import { GraphCall, type Login } from './graph.call.js';
import type { InstagramState } from './instagram.state.js';

const HOSTS: Readonly<Record<Login, string>> = { instagram: 'API', facebook: 'GRAPH' };

export type GraphOperation = Pick<Operation, 'name' | 'method'> & {
  /** Behind the version. */
  readonly path: string;
  /** The login that has it; both unless said otherwise. */
  readonly login?: Login;
  readonly visible?: boolean;
  /** Parameters; nested ones end in `.*`. */
  readonly params?: readonly string[];
  readonly run: (call: GraphCall) => SandboxResponse | Promise<SandboxResponse>;
};

/** A call at the host of each login: parameters in the query or in any kind of body, and the usage in the answer. */
export function graphOperation(state: InstagramState, wanted: GraphOperation): Operation[] {
  const logins: readonly Login[] = wanted.login === undefined ? ['instagram', 'facebook'] : [wanted.login];
  return logins.map((login) => at(state, login, wanted));
}

function at(state: InstagramState, login: Login, wanted: GraphOperation): Operation {
  const { name, method, path, visible = false, params = [], run } = wanted;
  const fields = [...params, 'access_token', ...(login === 'facebook' ? ['appsecret_proof'] : [])];
  const bodies: BodySpec[] = [
    { kind: 'form', fields },
    { kind: 'json', fields },
  ];
  return {
    ...{ name, method, visible, host: HOSTS[login], path: `/v:version${path}` },
    query: fields.map((field) => field.replace(/\.\*$/, '')),
    ...(method === 'POST' ? { body: bodies, bodyOptional: true } : {}),
    handle: async (request, context) => {
      const call = new GraphCall(state, request, context);
      try {
        return withHeaders(await run(call), call.headers());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        throw new Refusal(withHeaders(error.response, call.headers()));
      }
    },
  };
}
