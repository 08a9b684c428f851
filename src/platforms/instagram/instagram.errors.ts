import type { ErrorRow, ErrorTable } from '../core/index.js';
import { accessRows, permissionRows } from './instagram.errors.access.js';
import { contentRows } from './instagram.errors.content.js';
import { mediaRows } from './instagram.errors.media.js';

const sheet = 'Fact sheet §7 (Graph API v26.0, 2026-10)';

const rates: readonly ErrorRow[] = [
  {
    subcode: '2207042',
    kind: 'rate_limited',
    name: 'publish_limit',
    message: 'The account has published as much as Instagram takes in 24 hours.',
    remedy: 'Nothing: it goes out when the oldest post of the last 24 hours leaves the count.',
    evidence: `${sheet}: 9/2207042`,
  },
  {
    code: ['4', '17', '32', '613', '80002'],
    kind: 'rate_limited',
    name: 'rate_limited',
    message: 'Instagram takes no more calls of this account or app for now.',
    remedy: 'Nothing: Fanfare waits as long as Instagram says, a quarter of an hour if it says nothing.',
    evidence: `${sheet} and §6: 4800 calls for each impression in 24 hours`,
  },
  {
    status: 429,
    kind: 'rate_limited',
    name: 'too_many_requests',
    message: 'Instagram asks to wait.',
    remedy: 'Nothing: Fanfare waits and goes on.',
    evidence: 'HTTP',
  },
];

const outages: readonly ErrorRow[] = [
  {
    status: 500,
    code: '2500',
    kind: 'content_refused',
    source: 'system',
    name: 'wrong_path',
    message: 'Instagram does not know this call.',
    remedy: 'Check PLATFORM_INSTAGRAM_API_VERSION; if it is as it was delivered, report it.',
    evidence: `${sheet}: HTTP 500 with code 2500 = wrong path, deterministic`,
  },
  ...['2207001', '2207032'].map((subcode): ErrorRow => ({
    subcode,
    kind: 'transient',
    name: 'server_failed',
    message: 'Instagram had an error of its own.',
    remedy: 'Nothing: it is looked for and tried again.',
    evidence: `${sheet}: -1/${subcode}`,
  })),
  {
    code: ['1', '2', '-1', 'is_transient'],
    kind: 'transient',
    name: 'unavailable',
    message: 'Instagram is out of order for a moment.',
    remedy: 'Nothing: it is looked for and tried again.',
    evidence: `${sheet}: 1, 2, -1 and is_transient; ambiguous on calls that publish`,
  },
  {
    status: [500, 599],
    kind: 'transient',
    name: 'server_error',
    message: 'Instagram, or a server on the way to it, is out of order.',
    remedy: 'Nothing: it is looked for and tried again.',
    evidence: `${sheet}: 5xx; ambiguous on calls that publish`,
  },
];

const general: readonly ErrorRow[] = [
  {
    code: '100',
    kind: 'content_refused',
    name: 'parameter_invalid',
    message: 'Instagram does not take the post as it is.',
    remedy: "Read Instagram's words in the attempt; change the post and publish it again.",
    evidence: `${sheet}: 100`,
  },
  {
    operation: 'processing',
    code: 'ERROR',
    kind: 'content_refused',
    name: 'processing_failed',
    message: 'Instagram could not work up the files, and did not say why in a way that is known.',
    remedy: 'Publish it again; if it fails again, try other files.',
    evidence: 'Fact sheet §3: status_code ERROR without a number in its words',
  },
];

/** Subcodes come first: the same code means many things. What no row lists is unknown, and looked for. */
export const instagramErrors: ErrorTable = {
  platform: 'instagram',
  rows: [...accessRows, ...contentRows, ...mediaRows, ...rates, ...outages, ...permissionRows, ...general],
};
