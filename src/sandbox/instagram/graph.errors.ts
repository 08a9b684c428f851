import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

export interface GraphProblem {
  /** 400 unless said otherwise. */
  readonly status?: number;
  readonly type?: 'OAuthException' | 'IGApiException';
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly transient?: boolean;
  readonly title?: string;
  readonly userMessage?: string;
}

/** The Graph API's envelope. */
export function graphError(problem: GraphProblem): SandboxResponse {
  const { status = 400, type = 'OAuthException', code, subcode, message, transient = false } = problem;
  const { title, userMessage } = problem;
  const error: JsonObject = {
    message,
    type,
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    is_transient: transient,
    ...(title === undefined ? {} : { error_user_title: title, error_user_msg: userMessage ?? message }),
    fbtrace_id: `A${randomBytes(16).toString('base64url')}`,
  };
  return json(status, { error });
}

export function refuse(problem: GraphProblem): Refusal {
  return new Refusal(graphError(problem));
}

export function invalid(message: string, subcode?: number): Refusal {
  return refuse({
    code: 100,
    message: `(#100) ${message}`,
    ...(subcode === undefined ? {} : { subcode, title: 'Invalid parameter' }),
  });
}

/** An object that is not there and one that may not be seen look the same. */
export function missing(method: string, id: string): Refusal {
  return refuse({
    code: 100,
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  });
}

/** What the Instagram Login answers to whatever it does not have, and to accounts that the app may not serve. */
export function unsupported(method: string): Refusal {
  const message = `Unsupported request - method type: ${method.toLowerCase()}`;
  return refuse({ type: 'IGApiException', code: 100, message });
}

export function permissionMissing(scope: string): Refusal {
  return refuse({
    code: 10,
    message: `(#10) Application does not have permission for this action: ${scope}`,
  });
}

export function tokenProblem(reason: 'missing' | 'unknown' | 'expired' | 'revoked'): Refusal {
  const ended = (subcode: number, message: string): Refusal => refuse({ code: 190, subcode, message });
  switch (reason) {
    case 'missing':
      return refuse({ code: 190, message: 'An access token is required to request this resource.' });
    case 'unknown':
      return refuse({ code: 190, message: 'Invalid OAuth access token - Cannot parse access token' });
    case 'expired':
      return ended(463, 'Error validating access token: Session has expired.');
    case 'revoked':
      return ended(458, 'Error validating access token: The user has not authorized application.');
  }
}

/** The other shape, of the token endpoint of the Instagram Login. */
export function flatError(message: string): SandboxResponse {
  return json(400, { error_type: 'OAuthException', code: 400, error_message: message });
}

/** What `rupload` says: not the Graph API's envelope. */
export function uploadError(status: number, type: string, message: string, retriable = false): Refusal {
  return new Refusal(json(status, { debug_info: { retriable, type, message } }));
}

/** The shape of faults and of refusals by the framework. */
export function renderError(status: number, message: string): SandboxResponse {
  const code = CODES.get(status) ?? (status >= 500 ? 2 : 100);
  return graphError({ status, code, message, transient: code === 2 });
}

const CODES: ReadonlyMap<number, number> = new Map([
  [401, 190],
  [403, 200],
  [404, 2500],
  [429, 4],
]);
