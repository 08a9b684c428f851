import { randomBytes } from 'node:crypto';
import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

export interface GraphProblem {
  readonly status?: number;
  readonly type?: 'OAuthException' | 'THApiException';
  readonly code: number;
  readonly subcode?: number;
  readonly message: string;
  readonly title?: string;
  readonly userMessage?: string;
}

export function graphError(problem: GraphProblem): SandboxResponse {
  const { status = 400, type = 'OAuthException', code, subcode, message, title, userMessage } = problem;
  const error: JsonObject = {
    message,
    type,
    code,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
    is_transient: false,
    ...(title === undefined ? {} : { error_user_title: title, error_user_msg: userMessage ?? message }),
    fbtrace_id: randomBytes(12).toString('base64url'),
  };
  return json(status, { error });
}

export function refuse(problem: GraphProblem): Refusal {
  return new Refusal(graphError(problem));
}

/** The status lies: what is wrong with the request comes as a failure of the server. */
export function invalid(message: string): Refusal {
  return refuse({ status: 500, type: 'THApiException', code: 100, message });
}

export function nonexistingField(name: string): Refusal {
  return invalid(`Tried accessing nonexisting field (${name})`);
}

export function scopeMissing(scope: string): Refusal {
  const message = `Application does not have permission for this action: it requires the ${scope} permission`;
  if (scope === 'threads_basic') {
    return refuse({
      status: 500,
      type: 'THApiException',
      code: 100,
      subcode: 10,
      message: `Requires the ${scope} permission`,
    });
  }
  return refuse({ status: 500, type: 'THApiException', code: 10, message });
}

export function noSuchObject(method: string, id: string): Refusal {
  return refuse({
    code: 100,
    subcode: 33,
    message: `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, or does not support this operation`,
  });
}

/** Nothing was published, whatever the status of the container says. */
export function mediaNotFound(id: string): Refusal {
  return refuse({
    code: 24,
    subcode: 4_279_009,
    message: 'The requested resource does not exist',
    title: 'Media Not Found',
    userMessage: `The media with id ${id} cannot be found.`,
  });
}

export function notFetchable(): Refusal {
  return refuse({
    code: 1,
    subcode: 2_207_052,
    message: 'The media could not be fetched from this URI.',
    title: 'Media download has failed',
  });
}

export function tokenProblem(reason: 'missing' | 'unknown' | 'expired' | 'revoked'): Refusal {
  const base = { status: 401, code: 190 };
  switch (reason) {
    case 'missing':
      return refuse({
        status: 401,
        code: 104,
        message: 'An access token is required to request this resource.',
      });
    case 'unknown':
      return refuse({ ...base, message: 'Invalid OAuth access token - Cannot parse access token' });
    case 'expired':
      return refuse({
        ...base,
        subcode: 463,
        message: 'Error validating access token: Session has expired.',
      });
    case 'revoked':
      return refuse({
        ...base,
        subcode: 458,
        message: 'Error validating access token: The user has not authorized the application.',
      });
  }
}

/** The other shape, of the token endpoint. */
export function flatError(message: string): SandboxResponse {
  return json(400, { error_type: 'OAuthException', code: 400, error_message: message });
}
