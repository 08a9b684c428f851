import { HttpException } from '@nestjs/common';
import { type ErrorDetails, type Violation } from '../errors/index.js';
import { redactText } from '../logging/index.js';
import { failureOfDomainError } from './problem.domain.js';
import { type Failure, meaningOf } from './problem.meaning.js';

/** A problem document (RFC 9457). */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  /** What a program may decide on; snake_case. */
  readonly code: string;
  readonly requestId: string;
  /** The path of the request, without its query. */
  readonly instance: string;
  /** Every single thing that is wrong; empty when it is not the request's fault. */
  readonly errors: readonly Violation[];
  /** Ids and numbers that go with the code. */
  readonly details?: ErrorDetails;
}

export const PROBLEM_CONTENT_TYPE = 'application/problem+json; charset=utf-8';

export interface ProblemRequest {
  readonly id: string;
  readonly url: string;
  readonly routeOptions?: { readonly bodyLimit?: number | undefined } | undefined;
}

export interface Problem {
  readonly document: ProblemDocument;
  readonly headers: Readonly<Record<string, string>>;
  /** True when somebody should look at it: log the error. */
  readonly unexpected: boolean;
}

/** What a client gets to see of a failure, whatever it is. Nothing of an unknown error but its request id. */
export function toProblem(error: unknown, request: ProblemRequest): Problem {
  const failure = failureOf(error, request);
  const { title, rule } = meaningOf(failure.status);
  const code = failure.code ?? rule;
  const [instance = ''] = request.url.split('?');
  const { details = {} } = failure;
  return {
    document: {
      type: `urn:fanfare:problem:${code}`,
      title,
      status: failure.status,
      detail: failure.detail,
      code,
      requestId: request.id,
      instance: redactText(instance),
      errors: failure.violations ?? blamed(failure),
      ...(Object.keys(details).length === 0 ? {} : { details }),
    },
    headers: failure.headers ?? {},
    unexpected: failure.status >= 500,
  };
}

/** What is not there breaks no rule, and the detail says it already. */
function blamed(failure: Failure): Violation[] {
  const { status, detail, limit, details } = failure;
  if (status >= 500 || status === 404) return [];
  const { rule, remedy } = meaningOf(status);
  const own = typeof details?.['remedy'] === 'string' ? details['remedy'] : remedy;
  const violation = {
    pointer: '',
    rule: failure.rule ?? failure.code ?? rule,
    message: detail,
    remedy: own,
  };
  return [{ ...violation, ...(limit === undefined ? {} : { limit }) }];
}

function failureOf(error: unknown, request: ProblemRequest): Failure {
  const failure = failureOfDomainError(error) ?? ofHttpException(error) ?? ofFastifyError(error);
  if (failure === null)
    return { status: 500, detail: 'Something went wrong here. Quote the request id when you ask.' };
  const limit = request.routeOptions?.bodyLimit;
  return failure.status === 413 && failure.limit === undefined && limit !== undefined
    ? { ...failure, limit }
    : failure;
}

function ofHttpException(error: unknown): Failure | null {
  if (!(error instanceof HttpException)) return null;
  const status = error.getStatus();
  if (status === 500) return null;
  return { status, detail: detailOf(error.message), ...ruleOf(error.cause ?? error, error.message) };
}

/** Fastify's own errors, and those of its plugins. */
function ofFastifyError(error: unknown): Failure | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error) || !('code' in error))
    return null;
  const { statusCode, code } = error;
  if (typeof statusCode !== 'number' || typeof code !== 'string') return null;
  if (!code.startsWith('FST_') || statusCode < 400 || statusCode > 499) return null;
  const message = 'message' in error && typeof error.message === 'string' ? error.message : '';
  return { status: statusCode, detail: detailOf(message), ...ruleOf(error, message) };
}

/** Frameworks quote the URL; its query is nobody's business. */
function detailOf(message: string): string {
  return redactText(message.replace(/\?\S*/, '')) || 'The request cannot be answered.';
}

function ruleOf(error: unknown, message: string): { rule?: string } {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (code === 'FST_ERR_BAD_URL') return { rule: 'url' };
  if (/JSON/.test(message) || (typeof code === 'string' && code.includes('JSON'))) return { rule: 'json' };
  return {};
}
