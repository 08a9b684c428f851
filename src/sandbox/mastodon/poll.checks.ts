import { isJsonObject, type JsonObject } from '../core/json.js';
import { flagOf, listOf, textOf } from './field.values.js';
import { invalid } from './mastodon.errors.js';
import type { MastodonSettings } from './mastodon.settings.js';

export const POLL_LIMITS = {
  minOptions: 2,
  optionCharacters: 50,
  minSeconds: 300,
  maxSeconds: 2_629_746,
} as const;

export interface PollDraft {
  readonly options: readonly string[];
  readonly expiresAt: string;
  readonly multiple: boolean;
  readonly hideTotals: boolean;
}

export interface Poll extends PollDraft {
  readonly id: string;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The poll that the request asks for, or null. */
export function pollOf(
  fields: JsonObject,
  { maxPollOptions }: Pick<MastodonSettings, 'maxPollOptions'>,
  nowMs: number,
): PollDraft | null {
  const poll = fields['poll'];
  if (poll === undefined || poll === null) return null;
  if (!isJsonObject(poll)) throw invalid('Poll is invalid');
  const options = listOf(poll, 'options')
    .map((option) => option.trim())
    .filter((option) => option !== '');
  checkOptions(options, maxPollOptions);
  const seconds = Number(textOf(poll, 'expires_in') ?? NaN);
  if (!(seconds <= POLL_LIMITS.maxSeconds)) throw invalid('Expires at is too far into the future');
  if (seconds < POLL_LIMITS.minSeconds) throw invalid('Expires at is too soon');
  return {
    options,
    expiresAt: new Date(nowMs + seconds * 1000).toISOString(),
    multiple: flagOf(poll, 'multiple'),
    hideTotals: flagOf(poll, 'hide_totals'),
  };
}

function checkOptions(options: readonly string[], maxOptions: number): void {
  const { minOptions, optionCharacters } = POLL_LIMITS;
  if (options.length < minOptions) throw invalid('Options must be more than one item');
  if (options.length > maxOptions) throw invalid(`Options can't contain more than ${maxOptions} items`);
  if (options.some((option) => [...graphemes.segment(option)].length > optionCharacters)) {
    throw invalid(`Options can't be longer than ${optionCharacters} characters each`);
  }
  if (new Set(options).size < options.length) throw invalid('Options contain duplicate items');
}

/** As a status shows it. While totals are hidden, an option has none until the poll is over. */
export function pollView({ id, options, expiresAt, multiple, hideTotals }: Poll, nowMs: number): JsonObject {
  const expired = Date.parse(expiresAt) <= nowMs;
  const votes = expired || !hideTotals ? 0 : null;
  return {
    id,
    expires_at: expiresAt,
    expired,
    multiple,
    votes_count: 0,
    voters_count: 0,
    options: options.map((title) => ({ title, votes_count: votes })),
    emojis: [],
    voted: true,
    own_votes: [],
  };
}
