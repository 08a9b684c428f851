import {
  ConflictError,
  DomainError,
  NotFoundError,
  TooManyRequestsError,
  ValidationFailedError,
} from './index.js';

const violation = {
  pointer: '/text',
  rule: 'maxLength',
  message: 'The text is too long.',
  remedy: 'Shorten it.',
};

describe('domain errors', () => {
  it('carry code, details and cause', () => {
    const cause = new Error('row missing');
    const error = new NotFoundError('No such thing.', {
      code: 'thing_not_found',
      details: { id: '7' },
      cause,
    });
    expect(error).toBeInstanceOf(DomainError);
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      name: 'NotFoundError',
      code: 'thing_not_found',
      details: { id: '7' },
      cause,
    });
  });

  it('have a default code per class', () => {
    expect(new ConflictError('no').code).toBe('conflict');
    expect(new ConflictError('no').cause).toBeUndefined();
  });

  it('say one violation in full and count several', () => {
    expect(new ValidationFailedError([violation]).message).toBe('The text is too long.');
    expect(new ValidationFailedError([violation, violation]).message).toBe(
      '2 things are wrong with what was sent.',
    );
    expect(new ValidationFailedError([]).message).toBe('What was sent is not valid.');
  });

  it('round the wait up to whole seconds, at least one', () => {
    expect(new TooManyRequestsError(0.2).retryAfterSeconds).toBe(1);
    expect(new TooManyRequestsError(2.1).retryAfterSeconds).toBe(3);
  });
});
