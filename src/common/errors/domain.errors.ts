import { DomainError, type DomainErrorOptions } from './domain.error.js';
import { type Violation } from './violation.js';

/** It does not exist, or it belongs to somebody else. Code `not_found`. */
export class NotFoundError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('not_found', message, options);
  }
}

/** The state of the thing does not allow it. Code `conflict`. */
export class ConflictError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('conflict', message, options);
  }
}

/** The caller's version (If-Match) is not the current one. Code `precondition_failed`. */
export class PreconditionFailedError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('precondition_failed', message, options);
  }
}

/** What was sent breaks rules; all of them are listed at once. Code `validation_failed`. */
export class ValidationFailedError extends DomainError {
  readonly violations: readonly Violation[];

  constructor(violations: readonly Violation[], options?: DomainErrorOptions) {
    super('validation_failed', summaryOf(violations), options);
    this.violations = violations;
  }
}

/** Nobody, or nobody we know. Code `unauthorized`. */
export class UnauthorizedError extends DomainError {
  constructor(message = 'A valid API key is needed.', options?: DomainErrorOptions) {
    super('unauthorized', message, options);
  }
}

/** We know who it is, and that is not enough. Code `forbidden`. */
export class ForbiddenError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('forbidden', message, options);
  }
}

/** Too often. Code `too_many_requests`. */
export class TooManyRequestsError extends DomainError {
  /** Whole seconds after which it is worth trying again, at least 1. */
  readonly retryAfterSeconds: number;

  constructor(retryAfterSeconds: number, message?: string, options?: DomainErrorOptions) {
    const seconds = Math.max(1, Math.ceil(retryAfterSeconds));
    super('too_many_requests', message ?? `Too many requests. Try again in ${seconds} s.`, options);
    this.retryAfterSeconds = seconds;
  }
}

/** It was there and will not come back. Code `gone`. */
export class GoneError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('gone', message, options);
  }
}

/** More bytes than are taken. Code `payload_too_large`. */
export class PayloadTooLargeError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('payload_too_large', message, options);
  }
}

/** A kind of content that is not taken. Code `unsupported_media_type`. */
export class UnsupportedMediaTypeError extends DomainError {
  constructor(message: string, options?: DomainErrorOptions) {
    super('unsupported_media_type', message, options);
  }
}

function summaryOf(violations: readonly Violation[]): string {
  const [first] = violations;
  if (first === undefined) return 'What was sent is not valid.';
  return violations.length === 1
    ? first.message
    : `${violations.length} things are wrong with what was sent.`;
}
