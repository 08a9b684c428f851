import type { HttpAnswer } from '../../common/http/index.js';
import { classifyAnswer, PublishError, unreadableBy } from '../core/index.js';
import { readGraphFailure } from '../families/meta/index.js';
import { facebookErrors, knownCodes } from './facebook.errors.js';

export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(facebookErrors, readGraphFailure(answer, operation, knownCodes));
}

export const unreadable = unreadableBy('facebook', 'Facebook');

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}
