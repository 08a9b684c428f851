import type { HttpAnswer } from '../../common/http/index.js';
import {
  bodyOf,
  classifyAnswer,
  isRecord,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  textsAt,
  type FailedAnswer,
  type ListPage,
  type PostMetrics,
  unreadableBy,
} from '../core/index.js';
import { xErrors } from './x.errors.js';
import type { XUrl } from './x.text.js';

export interface XProfile {
  readonly id: string;
  readonly name: string;
  readonly username: string;
  readonly avatarUrl: string | null;
  /** `None`, `Basic`, `Premium`, `PremiumPlus`; decides how long texts may be. */
  readonly subscription: string | null;
  readonly isProtected: boolean;
}

/** A type, not an interface, because it is stored in the ledger. */
export type UploadedMedium = {
  readonly id: string;
  readonly mediaKey: string | null;
  /** Milliseconds until the first look; null: it can be posted. */
  readonly checkAfterMs: number | null;
};

/** An own post, as far as a look needs it. */
export interface XPost {
  readonly id: string;
  readonly text: string;
  readonly urls: readonly XUrl[];
  readonly createdAt: Date;
  readonly repliesTo: string | null;
  readonly mediaKeys: readonly string[];
}

export type XPage = ListPage<XPost>;

const minuteMs = 60_000;
/** How long to wait where X names no time: credits are bought by a person, caps of a day and of a month free up slowly. */
const waits: Readonly<Record<string, number>> = {
  credits: 15 * minuteMs,
  'credits-depleted': 15 * minuteMs,
  'usage-capped': 6 * 60 * minuteMs,
  '185': 30 * minuteMs,
};

/** What an answer that is no success means. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const body = bodyOf(answer);
  const code = codeOf(body);
  return classifyAnswer(xErrors, {
    status: answer.status,
    code,
    message: wordsOf(body),
    operation,
    retryAfterMs: waitOf(answer, code, now),
    recognised: isRecord(body) && ['title', 'type', 'errors', 'error', 'detail'].some((name) => name in body),
  });
}

/** What X found in a file after it had taken it. */
export function processingFailure(body: unknown, operation: string): PublishError | null {
  const info = recordAt(body, 'data', 'processing_info');
  if (textAt(info, 'state') !== 'failed') return null;
  const failed: FailedAnswer = {
    status: 200,
    code: textAt(info, 'error', 'name') ?? undefined,
    message: textAt(info, 'error', 'message') ?? '',
    operation,
    recognised: true,
  };
  return classifyAnswer(xErrors, failed);
}

/** A number of the older API, the end of a problem's type, or an OAuth error. */
function codeOf(body: unknown): string | undefined {
  const number = numberAt(body, 'errors', 0, 'code');
  if (number !== null) return String(number);
  const type = textAt(body, 'type');
  const end = type === null || type === 'about:blank' ? '' : (type.split('/').at(-1) ?? '');
  if (end !== '') return end;
  const error = textAt(body, 'error');
  return error !== null && /^[a-z_]+$/.test(error) ? error : undefined;
}

function wordsOf(body: unknown): string {
  return (
    textAt(body, 'errors', 0, 'message') ??
    textAt(body, 'detail') ??
    textAt(body, 'error_description') ??
    textAt(body, 'error') ??
    textAt(body, 'title') ??
    ''
  );
}

/** A refusal while the window still has calls left means that a day's cap is reached. */
function waitOf({ status, headers }: HttpAnswer, code: string | undefined, now: Date): number | undefined {
  const known = code === undefined ? undefined : waits[code];
  if (status === 402) return known ?? 15 * minuteMs;
  if (known !== undefined) return known;
  if (status !== 429) return undefined;
  const until = (name: string): number => Number(headers[name] ?? Number.NaN) * 1000 - now.getTime();
  const windowIsOpen = Number(headers['x-rate-limit-remaining'] ?? 0) > 0;
  const days = ['x-user-limit-24hour', 'x-app-limit-24hour']
    .filter((family) => headers[`${family}-remaining`] === '0')
    .map((family) => until(`${family}-reset`));
  const all = [...days, ...(windowIsOpen ? [] : [until('x-rate-limit-reset')])].filter(Number.isFinite);
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (all.length === 0) return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : undefined;
  return Math.max(0, ...all);
}

