import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

export interface GraphError {
  /** 400 unless said otherwise. */
  readonly status?: number;
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly transient?: boolean;
  readonly userMessage?: string;
  readonly data?: JsonObject;
}

/** The Graph API's envelope. */
export function graphError(error: GraphError): SandboxResponse {
  const { status = 400, code, subcode, message, transient, userMessage, data } = error;
  return json(status, {
    error: {
      message,
      type: 'OAuthException',
      code,
      ...(subcode === undefined ? {} : { error_subcode: subcode }),
      is_transient: transient ?? false,
      ...(userMessage === undefined ? {} : { error_user_title: 'Sandbox', error_user_msg: userMessage }),
      ...(data === undefined ? {} : { error_data: data }),
      fbtrace_id: `A${randomBytes(16).toString('base64url')}`,
    },
  });
}

export function refuse(error: GraphError): Refusal {
  return new Refusal(graphError(error));
}

export function invalid(message: string, subcode?: number, userMessage?: string): Refusal {
  return refuse({
    code: 100,
    message: `(#100) ${message}`,
    ...(subcode === undefined ? {} : { subcode }),
    ...(userMessage === undefined ? {} : { userMessage }),
  });
}

/** An object that is not there and one that may not be seen look the same. */
export function missing(method: string, id: string): Refusal {
  return refuse({
    code: 100,
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation.`,
  });
}

export function forbidden(message: string): Refusal {
  return refuse({ status: 403, code: 200, message: `(#200) ${message}` });
}

/** The shape of faults and of refusals by the framework. */
export function renderError(status: number, message: string): SandboxResponse {
  const code = CODES.get(status) ?? (status >= 500 ? 2 : 100);
  return graphError({ status, code, message, transient: code === 2 });
}

const CODES: ReadonlyMap<number, number> = new Map([
  [401, 190],
  [403, 200],
  [429, 4],
]);

/** What `rupload` says: not the Graph API's envelope. */
export function uploadError(
  status: number,
  type: string,
  message: string,
  retriable = false,
): SandboxResponse {
  return json(status, { debug_info: { retriable, type, message } });
}
