import { ValidationPipe } from '@nestjs/common';
import { ValidationFailedError } from '../errors/index.js';
import { violationsOf } from './violations.js';

/**
 * Makes DTOs of bodies and queries, and refuses what breaks a rule or is unknown with every violation at once.
 * Errors are a ValidationFailedError.
 */
export function createValidationPipe(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: true, value: true },
    exceptionFactory: (errors) => new ValidationFailedError(violationsOf(errors)),
  });
}
