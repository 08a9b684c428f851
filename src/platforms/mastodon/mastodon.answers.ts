import type { HttpAnswer } from '../../common/http/index.js';
import {
  bodyOf,
  classifyAnswer,
  listAt,
  numberAt,
  PublishError,
  textAt,
  type FailedAnswer,
  type PostMetrics,
  unreadableBy,
} from '../core/index.js';
import { allMastodonErrors } from './mastodon.errors.js';

export interface RegisteredApp {
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface MastodonToken {
  readonly accessToken: string;
  /** Only dialects have one. */
  readonly refreshToken: string | null;
  readonly expiresInSeconds: number | null;
}

export interface MastodonProfile {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly avatarUrl: string | null;
  readonly url: string | null;
}

/** A post of the account, as far as a look needs it. */
export interface MastodonStatus {
  readonly id: string;
  readonly uri: string | null;
  readonly url: string | null;
  readonly createdAt: Date;
  /** Somebody changed it after it was posted. */
  readonly edited: boolean;
  readonly inReplyToId: string | null;
  readonly mediaIds: readonly string[];
  /** Empty without a poll. */
  readonly pollOptions: readonly string[];
  /** HTML. */
  readonly content: string;
  readonly spoilerText: string;
}

/** `X-RateLimit-Reset` is a time stamp; a CDN may send `Retry-After` in seconds. */
function retryAfterMs({ status, headers }: HttpAnswer, now: Date): number | undefined {
  if (status !== 429) return undefined;
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const reset = Date.parse(headers['x-ratelimit-reset'] ?? '');
  return Number.isNaN(reset) ? undefined : Math.max(0, reset - now.getTime());
}

/** What an answer that is no success means. OAuth routes give a code, all others words. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const body = bodyOf(answer);
  const error = textAt(body, 'error');
  const failed: FailedAnswer = {
    status: answer.status,
    code: error !== null && /^[a-z_]+$/.test(error) ? error : undefined,
    message: textAt(body, 'error_description') ?? error ?? '',
    operation,
    retryAfterMs: retryAfterMs(answer, now),
    recognised: error !== null,
  };
  return classifyAnswer(allMastodonErrors, failed);
}

export const unreadable = unreadableBy('mastodon', 'The instance');

/** Ids are opaque; some dialects write them as numbers. */
export function idAt(value: unknown, ...path: (string | number)[]): string | null {
  const number = numberAt(value, ...path);
  const id = number === null ? textAt(value, ...path) : String(number);
  return id === '' ? null : id;
}

export function readApp(body: unknown): RegisteredApp | null {
  const clientId = textAt(body, 'client_id');
  const clientSecret = textAt(body, 'client_secret');
  return clientId === null || clientSecret === null ? null : { clientId, clientSecret };
}

export function readToken(body: unknown): MastodonToken | null {
  const accessToken = textAt(body, 'access_token');
  if (accessToken === null || accessToken === '') return null;
  return {
    accessToken,
    refreshToken: textAt(body, 'refresh_token'),
    expiresInSeconds: numberAt(body, 'expires_in'),
  };
}

export function readProfile(body: unknown): MastodonProfile | null {
  const id = idAt(body, 'id');
  const username = textAt(body, 'username') ?? textAt(body, 'acct');
  if (id === null || username === null) return null;
  const displayName = textAt(body, 'display_name') ?? '';
  return {
    id,
    username,
    displayName: displayName === '' ? username : displayName,
    avatarUrl: textAt(body, 'avatar'),
    url: textAt(body, 'url'),
  };
}

/** Counts that the instance does not say are left out. */
export function readCounts(body: unknown): PostMetrics['values'] {
  const counts = {
    likes: numberAt(body, 'favourites_count'),
    reposts: numberAt(body, 'reblogs_count'),
    comments: numberAt(body, 'replies_count'),
  };
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== null));
}

/** Null for anything that is no published post, for example a scheduled one. */
export function readStatus(body: unknown): MastodonStatus | null {
  const id = idAt(body, 'id');
  const createdAt = new Date(textAt(body, 'created_at') ?? Number.NaN);
  if (id === null || Number.isNaN(createdAt.getTime())) return null;
  const attachments = listAt(body, 'media_attachments') ?? [];
  const options = listAt(body, 'poll', 'options') ?? [];
  return {
    id,
    uri: textAt(body, 'uri'),
    url: webUrl(textAt(body, 'url')) ?? webUrl(textAt(body, 'uri')),
    createdAt,
    edited: textAt(body, 'edited_at') !== null,
    inReplyToId: idAt(body, 'in_reply_to_id'),
    mediaIds: attachments.flatMap((attachment) => idAt(attachment, 'id') ?? []),
    pollOptions: options.map((option) => textAt(option, 'title') ?? ''),
    content: textAt(body, 'content') ?? '',
    spoilerText: textAt(body, 'spoiler_text') ?? '',
  };
}

/** A list with one entry that cannot be read proves nothing, so it is none. */
export function readStatuses(body: unknown): MastodonStatus[] | null {
  const entries = listAt(body);
  if (entries === null) return null;
  const statuses = entries.map(readStatus).filter((status) => status !== null);
  return statuses.length === entries.length ? statuses : null;
}

function webUrl(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null;
}
