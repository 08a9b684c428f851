import type { HttpAnswer } from '../../common/http/index.js';
import {
  bodyOf,
  classifyAnswer,
  flagAt,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  type LimitReading,
  type MetricName,
  type PostMetrics,
  type SeenAnswer,
  unreadableBy,
} from '../core/index.js';
import { tumblrErrors } from './tumblr.errors.js';
import { retryAfterOf } from './tumblr.waits.js';

/** A blog that the login writes to. */
export interface TumblrBlog {
  /** Stays when the blog is called otherwise. */
  readonly uuid: string;
  readonly name: string;
  readonly title: string;
  readonly url: string | null;
  readonly isPrimary: boolean;
}

/** A post of the blog, as far as a look needs it. */
export interface TumblrPost {
  readonly id: string;
  readonly url: string | null;
  readonly slug: string;
  readonly createdAt: Date;
}

/** What an answer that is no success means. The words in `detail` are filler, also of what never passes: nobody obeys them. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const body = bodyOf(answer);
  const errors = listAt(body, 'errors') ?? listAt(body, 'response', 'errors') ?? [];
  const inEnvelope = recordAt(body, 'meta') !== null || errors.length > 0;
  const codes = errors.map((error) => String(numberAt(error, 'code') ?? 0)).filter((code) => code !== '0');
  const code = codes.find((one) => listed.has(one)) ?? codes[0] ?? (inEnvelope ? undefined : 'not_json');
  return classifyAnswer(tumblrErrors, {
    status: answer.status,
    code,
    message: [textAt(errors[0], 'title'), textAt(errors[0], 'detail'), textAt(body, 'meta', 'msg')]
      .filter((words) => words !== null && words !== '')
      .join(': '),
    operation,
    retryAfterMs: retryAfterOf(answer, code, now),
    recognised: inEnvelope,
  });
}

const listed = new Set(tumblrErrors.rows.flatMap(({ code }) => code ?? []));

export const unreadable = unreadableBy('tumblr', 'Tumblr');

/** Ids are of 64 bits: `id_string`, or a number that the HTTP client has kept whole as text. */
export function idOf(value: unknown): string | null {
  const id = textAt(value, 'id_string') ?? textAt(value, 'id');
  if (id !== null && id !== '') return id;
  const number = numberAt(value, 'id');
  return number === null ? null : String(number);
}

export function readBlogs(body: unknown): TumblrBlog[] | null {
  return listAt(body, 'response', 'user', 'blogs')?.flatMap((blog) => readBlog(blog) ?? []) ?? null;
}

function readBlog(blog: unknown): TumblrBlog | null {
  const uuid = textAt(blog, 'uuid');
  const name = textAt(blog, 'name');
  if (uuid === null || name === null) return null;
  const title = textAt(blog, 'title') ?? '';
  return {
    ...{ uuid, name, title: title === '' ? name : title },
    url: textAt(blog, 'url'),
    isPrimary: flagAt(blog, 'primary') === true,
  };
}

export function readPost(post: unknown): TumblrPost | null {
  const id = idOf(post);
  const seconds = numberAt(post, 'timestamp');
  if (id === null || seconds === null) return null;
  const createdAt = new Date(seconds * 1000);
  return { id, createdAt, url: textAt(post, 'post_url'), slug: textAt(post, 'slug') ?? '' };
}

/** A list with an entry that cannot be read proves nothing, so it is none. */
export function readPosts(body: unknown): TumblrPost[] | null {
  const posts = listAt(body, 'response', 'posts')?.map(readPost);
  if (posts === undefined || posts.includes(null)) return null;
  return posts.filter((post) => post !== null);
}

const totals: Readonly<Partial<Record<MetricName, string>>> = {
  likes: 'total_likes',
  reposts: 'total_reblogs',
  engagements: 'total_notes',
};

export function readNotes(body: unknown): PostMetrics['values'] {
  const figures = Object.entries(totals).map(([name, field]) => [name, numberAt(body, 'response', field)]);
  return Object.fromEntries(figures.filter(([, figure]) => figure !== null)) as PostMetrics['values'];
}

/** What is left of the posts of the day. The documents do not name all keys. */
export function readQuota(body: unknown, now: Date): LimitReading[] {
  const posts = recordAt(body, 'response', 'user', 'posts');
  const remaining = numberAt(posts, 'remaining');
  const seconds = numberAt(posts, 'reset_at');
  if (remaining === null || seconds === null || seconds * 1000 <= now.getTime()) return [];
  return [{ limit: 'posts', remaining, resetAt: new Date(seconds * 1000), certain: true }];
}

/** The counters of the app, which all its accounts share. */
export function readCounters({ headers, receivedAt }: SeenAnswer): LimitReading[] {
  const counters = { calls_of_the_hour: 'perhour', calls_of_the_day: 'perday' };
  return Object.entries(counters).flatMap(([limit, window]) => {
    const remaining = Number(headers[`x-ratelimit-${window}-remaining`] ?? Number.NaN);
    const seconds = Number(headers[`x-ratelimit-${window}-reset`] ?? Number.NaN);
    if (!Number.isFinite(remaining) || !Number.isFinite(seconds)) return [];
    const resetAt = new Date(receivedAt.getTime() + seconds * 1000);
    return [{ limit, remaining: Math.max(0, remaining), resetAt, certain: true }];
  });
}
