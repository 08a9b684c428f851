import { type ErrorDetails, type Violation } from '../errors/index.js';

/** What every kind of error is turned into first. */
export interface Failure {
  readonly status: number;
  readonly detail: string;
  readonly code?: string;
  readonly rule?: string;
  readonly limit?: number;
  readonly details?: ErrorDetails;
  readonly violations?: readonly Violation[];
  readonly headers?: Readonly<Record<string, string>>;
}

export interface StatusMeaning {
  readonly title: string;
  /** The code of a problem that has none of its own. */
  readonly rule: string;
  readonly remedy: string;
}

const MEANINGS: Readonly<Record<number, StatusMeaning>> = {
  400: {
    title: 'Malformed request',
    rule: 'malformed_request',
    remedy: 'Check the address and the syntax of the body; it must be valid JSON.',
  },
  401: {
    title: 'Not authenticated',
    rule: 'unauthorized',
    remedy: 'Send a valid API key in the header "Authorization: Bearer <key>".',
  },
  403: { title: 'Not allowed', rule: 'forbidden', remedy: 'Use a key that may do this.' },
  404: { title: 'Not found', rule: 'not_found', remedy: 'Check the address and the id in it.' },
  405: {
    title: 'Method not allowed',
    rule: 'method_not_allowed',
    remedy: 'Use a method that is documented for it.',
  },
  406: { title: 'Not acceptable', rule: 'not_acceptable', remedy: 'Accept application/json.' },
  408: { title: 'Too slow', rule: 'request_timeout', remedy: 'Send the request again, faster.' },
  409: { title: 'Conflict', rule: 'conflict', remedy: 'Read the current state, then decide again.' },
  410: { title: 'Gone', rule: 'gone', remedy: 'Start anew; this does not come back.' },
  412: {
    title: 'Changed meanwhile',
    rule: 'precondition_failed',
    remedy: 'Read it again and send the change with its current ETag in If-Match.',
  },
  413: { title: 'Too large', rule: 'payload_too_large', remedy: 'Send fewer bytes.' },
  414: { title: 'Address too long', rule: 'uri_too_long', remedy: 'Shorten the address.' },
  415: {
    title: 'Unsupported content',
    rule: 'unsupported_media_type',
    remedy: 'Send a kind of content that is documented, mostly application/json.',
  },
  422: { title: 'Not valid', rule: 'validation_failed', remedy: 'Correct what is listed.' },
  428: { title: 'Condition needed', rule: 'precondition_required', remedy: 'Send the ETag in If-Match.' },
  429: { title: 'Too many requests', rule: 'too_many_requests', remedy: 'Wait as long as Retry-After says.' },
  431: { title: 'Headers too large', rule: 'headers_too_large', remedy: 'Send fewer or shorter headers.' },
  500: { title: 'Internal error', rule: 'internal_error', remedy: 'Try again later.' },
  503: { title: 'Not available now', rule: 'unavailable', remedy: 'Try again later.' },
};

const OTHER_4XX: StatusMeaning = {
  title: 'Bad request',
  rule: 'bad_request',
  remedy: 'Correct the request.',
};
const OTHER: StatusMeaning = { title: 'Server error', rule: 'server_error', remedy: 'Try again later.' };

export function meaningOf(status: number): StatusMeaning {
  return MEANINGS[status] ?? (status < 500 ? OTHER_4XX : OTHER);
}
