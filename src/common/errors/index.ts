export { DomainError, type DomainErrorOptions, type ErrorDetails } from './domain.error.js';
export {
  ConflictError,
  ForbiddenError,
  GoneError,
  NotFoundError,
  PayloadTooLargeError,
  PreconditionFailedError,
  TooManyRequestsError,
  UnauthorizedError,
  UnsupportedMediaTypeError,
  ValidationFailedError,
} from './domain.errors.js';
export { type Violation } from './violation.js';
