import type { HttpAnswer } from '../../common/http/index.js';
import { classifyAnswer, PublishError } from '../core/index.js';
import { readGraphFailure } from '../families/meta/index.js';
import { facebookErrors, knownCodes } from './facebook.errors.js';

export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(facebookErrors, readGraphFailure(answer, operation, knownCodes));
}

/** A success that does not say what a success has to say. */
export function unreadable(operation: string): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'facebook.unreadable_answer',
    message: `Facebook answered ${operation} with a success that Fanfare cannot read.`,
    remedy: 'Look at the attempt for the whole answer.',
  });
}

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
