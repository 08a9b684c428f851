import type { HttpAnswer } from '../../common/http/index.js';
import {
  bodyOf,
  classifyAnswer,
  flagAt,
  isRecord,
  listAt,
  numberAt,
  PublishError,
  recordAt,
  textAt,
  type FailedAnswer,
  type JsonObject,
  type JsonRecord,
  type PostMetrics,
  unreadableBy,
} from '../core/index.js';
import { allBlueskyErrors } from './bluesky.errors.js';

export interface BlueskySession {
  readonly did: string;
  readonly handle: string;
  readonly accessJwt: string;
  readonly refreshJwt: string;
  readonly active: boolean;
  /** Why the account is not active: `deactivated`, `takendown`. */
  readonly status: string | null;
  readonly didDoc: JsonRecord | null;
}

export interface WrittenRecord {
  readonly uri: string;
  readonly cid: string;
}

export interface StoredRecord extends WrittenRecord {
  readonly value: JsonRecord;
}

/** A post as everybody sees it. */
export interface ShownPost extends WrittenRecord {
  readonly figures: PostMetrics['values'];
}

export interface RecordPage {
  readonly records: readonly StoredRecord[];
  readonly cursor: string | null;
}

/** State of a video at the video service. */
export type VideoJob =
  | { readonly jobId: string; readonly state: 'ready'; readonly blob: JsonObject }
  | { readonly jobId: string; readonly state: 'working' }
  | {
      readonly jobId: string;
      readonly state: 'failed';
      readonly failureCode: string | null;
      readonly message: string;
    };

function retryAfterMs(answer: HttpAnswer, now: Date): number | undefined {
  const reset = Number(answer.headers['ratelimit-reset'] ?? Number.NaN);
  if (answer.status !== 429 || !Number.isFinite(reset)) return undefined;
  return Math.max(0, reset * 1000 - now.getTime());
}

/** What an answer that is no success means. `RateLimit-Reset` counts seconds since 1970. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const body = bodyOf(answer);
  const code = textAt(body, 'error');
  const failed: FailedAnswer = {
    status: answer.status,
    code: code ?? undefined,
    message: textAt(body, 'message') ?? '',
    operation,
    retryAfterMs: retryAfterMs(answer, now),
    recognised: code !== null,
  };
  return classifyAnswer(allBlueskyErrors, failed);
}

export const unreadable = unreadableBy('bluesky', 'Bluesky');

export function videoFailure(job: { failureCode: string | null; message: string }): PublishError {
  return classifyAnswer(allBlueskyErrors, {
    status: 200,
    code: job.failureCode ?? undefined,
    message: job.message,
    operation: 'videoJob',
    recognised: true,
  });
}

export function readSession(body: unknown): BlueskySession | null {
  const did = textAt(body, 'did');
  const accessJwt = textAt(body, 'accessJwt');
  const refreshJwt = textAt(body, 'refreshJwt');
  if (did === null || accessJwt === null || refreshJwt === null) return null;
  return {
    did,
    handle: textAt(body, 'handle') ?? did,
    accessJwt,
    refreshJwt,
    active: flagAt(body, 'active') ?? true,
    status: textAt(body, 'status'),
    didDoc: recordAt(body, 'didDoc'),
  };
}

export function readWritten(body: unknown): WrittenRecord | null {
  const uri = textAt(body, 'uri');
  const cid = textAt(body, 'cid');
  return uri === null || cid === null ? null : { uri, cid };
}

/** What one call has written, in its order. */
export function readWrites(body: unknown): readonly WrittenRecord[] | null {
  return readEach(listAt(body, 'results'), readWritten);
}

export function readStored(body: unknown): StoredRecord | null {
  const written = readWritten(body);
  const value = recordAt(body, 'value');
  return written === null || value === null ? null : { ...written, value };
}

/** A page of records, the newest key first; null when it is none. */
export function readPage(body: unknown): RecordPage | null {
  const records = readEach(listAt(body, 'records'), readStored);
  return records === null ? null : { records, cursor: textAt(body, 'cursor') };
}

/** Posts of the AppView; what it does not show is not among them. Null when the answer is none. */
export function readShown(body: unknown): readonly ShownPost[] | null {
  return readEach(listAt(body, 'posts'), readShownPost);
}

function readShownPost(post: unknown): ShownPost | null {
  const written = readWritten(post);
  if (written === null) return null;
  const figures = {
    likes: numberAt(post, 'likeCount'),
    comments: numberAt(post, 'replyCount'),
    reposts: numberAt(post, 'repostCount'),
    quotes: numberAt(post, 'quoteCount'),
    saves: numberAt(post, 'bookmarkCount'),
  };
  const given = Object.entries(figures).filter(([, figure]) => figure !== null);
  return { ...written, figures: Object.fromEntries(given) };
}

/** A blob in its plain JSON form, which survives the ledger. */
export function readBlob(value: unknown): JsonObject | null {
  const link = textAt(value, 'ref', '$link');
  const mimeType = textAt(value, 'mimeType');
  const size = numberAt(value, 'size');
  if (link === null || mimeType === null || size === null) return null;
  return { $type: 'blob', ref: { $link: link }, mimeType, size };
}

/** The video service wraps the job in some answers and not in others. States that it does not list mean: still working. */
export function readJob(body: unknown): VideoJob | null {
  const job = recordAt(body, 'jobStatus') ?? body;
  const jobId = textAt(job, 'jobId');
  if (!isRecord(job) || jobId === null || jobId === '') return null;
  const blob = readBlob(job['blob']);
  if (blob !== null) return { jobId, state: 'ready', blob };
  if (textAt(job, 'state') !== 'JOB_STATE_FAILED') return { jobId, state: 'working' };
  return {
    jobId,
    state: 'failed',
    failureCode: textAt(job, 'failureCode'),
    message: textAt(job, 'message') ?? textAt(job, 'error') ?? '',
  };
}

/** Null when there is no list, or something in it cannot be read. */
function readEach<T>(
  list: readonly unknown[] | null,
  read: (item: unknown) => T | null,
): readonly T[] | null {
  if (list === null) return null;
  const items = list.map(read);
  return items.every((item) => item !== null) ? items : null;
}
