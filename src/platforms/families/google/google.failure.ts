import type { HttpAnswer } from '../../../common/http/index.js';
import { listAt, numberAt, recordAt, textAt, type FailedAnswer } from '../../core/index.js';

/** The body as JSON; undefined when it is none (a page of HTML stands for many a wrong address). */
export function googleBody(answer: HttpAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return undefined;
  }
}

/**
 * Google's error, in its older shape (`errors[0].reason`) or in that of google.rpc.Status (`details[].reason`, `status`). `code` is the
 * most particular word that it has, `subcode` is `status`.
 */
export function readGoogleFailure(answer: HttpAnswer, operation: string): FailedAnswer {
  const error = recordAt(googleBody(answer), 'error');
  const status = textAt(error, 'status') ?? undefined;
  const details = (listAt(error, 'details') ?? []).map((detail) => textAt(detail, 'reason'));
  const reason = textAt(error, 'errors', 0, 'reason') ?? details.find((word) => word !== null);
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  return {
    status: answer.status,
    code: reason ?? status,
    ...(status === undefined ? {} : { subcode: status }),
    message: textAt(error, 'message') ?? '',
    operation,
    retryAfterMs: Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined,
    recognised: reason !== undefined || status !== undefined || numberAt(error, 'code') !== null,
  };
}
