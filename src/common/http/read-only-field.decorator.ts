import { Exclude } from 'class-transformer';

/**
 * For a property of a request's DTO that only answers carry: when a client sends an answer back, it is dropped
 * without a word, at any depth, instead of being refused as unknown. Put no validation on it.
 */
export function ReadOnlyField(): PropertyDecorator {
  return Exclude({ toClassOnly: true });
}
