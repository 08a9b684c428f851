import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  numberAt,
  PublishError,
  textAt,
  unreadableBy,
  type MetricName,
  type PostMetrics,
} from '../core/index.js';
import { insightsBy, readGraphFailure, readListing, wordAt, type Listing } from '../families/meta/index.js';
import { instagramErrors } from './instagram.errors.js';

/** A type, not an interface, because it is stored in the ledger. */
export type ContainerState = { readonly status: string; readonly said: string };

/** A post or comment of the account, as far as a look needs it. */
export interface ListedPost {
  readonly id: string;
  readonly permalink: string | null;
  readonly text: string;
  readonly createdAt: Date;
  /** `FEED`, `REELS`, `STORY`; null where the list does not say. */
  readonly productType: string | null;
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

export const unreadable = unreadableBy('instagram', 'Instagram');

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}

export function readContainer(body: unknown): ContainerState | null {
  const status = textAt(body, 'status_code');
  return status === null ? null : { status, said: textAt(body, 'status') ?? '' };
}

/** Posts have a caption, comments a text. */
export function readListed(body: unknown): Listing<ListedPost> | null {
  return readListing(body, readPost);
}

function readPost(row: unknown): ListedPost | null {
  const id = wordAt(row, 'id');
  const createdAt = new Date(textAt(row, 'timestamp') ?? Number.NaN);
  if (id === null || Number.isNaN(createdAt.getTime())) return null;
  return {
    id,
    createdAt,
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

export const readInsights = insightsBy(metricOf);
