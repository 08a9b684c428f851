import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  flagAt,
  isRecord,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  type FailedAnswer,
} from '../core/index.js';
import { facebookErrors, knownCodes } from './facebook.errors.js';

const minuteMs = 60_000;
const usageHeader = 'x-business-use-case-usage';

/** The body as JSON; undefined when it is none (a proxy's page). */
export function bodyOf(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/** Ids and numbers come now as texts, now as numbers. */
export function wordAt(value: unknown, ...path: (string | number)[]): string | null {
  const number = numberAt(value, ...path);
  return number === null ? textAt(value, ...path) : String(number);
}

export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(facebookErrors, readFailure(answer, operation));
}

function readFailure(answer: HttpAnswer, operation: string): FailedAnswer {
  const body = bodyOf(answer);
  const error = recordAt(body, 'error');
  const debug = recordAt(body, 'debug_info');
  const message = textAt(error, 'message') ?? textAt(debug, 'message') ?? '';
  const code = debug === null ? codeOf(error, message) : uploadCode(flagAt(debug, 'retriable'));
  const subcode = wordAt(error, 'error_subcode') ?? undefined;
  return {
    status: answer.status,
    code,
    subcode,
    message,
    operation,
    retryAfterMs: regainMsOf(answer.headers[usageHeader]),
    recognised: code !== undefined,
  };
}

/** The number; where it is missing, that of the text; what nobody lists but passes by its own word is `is_transient`. */
function codeOf(error: unknown, message: string): string | undefined {
  const code = wordAt(error, 'code') ?? /^\(#(\d+)\)/.exec(message)?.[1];
  const passes = flagAt(error, 'is_transient') === true;
  if (passes && (code === undefined || !knownCodes.has(code))) return 'is_transient';
  return code;
}

function uploadCode(retriable: boolean | null): string {
  return retriable === true ? 'rupload_retriable' : 'rupload_refused';
}

/** The longest time that any of the limits in the header names; it is JSON, in minutes. */
export function regainMsOf(header: string | undefined): number | undefined {
  const minutes = Object.values(parsed(header) ?? {}).flatMap((uses) =>
    (listAt(uses) ?? []).map((use) => numberAt(use, 'estimated_time_to_regain_access') ?? 0),
  );
  const longest = Math.max(0, ...minutes);
  return longest === 0 ? undefined : longest * minuteMs;
}

function parsed(header: string | undefined): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(header ?? 'null');
    return isRecord(value) ? value : null;
  } catch {
    return null;
  }
}

/** A success that does not say what a success has to say. */
export function unreadable(operation: string): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'facebook.unreadable_answer',
    message: `Facebook answered ${operation} with a success that Fanfare cannot read.`,
    remedy: 'Look at the attempt for the whole answer.',
  });
}

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
