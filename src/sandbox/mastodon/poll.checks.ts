import { isJsonObject, type JsonObject } from '../core/json.js';
import { flagOf, listOf, textOf } from './field.values.js';
import { invalid } from './mastodon.errors.js';

export const POLL_LIMITS = {
  minOptions: 2,
  maxOptions: 4,
  optionCharacters: 50,
  minSeconds: 300,
  maxSeconds: 2_629_746,
} as const;

/** The poll that the request asks for, or null. */
export function pollOf(fields: JsonObject, nowMs: number): JsonObject | null {
  const poll = fields['poll'];
  if (poll === undefined || poll === null) return null;
  if (!isJsonObject(poll)) throw invalid('Poll is invalid');
  const options = listOf(poll, 'options');
  const seconds = Number(textOf(poll, 'expires_in') ?? NaN);
  if (options.length < POLL_LIMITS.minOptions) throw invalid('Options must be more than one item');
  if (options.length > POLL_LIMITS.maxOptions) {
    throw invalid(`Options can't contain more than ${POLL_LIMITS.maxOptions} items`);
  }
  if (options.some((option) => option === '' || [...option].length > POLL_LIMITS.optionCharacters)) {
    throw invalid(`Options can't be longer than ${POLL_LIMITS.optionCharacters} characters each`);
  }
  if (new Set(options).size < options.length) throw invalid('Options contain duplicate items');
  if (!(seconds <= POLL_LIMITS.maxSeconds)) throw invalid('Expires at is too far into the future');
  if (seconds < POLL_LIMITS.minSeconds) throw invalid('Expires at is too soon');
  return {
    expires_at: new Date(nowMs + seconds * 1000).toISOString(),
    expired: false,
    multiple: flagOf(poll, 'multiple'),
    hide_totals: flagOf(poll, 'hide_totals'),
    votes_count: 0,
    options: options.map((title) => ({ title, votes_count: 0 })),
  };
}
