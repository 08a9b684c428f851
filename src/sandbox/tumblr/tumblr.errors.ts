import type { JsonValue } from '../core/json.js';
import { json, Refusal, type SandboxResponse } from '../core/response.js';

const MESSAGES: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  429: 'Limit Exceeded',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** What Tumblr says to everything, in whatever mood: it helps nobody and is not to be obeyed. */
const FILLER = 'Minor hiccup. Try again.';

export const CODES = {
  invalid: 8001,
  mediaFormat: 8005,
  answerLayout: 8016,
  mediaQuota: 8004,
  videoQuota: 8011,
  queueFull: 8022,
  dailyLimit: 8023,
  unableToAuthorize: 1016,
} as const;

/** What went well, in the envelope of everything. */
export function answered(status: number, response: JsonValue): SandboxResponse {
  return json(status, { meta: metaOf(status), response });
}

export function refusal(status: number, code = 0, detail: string = FILLER): SandboxResponse {
  const { msg } = metaOf(status);
  return json(status, { meta: metaOf(status), response: [], errors: [{ title: msg, code, detail }] });
}

export function refuse(status: number, code?: number, detail?: string): Refusal {
  return new Refusal(refusal(status, code, detail));
}

/** The content is no valid NPF. */
export function invalid(detail: string): Refusal {
  return refuse(400, CODES.invalid, detail);
}

/** Not allowed to this account: nothing says why. */
export function forbidden(): Refusal {
  return refuse(403);
}

export function notFound(): Refusal {
  return refuse(404, 0, 'There is no such blog or post.');
}

export function unauthorized(): Refusal {
  return refuse(401, CODES.unableToAuthorize, 'Unable to authorize');
}

/** The envelope as text, where the answer is written by hand. */
export function metaOf(status: number): { status: number; msg: string } {
  return { status, msg: MESSAGES[status] ?? 'Error' };
}
