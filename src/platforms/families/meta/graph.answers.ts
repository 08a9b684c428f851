import type { HttpAnswer } from '../../../common/http/index.js';
import {
  bodyOf,
  flagAt,
  isRecord,
  listAt,
  numberAt,
  recordAt,
  textAt,
  type FailedAnswer,
} from '../../core/index.js';

const minuteMs = 60_000;
const usageHeader = 'x-business-use-case-usage';

/** Ids and numbers come now as texts, now as numbers. */
export function wordAt(value: unknown, ...path: (string | number)[]): string | null {
  const number = numberAt(value, ...path);
  return number === null ? textAt(value, ...path) : String(number);
}

/**
 * What an answer of the Graph API says that is no success. Its status lies, so that it is read by code and subcode.
 * @param listed codes that mean something by themselves: `is_transient` says nothing new of them.
 */
export function readGraphFailure(
  answer: HttpAnswer,
  operation: string,
  listed: ReadonlySet<string>,
): FailedAnswer {
  const body = bodyOf(answer);
  const error = recordAt(body, 'error');
  const debug = recordAt(body, 'debug_info');
  const message = textAt(error, 'message') ?? textAt(debug, 'message') ?? '';
  const code = debug === null ? codeOf(error, message, listed) : uploadCode(flagAt(debug, 'retriable'));
  return {
    status: answer.status,
    code,
    subcode: wordAt(error, 'error_subcode') ?? undefined,
    message,
    operation,
    retryAfterMs: regainMsOf(answer.headers[usageHeader]),
    recognised: code !== undefined,
  };
}

/** The number; where it is missing, that of the text; what nobody lists but passes by its own word is `is_transient`. */
function codeOf(error: unknown, message: string, listed: ReadonlySet<string>): string | undefined {
  const code = wordAt(error, 'code') ?? /^\(#(\d+)\)/.exec(message)?.[1];
  const passes = flagAt(error, 'is_transient') === true;
  if (passes && (code === undefined || !listed.has(code))) return 'is_transient';
  return code;
}

/** Hosts that take bytes have a shape of their own. */
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