export const unreadable = unreadableBy('x', 'X');

export function readProfile(body: unknown): XProfile | null {
  const [id, username] = [textAt(body, 'data', 'id'), textAt(body, 'data', 'username')];
  if (id === null || username === null) return null;
  return {
    id,
    username,
    name: textAt(body, 'data', 'name') ?? username,
    avatarUrl: textAt(body, 'data', 'profile_image_url'),
    subscription: textAt(body, 'data', 'subscription_type'),
    isProtected: recordAt(body, 'data')?.['protected'] === true,
  };
}

export function readPostId(body: unknown): string | null {
  return textAt(body, 'data', 'id');
}

/** No `processing_info`: the file can be posted. */
export function readMedium(body: unknown): UploadedMedium | null {
  const id = textAt(body, 'data', 'id');
  if (id === null) return null;
  const info = recordAt(body, 'data', 'processing_info');
  const done = info === null || textAt(info, 'state') === 'succeeded';
  const seconds = numberAt(info, 'check_after_secs') ?? 1;
  return { id, mediaKey: textAt(body, 'data', 'media_key'), checkAfterMs: done ? null : seconds * 1000 };
}

/** A list with one entry that cannot be read proves nothing, so it is none. */
export function readPage(body: unknown): XPage | null {
  if (recordAt(body, 'meta') === null) return null;
  const entries = listAt(body, 'data') ?? [];
  const items = entries.map(readPost).filter((post) => post !== null);
  return items.length === entries.length ? { items, after: textAt(body, 'meta', 'next_token') } : null;
}

function readPost(entry: unknown): XPost | null {
  const id = textAt(entry, 'id');
  const createdAt = new Date(textAt(entry, 'created_at') ?? Number.NaN);
  if (id === null || Number.isNaN(createdAt.getTime())) return null;
  const long = recordAt(entry, 'note_tweet') ?? recordAt(entry, 'note_post');
  const references = listAt(entry, 'referenced_tweets') ?? listAt(entry, 'referenced_posts') ?? [];
  const replied = references.find((reference) => textAt(reference, 'type') === 'replied_to');
  return {
    id,
    text: textAt(long, 'text') ?? textAt(entry, 'text') ?? '',
    urls: readUrls(listAt(long, 'entities', 'urls') ?? listAt(entry, 'entities', 'urls') ?? []),
    createdAt,
    repliesTo: textAt(replied, 'id'),
    mediaKeys: textsAt(entry, 'attachments', 'media_keys'),
  };
}

function readUrls(urls: readonly unknown[]): XUrl[] {
  return urls.flatMap((entry) => {
    const url = textAt(entry, 'url');
    if (url === null) return [];
    const expanded = textAt(entry, 'expanded_url') ?? '';
    const ofMedia =
      textAt(entry, 'media_key') !== null || /\/status\/\d+\/(photo|video)\/\d+$/.test(expanded);
    const further = textAt(entry, 'unwound_url');
    return [{ url, targets: ofMedia ? [] : [expanded, ...(further === null ? [] : [further])] }];
  });
}

/** Older and newer names; what is not given is left out. Null: the post is not there. */
export function readMetrics(body: unknown): PostMetrics['values'] | null {
  const given = recordAt(body, 'data', 0, 'public_metrics');
  if (given === null) return null;
  const values = {
    views: numberAt(given, 'impression_count'),
    likes: numberAt(given, 'like_count'),
    comments: numberAt(given, 'reply_count'),
    reposts: numberAt(given, 'retweet_count') ?? numberAt(given, 'repost_count'),
    quotes: numberAt(given, 'quote_count'),
    saves: numberAt(given, 'bookmark_count'),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
