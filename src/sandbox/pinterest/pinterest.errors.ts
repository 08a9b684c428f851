import type { JsonObject } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

/** The one shape of every error; the code is a number of Pinterest's own, or the status once more. */
export function problem(
  status: number,
  code: number,
  message: string,
  more: JsonObject = {},
): SandboxResponse {
  return json(status, { code, message, ...more });
}

export function refuse(status: number, code: number, message: string, more: JsonObject = {}): Refusal {
  return new Refusal(problem(status, code, message, more));
}

/** A value that is wrong: the words after `Invalid`. */
export function invalid(what: string): Refusal {
  return refuse(400, 1, `Invalid ${what}`);
}

export function authenticationFailed(): SandboxResponse {
  return problem(401, 2, 'Authentication failed.');
}

/** A board or pin of somebody else, or a permission that was not granted. */
export function notAuthorized(status: 401 | 403): Refusal {
  return refuse(status, 7, 'Not authorized to access board or Pin.');
}

export function unsupportedConsumer(): Refusal {
  return refuse(401, 3, 'Your application consumer type is not supported, please contact support.');
}

export function trialApp(): Refusal {
  return refuse(
    403,
    29,
    'Apps with Trial access may not create Pins in production. Please use API Sandbox to create Pins.',
  );
}

export function notPermitted(): Refusal {
  return refuse(403, 29, 'You are not permitted to access that resource.');
}

export function boardNotFound(): Refusal {
  return refuse(404, 40, 'Board not found.');
}

export function sectionNotFound(): Refusal {
  return refuse(404, 2031, 'Board section not found.');
}

export function pinNotFound(): Refusal {
  return refuse(404, 50, 'Pin not found.');
}

export function unreachable(): Refusal {
  return refuse(400, 2786, 'Unable to reach the URL. Please check the URL is correct and try again.');
}

/** A policy, although the status says otherwise. */
export function blockedLink(): Refusal {
  return refuse(429, 9, 'Sorry! We blocked this link because it may lead to spam.', {
    details: { source_field: 'link' },
  });
}

export function rateLimited(): Refusal {
  return refuse(429, 8, 'You have exceeded your rate limit. Try again later.');
}

/** The shape of an error that a fault makes, or the framework. */
export function renderError(status: number, message: string): SandboxResponse {
  switch (status) {
    case 400:
      return problem(400, 1, `Invalid request: ${message}`);
    case 401:
      return authenticationFailed();
    case 403:
      return notPermitted().response;
    case 429:
      return rateLimited().response;
    default:
      return problem(
        status,
        status,
        status < 500 ? message : 'Something went wrong on our end. Sorry about that.',
      );
  }
}
