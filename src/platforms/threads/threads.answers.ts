import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  textsAt,
  type JsonRecord,
  type LimitReading,
  type MetricName,
  type PostMetrics,
} from '../core/index.js';
import { readGraphFailure, wordAt } from '../families/meta/index.js';
import { threadsErrors } from './threads.errors.js';

export interface ThreadsProfile {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly avatarUrl: string | null;
}

/** A post or reply of the account, as far as a look needs it. */
export interface ThreadsPost {
  readonly id: string;
  readonly permalink: string | null;
  readonly text: string;
  readonly timestamp: Date;
  readonly mediaType: string;
  /** The post that it answers; null where the list does not say. */
  readonly repliedTo: string | null;
}

export interface PostPage {
  readonly posts: readonly ThreadsPost[];
  readonly after: string | null;
}

/** A type, not an interface, because it is stored in the ledger. */
export type ContainerState = { readonly status: string; readonly errorMessage: string | null };

/** What an answer that is no success means. The status lies: a missing scope or a long text comes with 500 as well. */
export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(threadsErrors, readGraphFailure(answer, operation, listedCodes));
}

const listedCodes = new Set(threadsErrors.rows.flatMap(({ code }) => code ?? []));

/** A success that does not say what a success has to say. */
export function unreadable(operation: string): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'threads.unreadable_answer',
    message: `Threads answered ${operation} with a success that Fanfare cannot read.`,
    remedy: 'Look at the attempt for the whole answer.',
  });
}

/** Ids are of 64 bits; they come as text or as a number, which the HTTP client keeps whole. */
export function idAt(value: unknown, name: string): string | null {
  const id = wordAt(value, name);
  return id === '' ? null : id;
}

export function readProfile(body: unknown): ThreadsProfile | null {
  const id = idAt(body, 'id');
  const username = textAt(body, 'username');
  if (id === null || username === null) return null;
  const avatarUrl = textAt(body, 'threads_profile_picture_url');
  return { id, username, name: textAt(body, 'name') ?? username, avatarUrl };
}

export function readContainer(body: unknown): ContainerState | null {
  const status = textAt(body, 'status');
  return status === null ? null : { status, errorMessage: textAt(body, 'error_message') };
}

export function readPosts(body: unknown): PostPage | null {
  const rows = listAt(body, 'data');
  if (rows === null) return null;
  const posts = rows.flatMap((row) => readPost(row) ?? []);
  const more = textAt(body, 'paging', 'next') !== null;
  return { posts, after: more ? textAt(body, 'paging', 'cursors', 'after') : null };
}

function readPost(row: unknown): ThreadsPost | null {
  const id = idAt(row, 'id');
  const timestamp = new Date(textAt(row, 'timestamp') ?? Number.NaN);
  if (id === null || Number.isNaN(timestamp.getTime())) return null;
  return {
    id,
    timestamp,
    permalink: textAt(row, 'permalink'),
    text: textAt(row, 'text') ?? '',
    mediaType: textAt(row, 'media_type') ?? '',
    repliedTo: idAt(recordAt(row, 'replied_to'), 'id'),
  };
}

const metricOf: Readonly<Record<string, MetricName>> = {
  views: 'views',
  likes: 'likes',
  replies: 'comments',
  reposts: 'reposts',
  quotes: 'quotes',
  shares: 'shares',
};

export const insightNames = Object.keys(metricOf);

/** Some figures come as a series of one value, some as a total. */
export function readInsights(body: unknown): PostMetrics['values'] {
  const values: Partial<Record<MetricName, number>> = {};
  for (const row of listAt(body, 'data') ?? []) {
    const name = metricOf[textAt(row, 'name') ?? ''];
    const value = numberAt(row, 'values', 0, 'value') ?? numberAt(row, 'total_value', 'value');
    if (name !== undefined && value !== null) values[name] = value;
  }
  return values;
}

/** The cap on posts rolls, and when the oldest leaves it is not told: an hour later it is asked again. */
const askAgainMs = 60 * 60_000;

export function readQuota(body: unknown, now: Date): LimitReading[] {
  const row: JsonRecord | null = recordAt(body, 'data', 0);
  const used = numberAt(row, 'quota_usage');
  const total = numberAt(row, 'config', 'quota_total');
  if (used === null || total === null) return [];
  const resetAt = new Date(now.getTime() + askAgainMs);
  return [{ limit: 'posts', remaining: Math.max(0, total - used), resetAt, certain: true }];
}

/** Null where the platform does not say what was granted. */
export function readScopes(body: unknown): readonly string[] | null {
  const scopes = textsAt(body, 'data', 'scopes');
  return scopes.length === 0 ? null : scopes;
}
