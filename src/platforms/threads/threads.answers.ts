import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  PublishError,
  recordAt,
  textAt,
  textsAt,
  unreadableBy,
  type MetricName,
} from '../core/index.js';
import { insightsBy, readGraphFailure, readListing, wordAt, type Listing } from '../families/meta/index.js';
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
  readonly createdAt: Date;
  readonly mediaType: string;
  /** The post that it answers; null where the list does not say. */
  readonly repliedTo: string | null;
}

/** A type, not an interface, because it is stored in the ledger. */
export type ContainerState = { readonly status: string; readonly errorMessage: string | null };

/** What an answer that is no success means. The status lies: a missing scope or a long text comes with 500 as well. */
export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  return classifyAnswer(threadsErrors, readGraphFailure(answer, operation, listedCodes));
}

const listedCodes = new Set(threadsErrors.rows.flatMap(({ code }) => code ?? []));

export const unreadable = unreadableBy('threads', 'Threads');

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

/** Threads names no address of the next page, also where there is one: only a page with nothing on it is behind the end. */
export function readPosts(body: unknown): Listing<ThreadsPost> | null {
  const page = readListing(body, readPost);
  if (page === null || page.items.length === 0) return page;
  return { ...page, after: textAt(body, 'paging', 'cursors', 'after') };
}

function readPost(row: unknown): ThreadsPost | null {
  const id = idAt(row, 'id');
  const createdAt = new Date(textAt(row, 'timestamp') ?? Number.NaN);
  if (id === null || Number.isNaN(createdAt.getTime())) return null;
  return {
    id,
    createdAt,
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

export const readInsights = insightsBy(metricOf);

/** Null where the platform does not say what was granted. */
export function readScopes(body: unknown): readonly string[] | null {
  const scopes = textsAt(body, 'data', 'scopes');
  return scopes.length === 0 ? null : scopes;
}
