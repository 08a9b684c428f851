import type { ErrorRow, ErrorTable } from '../core/index.js';
import { accessRows } from './facebook.errors.access.js';
import { contentRows } from './facebook.errors.content.js';
import { mediaRows } from './facebook.errors.media.js';

const sheet = 'Fact sheet §8 (Graph API v26.0, 2026-10)';

/** From 80000 on; 80001 is that of pages. */
const businessCodes = Array.from({ length: 15 }, (_, index) => String(80_000 + index));

const rates: readonly ErrorRow[] = [
  {
    code: ['4', '17', '32', '341', '613', ...businessCodes],
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Facebook takes no more calls of this page or app for now.',
    remedy: 'Nothing: Fanfare waits as long as Facebook says, half an hour if it says nothing.',
    evidence: `${sheet} and §7`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'too_many_requests',
    message: 'Facebook asks to wait.',
    remedy: 'Nothing: Fanfare waits and goes on.',
    evidence: `${sheet}: 429 with a throttle`,
  },
];

const outages: readonly ErrorRow[] = [
  {
    code: '1',
    subcode: '99',
    kind: 'outcome_unknown',
    name: 'maybe_posted',
    message: 'Facebook reported an error, and may have published the post all the same.',
    remedy: 'Nothing: Fanfare looks whether it is there.',
    evidence: `${sheet}: 1/99 although the link was posted (php-graph-sdk#1141)`,
  },
  {
    code: ['1', '2'],
    kind: 'transient',
    name: 'unavailable',
    message: 'Facebook is out of order for a moment.',
    remedy: 'Nothing: it is looked for and tried again.',
    outage: true,
    evidence: `${sheet}: 1 and 2; ambiguous on calls that publish`,
  },
  ...(['1363047', '1609010'] as const).flatMap((number): ErrorRow[] => {
    const row: Omit<ErrorRow, 'code' | 'subcode'> = {
      kind: 'transient',
      name: 'service_unavailable',
      message: 'A service of Facebook is out of order for a moment.',
      remedy: 'Nothing: it is tried again.',
      evidence: sheet,
    };
    return [
      { ...row, subcode: number },
      { ...row, code: number },
    ];
  }),
  {
    code: 'is_transient',
    kind: 'transient',
    name: 'passing',
    message: 'Facebook says that this error passes.',
    remedy: 'Nothing: it is tried again.',
    evidence: `${sheet}: is_transient`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'server_error',
    message: 'Facebook, or a server on the way to it, is out of order.',
    remedy: 'Nothing: it is looked for and tried again.',
    evidence: `${sheet}: HTTP 5xx; ambiguous on calls that publish`,
  },
];

/** Every answer that the sheet lists, the particular before the general. What is not in it is unknown, and looked for. */
export const facebookErrors: ErrorTable = {
  platform: 'facebook',
  rows: [...accessRows, ...contentRows, ...mediaRows.particular, ...rates, ...outages, ...mediaRows.general],
};

/** Codes that mean something by themselves: `is_transient` says nothing new of them. 100 stands for everything. */
export const knownCodes: ReadonlySet<string> = new Set(
  facebookErrors.rows.flatMap(({ code = [] }) => code).filter((code) => code !== '100'),
);
