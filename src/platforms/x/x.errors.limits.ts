import type { ErrorRow } from '../core/index.js';

const sheet = 'Fact sheet §7 (xdevplatform/docs of 2026-08-22)';
const nothing = 'Nothing to do: it goes out later.';
const unavailable = {
  kind: 'transient',
  name: 'unavailable',
  message: 'X, or a server on the way to it, is out of order.',
  remedy: 'Nothing: it is tried again.',
} as const;

/** Money, limits and outages. */
export const limitRows: readonly ErrorRow[] = [
  {
    status: 402,
    kind: 'rate_limited',
    source: 'system',
    name: 'credits_depleted',
    message: 'The credits of the app are used up: nothing of any account goes out.',
    remedy: 'Buy credits on developer.x.com. Fanfare looks every 15 minutes and goes on by itself.',
    evidence: `${sheet}: CreditsDepleted, and "Payment Required" as seen in 2026`,
  },
  {
    status: 429,
    code: 'usage-capped',
    kind: 'rate_limited',
    source: 'system',
    name: 'usage_capped',
    message: 'The app has used up what it may read in a month.',
    remedy: 'Raise the cap on developer.x.com, or wait until it begins anew.',
    evidence: `${sheet}: UsageCapExceeded; monthly, not minutes`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'X asks to wait.',
    remedy: nothing,
    evidence: `${sheet}: "Too Many Requests"; of a window or of a day`,
  },
  {
    code: '88',
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'X asks to wait.',
    remedy: nothing,
    evidence: `${sheet}: older code 88`,
  },
  {
    code: '185',
    kind: 'rate_limited',
    name: 'daily_limit',
    message: 'The account has posted as much as X takes in a day or half an hour.',
    remedy: nothing,
    evidence: `${sheet}: older code 185`,
  },
  {
    status: [500, 599],
    ...unavailable,
    evidence: `${sheet}: 500, 502, 503, 504; ambiguous on POST /2/tweets; may be HTML`,
  },
  { code: ['130', '131'], ...unavailable, evidence: `${sheet}: older codes 130, 131` },
];
