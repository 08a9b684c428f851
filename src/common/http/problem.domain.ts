import {
  ConflictError,
  DomainError,
  ForbiddenError,
  GoneError,
  NotFoundError,
  PayloadTooLargeError,
  PreconditionFailedError,
  TooManyRequestsError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
  ValidationFailedError,
} from '../errors/index.js';
import { type Failure } from './problem.meaning.js';

/** The one place where a domain error meets HTTP. Subclasses are as their base. */
const STATUS: readonly (readonly [abstract new (...args: never[]) => DomainError, number])[] = [
  [NotFoundError, 404],
  [ConflictError, 409],
  [PreconditionFailedError, 412],
  [ValidationFailedError, 422],
  [UnauthorizedError, 401],
  [ForbiddenError, 403],
  [TooManyRequestsError, 429],
  [GoneError, 410],
  [PayloadTooLargeError, 413],
  [UnsupportedMediaTypeError, 415],
];

/** Null for what is no domain error, or one that no status was thought of for. */
export function failureOfDomainError(error: unknown): Failure | null {
  if (!(error instanceof DomainError)) return null;
  const status = STATUS.find(([type]) => error instanceof type)?.[1];
  if (status === undefined) return null;
  const { code, message: detail, details } = error;
  const failure = { status, code, detail, details, headers: headersOf(error) };
  return error instanceof ValidationFailedError ? { ...failure, violations: error.violations } : failure;
}

function headersOf(error: DomainError): Record<string, string> {
  if (error instanceof UnauthorizedError) return { 'www-authenticate': 'Bearer realm="fanfare"' };
  if (error instanceof TooManyRequestsError) return { 'retry-after': String(error.retryAfterSeconds) };
  return {};
}
