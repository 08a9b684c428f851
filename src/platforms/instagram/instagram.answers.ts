import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  type LimitReading,
  type MetricName,
  type PostMetrics,
} from '../core/index.js';
import { cursorOf, readGraphFailure, wordAt } from '../families/meta/index.js';
import { instagramErrors } from './instagram.errors.js';

/** A type, not an interface, because it is stored in the ledger. */
export type ContainerState = { readonly status: string; readonly said: string };

/** A post or comment of the account, as far as a look needs it. */
export interface ListedPost {
  readonly id: string;
  readonly permalink: string | null;
  readonly text: string;
  readonly timestamp: Date;
  /** `FEED`, `REELS`, `STORY`; null where the list does not say. */
  readonly productType: string | null;
}

export interface ListedPage {
  readonly posts: readonly ListedPost[];
  readonly after: string | null;
}

export interface PostFacts {
  readonly permalink: string | null;
  readonly productType: string | null;
  readonly counts: PostMetrics['values'];
}

/** 100 stands for everything, so that `is_transient` says more than it. */
const listedCodes: ReadonlySet<string> = new Set(
  instagramErrors.rows.flatMap(({ code = [] }) => code).filter((code) => code !== '100'),
);

export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(instagramErrors, readGraphFailure(answer, operation, listedCodes));
}

/** A container that ended in `ERROR`: the number of its reason stands within the words. */
export function processingFailure({ status, said }: ContainerState): PublishError {
  const [subcode] = /22070\d\d/.exec(said) ?? [];
  return classifyAnswer(instagramErrors, {
    status: 400,
    code: status,
    subcode,
    message: said,
    operation: 'processing',
    recognised: true,
  });
}

/** A success that does not say what a success has to say. */
export function unreadable(operation: string): PublishError {
  return new PublishError({
    kind: 'outcome_unknown',
    code: 'instagram.unreadable_answer',
    message: `Instagram answered ${operation} with a success that Fanfare cannot read.`,
    remedy: 'Look at the attempt for the whole answer.',
  });
}

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}

export function readContainer(body: unknown): ContainerState | null {
  const status = textAt(body, 'status_code');
  return status === null ? null : { status, said: textAt(body, 'status') ?? '' };
}

/** Posts have a caption, comments a text. */
export function readListed(body: unknown): ListedPage | null {
  const rows = listAt(body, 'data');
  if (rows === null) return null;
  return { posts: rows.flatMap((row) => readPost(row) ?? []), after: cursorOf(body) };
}

function readPost(row: unknown): ListedPost | null {
  const id = wordAt(row, 'id');
  const timestamp = new Date(textAt(row, 'timestamp') ?? Number.NaN);
  if (id === null || Number.isNaN(timestamp.getTime())) return null;
  return {
    id,
    timestamp,
    permalink: textAt(row, 'permalink'),
    text: textAt(row, 'caption') ?? textAt(row, 'text') ?? '',
    productType: textAt(row, 'media_product_type'),
  };
}

export function readFacts(body: unknown): PostFacts {
  const [likes, comments] = [numberAt(body, 'like_count'), numberAt(body, 'comments_count')];
  return {
    permalink: textAt(body, 'permalink'),
    productType: textAt(body, 'media_product_type'),
    counts: { ...(likes === null ? {} : { likes }), ...(comments === null ? {} : { comments }) },
  };
}

const metricOf: Readonly<Record<string, MetricName>> = {
  views: 'views',
  reach: 'reach',
  likes: 'likes',
  comments: 'comments',
  replies: 'comments',
  shares: 'shares',
  saved: 'saves',
  total_interactions: 'engagements',
};

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

/** The cap rolls, and when the oldest post leaves it is not told: an hour later it is asked again. */
const askAgainMs = 60 * 60_000;

export function readQuota(body: unknown, now: Date): LimitReading[] {
  const row = recordAt(body, 'data', 0);
  const used = numberAt(row, 'quota_usage');
  const total = numberAt(row, 'config', 'quota_total');
  if (used === null || total === null) return [];
  const resetAt = new Date(now.getTime() + askAgainMs);
  return [{ limit: 'posts', remaining: Math.max(0, total - used), resetAt, certain: true }];
}
