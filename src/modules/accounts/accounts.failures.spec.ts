import { ConflictError, TooManyRequestsError, ValidationFailedError } from '../../common/errors/index.js';
import { HttpTransportError } from '../../common/http/index.js';
import { failureKinds, PublishError, type FailureKind } from '../../platforms/core/index.js';
import { PlatformUnavailableError, toDomainError } from './accounts.failures.js';

const failure = (kind: FailureKind) =>
  new PublishError({ kind, code: 'p.x', message: 'It broke.', remedy: 'Mend it.', retryAfterMs: 1500 });

const expected: Record<FailureKind, new (...args: never[]) => Error> = {
  content_refused: ValidationFailedError,
  auth_expired: ValidationFailedError,
  rate_limited: TooManyRequestsError,
  platform_disabled: ConflictError,
  transient: PlatformUnavailableError,
  outcome_unknown: PlatformUnavailableError,
};

describe('what a connector throws', () => {
  it.each(failureKinds)('is understood by the caller: %s', (kind) => {
    expect(toDomainError(failure(kind), '/credentials')).toBeInstanceOf(expected[kind]);
  });

  it('names the code, the place and the remedy', () => {
    expect(toDomainError(failure('auth_expired'), '/credentials')).toMatchObject({
      violations: [{ pointer: '/credentials', rule: 'p.x', message: 'It broke.', remedy: 'Mend it.' }],
    });
    expect(toDomainError(failure('rate_limited'), '')).toMatchObject({ retryAfterSeconds: 2 });
  });

  it('is an outage when there was no answer, and stays what it is otherwise', () => {
    const transport = new HttpTransportError({
      phase: 'before_send',
      reason: 'dns',
      message: 'no such host',
    });
    expect(toDomainError(transport, '')).toBeInstanceOf(PlatformUnavailableError);
    const bug = new TypeError('x');
    expect(toDomainError(bug, '')).toBe(bug);
  });
});
