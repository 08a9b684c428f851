import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

const PROBLEMS = 'https://api.x.com/2/problems/';
const PROBLEM_JSON = { 'content-type': 'application/problem+json' };
const INVALID = 'One or more parameters to your request was invalid.';

/** Texts of a 403 that the sheet lists. */
export const REFUSALS = {
  duplicate: 'You are not allowed to create a Tweet with duplicate content.',
  notPermitted: 'You are not permitted to perform this action.',
  cashtags: 'Posts are limited to a maximum of one cashtag',
  crypto: 'Crypto addresses are prohibited for the first 7 days after authentication.',
  mentions:
    'Creating posts with @mentions is not allowed for your access package. Please upgrade your access package.',
  notEngaged:
    'Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.',
  goneParent: 'You attempted to reply to a Tweet that is deleted or not visible to you.',
  locked: 'Your account is temporarily locked. Please log in to https://x.com to unlock your account.',
} as const;

interface Problem {
  readonly title: string;
  readonly detail: string;
  /** The end of the address, or about:blank. */
  readonly type?: string;
}

export function problem(
  status: number,
  { title, detail, type }: Problem,
  more: JsonObject = {},
): SandboxResponse {
  const address = type === undefined ? 'about:blank' : `${PROBLEMS}${type}`;
  return json(status, { title, detail, type: address, status, ...more }, PROBLEM_JSON);
}

export function refuse(status: number, what: Problem, more: JsonObject = {}): Refusal {
  return new Refusal(problem(status, what, more));
}

/** A field or parameter that is wrong. */
export function invalid(message: string, parameters: JsonObject = {}): Refusal {
  return new Refusal(invalidRequest(message, parameters));
}

function invalidRequest(message: string, parameters: JsonObject = {}): SandboxResponse {
  const type = 'invalid-request';
  return problem(
    400,
    { title: 'Invalid Request', detail: INVALID, type },
    { errors: [{ message, parameters }] },
  );
}

/** The words of a post that says nothing are the detail itself. */
export function nothingSaid(): Refusal {
  const detail = 'Please include either text or media in your Tweet.';
  return refuse(400, { title: 'Invalid Request', detail, type: 'invalid-request' });
}

export function forbidden(detail: string): Refusal {
  return refuse(403, { title: 'Forbidden', detail });
}

export function unauthorized(): Refusal {
  return refuse(401, { title: 'Unauthorized', detail: 'Unauthorized' });
}

export function unsupportedAuthentication(): Refusal {
  const detail =
    'Authenticating with this kind of token is forbidden for this endpoint. Supported authentication types are [OAuth 1.0a User Context, OAuth 2.0 User Context].';
  return refuse(403, { title: 'Unsupported Authentication', detail, type: 'unsupported-authentication' });
}

export function suspended(): Refusal {
  const detail = 'The user used for authentication is suspended';
  return refuse(403, { title: 'Forbidden', detail, type: 'user-suspended' });
}

export function creditsDepleted(): Refusal {
  const detail = 'Your enrolled account does not have any credits to fulfill this request.';
  return refuse(
    402,
    { title: 'CreditsDepleted', detail, type: 'credits' },
    { account_id: '1990000000000000001' },
  );
}

export function readsCapped(): Refusal {
  const detail = 'Usage cap exceeded: Monthly product cap';
  const more = { period: 'Monthly', scope: 'Product' };
  return refuse(429, { title: 'UsageCapExceeded', detail, type: 'usage-capped' }, more);
}

/** What upload says of a file that it does not take. */
export function unrecognizedMedia(request: string): Refusal {
  return new Refusal(json(400, { request, error: 'media type unrecognized.' }));
}

export const INVALID_MEDIA_IDS = 'Your media IDs are invalid.';

/** An entry of `errors` for something that is not there; also inside a 200. */
export function notFoundError(
  resource: 'tweet' | 'user' | 'media',
  parameter: string,
  value: string,
): JsonObject {
  return {
    value,
    detail: `Could not find ${resource} with ${parameter}: [${value}].`,
    title: 'Not Found Error',
    resource_type: resource,
    parameter,
    resource_id: value,
    type: `${PROBLEMS}resource-not-found`,
  };
}

export function notFound(resource: 'tweet' | 'user' | 'media', parameter: string, value: string): Refusal {
  return new Refusal(json(404, { ...notFoundError(resource, parameter, value), status: 404 }, PROBLEM_JSON));
}

/** The shape of an error that a fault makes, or the framework. */
export function renderError(status: number, message: string): SandboxResponse {
  switch (status) {
    case 400:
      return invalidRequest(message);
    case 401:
      return problem(401, { title: 'Unauthorized', detail: 'Unauthorized' });
    case 403:
      return problem(403, { title: 'Forbidden', detail: REFUSALS.notPermitted });
    case 429:
      return problem(429, { title: 'Too Many Requests', detail: 'Too Many Requests' });
    default:
      return problem(status, { title: status < 500 ? 'Error' : 'Internal Server Error', detail: message });
  }
}
