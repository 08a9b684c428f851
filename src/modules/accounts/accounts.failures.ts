import {
  ConflictError,
  DomainError,
  GoneError,
  NotFoundError,
  TooManyRequestsError,
  ValidationFailedError,
} from '../../common/errors/index.js';
import { HttpTransportError } from '../../common/http/index.js';
import { PublishError } from '../../platforms/core/index.js';

/** A platform could not be asked, or did not answer. Code `platform_unavailable`. */
export class PlatformUnavailableError extends DomainError {
  constructor(message: string, cause: unknown) {
    super('platform_unavailable', message, { cause, details: { remedy: 'Try again in a minute.' } });
  }
}

/** What a connector threw while somebody waits for the answer, as a failure that the caller understands. */
export function toDomainError(error: unknown, pointer: string): unknown {
  if (error instanceof HttpTransportError) {
    return new PlatformUnavailableError(`The platform could not be reached (${error.reason}).`, error);
  }
  if (!(error instanceof PublishError)) return error;
  const { code, message, remedy } = error;
  switch (error.kind) {
    case 'content_refused':
    case 'auth_expired':
      return new ValidationFailedError([{ pointer, rule: code, message, remedy }], { cause: error });
    case 'rate_limited':
      return new TooManyRequestsError((error.retryAfterMs ?? 60_000) / 1000, message, { cause: error });
    case 'platform_disabled':
      return new ConflictError(message, { code: 'platform_disabled', cause: error, details: { remedy } });
    case 'transient':
    case 'outcome_unknown':
      return new PlatformUnavailableError(message, error);
  }
}

export function noSuchAccount(): NotFoundError {
  return new NotFoundError('There is no such account.', { code: 'account_not_found' });
}

export function noSuchSession(): NotFoundError {
  return new NotFoundError('There is no such connect session.', { code: 'connect_session_not_found' });
}

export function sessionExpired(): GoneError {
  return new GoneError('This connect session has expired.', {
    code: 'connect_session_expired',
    details: { remedy: 'Start connecting again.' },
  });
}

export function sessionInState(status: string, remedy: string): ConflictError {
  return new ConflictError(`This connect session is already at "${status}".`, {
    code: 'connect_session_state',
    details: { status, remedy },
  });
}
