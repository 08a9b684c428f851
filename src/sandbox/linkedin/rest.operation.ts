import type { FieldPaths, Operation, OperationContext } from '../core/operation.js';
import { header, type SandboxRequest } from '../core/request.js';
import { Refusal, withHeaders, type SandboxResponse } from '../core/response.js';
import { randomUUID } from 'node:crypto';
import { refuse } from './linkedin.errors.js';
import type { Caller, LinkedinState } from './linkedin.state.js';

export interface RestCall {
  readonly request: SandboxRequest;
  readonly context: OperationContext;
  readonly caller: Caller;
}

export type RestOperation = Omit<Operation, 'host' | 'handle' | 'body' | 'visible' | 'headers'> & {
  readonly visible?: boolean;
  /** Fields of the JSON body. */
  readonly fields?: FieldPaths;
  /** The verb that has to be named in `X-RestLi-Method`. */
  readonly verb?: string;
  readonly run: (call: RestCall) => SandboxResponse | Promise<SandboxResponse>;
};

const HEADERS = ['linkedin-version', 'x-restli-protocol-version', 'x-restli-method'];

/** An operation below `/rest`: with its version, its protocol and its verb. */
export function restOperation(
  state: LinkedinState,
  { fields, verb, run, ...rest }: RestOperation,
): Operation {
  return {
    ...rest,
    host: 'API',
    visible: rest.visible ?? false,
    headers: HEADERS,
    ...(fields === undefined ? {} : { body: [{ kind: 'json', fields }] }),
    handle: (request, context) =>
      traced(async () => {
        checkVersion(state, request);
        checkProtocol(request);
        if (verb !== undefined) checkVerb(request, verb);
        return run({ request, context, caller: state.authorize(request, context) });
      }),
  };
}

/** Every answer has the ids that support asks for. */
async function traced(run: () => Promise<SandboxResponse>): Promise<SandboxResponse> {
  const headers = { 'x-li-uuid': randomUUID(), 'x-li-request-id': randomUUID() };
  try {
    return withHeaders(await run(), headers);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(withHeaders(error.response, headers));
    throw error;
  }
}

function checkVersion({ settings }: LinkedinState, request: SandboxRequest): void {
  const version = header(request, 'linkedin-version');
  if (version === undefined || version === '') {
    throw refuse(
      400,
      'VERSION_MISSING',
      'A version must be present. Please specify a version by adding the LinkedIn-Version header.',
    );
  }
  const known =
    /^20\d\d(0[1-9]|1[0-2])$/.test(version) &&
    version >= settings.oldestVersion &&
    version <= settings.latestVersion;
  if (!known) throw refuse(426, 'NONEXISTENT_VERSION', `Requested version ${version} is not active`);
}

/** Keys in a path are written the way of the second protocol: a URN's colons are escaped. */
function checkProtocol(request: SandboxRequest): void {
  if (header(request, 'x-restli-protocol-version') !== '2.0.0') {
    throw refuse(400, 'ILLEGAL_ARGUMENT', 'X-Restli-Protocol-Version has to be 2.0.0');
  }
  if (request.path.includes('urn:li:')) {
    throw refuse(400, 'ILLEGAL_ARGUMENT', `Syntax exception in path variables: ${request.path}`);
  }
}

function checkVerb(request: SandboxRequest, verb: string): void {
  const named = header(request, 'x-restli-method')?.toUpperCase();
  if (named !== verb) throw refuse(400, 'ILLEGAL_ARGUMENT', `X-RestLi-Method has to be ${verb}`);
}
