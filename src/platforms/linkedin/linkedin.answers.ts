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
import { linkedinErrors } from './linkedin.errors.js';

/** A post of an author, as far as a look needs it. */
export interface LinkedinPost {
  readonly urn: string;
  /** Little text. */
  readonly commentary: string;
  readonly createdAt: Date;
  /** What `content.media`, `content.multiImage` and the thumbnail of `content.article` name. */
  readonly assets: readonly string[];
}

export interface LinkedinComment {
  readonly id: string;
  readonly actor: string;
  readonly text: string;
  readonly createdAt: Date;
}

export type AssetState = 'waiting' | 'ready' | 'failed';

const states: ReadonlyMap<string, AssetState> = new Map([
  ['WAITING_UPLOAD', 'waiting'],
  ['PROCESSING', 'waiting'],
  ['AVAILABLE', 'ready'],
  ['PROCESSING_FAILED', 'failed'],
]);

/** A type, not an interface, because it is stored in the ledger. */
export type UploadPart = { readonly uploadUrl: string; readonly first: number; readonly last: number };

/** Where the bytes of a file go. */
export type UploadSession = { readonly urn: string; readonly token: string; readonly parts: UploadPart[] };

/** What an answer that is no success means. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const body = bodyOf(answer);
  const code = textAt(body, 'errorDetails', 'inputErrors', 0, 'code') ?? textAt(body, 'code') ?? undefined;
  const service = numberAt(body, 'serviceErrorCode');
  const message = textAt(body, 'message') ?? '';
  const failed: FailedAnswer = {
    status: answer.status,
    code,
    subcode: service === null ? undefined : String(service),
    message,
    operation,
    retryAfterMs: answer.status === 429 ? waitOf(answer, message, now) : undefined,
    recognised: code !== undefined || service !== null || numberAt(body, 'status') !== null,
  };
  return classifyAnswer(linkedinErrors, failed);
}

/** Nothing in the headers: a limit of the day ends at midnight, that of comments within a minute. */
function waitOf({ headers }: HttpAnswer, message: string, now: Date): number | undefined {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  if (/\bDAY\b/.test(message)) return untilMidnight(now);
  return message.startsWith('Comment create throttled') ? 60_000 : undefined;
}

function untilMidnight(now: Date): number {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return next - now.getTime();
}

export const unreadable = unreadableBy('linkedin', 'LinkedIn');

export function readPost(body: unknown): LinkedinPost | null {
  const urn = textAt(body, 'id');
  const created = numberAt(body, 'createdAt') ?? numberAt(body, 'publishedAt');
  if (urn === null || created === null) return null;
  return {
    urn,
    commentary: textAt(body, 'commentary') ?? '',
    createdAt: new Date(created),
    assets: assetsOf(body),
  };
}

export function readComment(body: unknown): LinkedinComment | null {
  const id = idAt(body, 'id');
  const created = numberAt(body, 'created', 'time');
  if (id === null || created === null) return null;
  return {
    id,
    actor: textAt(body, 'actor') ?? '',
    text: textAt(body, 'message', 'text') ?? '',
    createdAt: new Date(created),
  };
}

/** A list with one entry that cannot be read proves nothing, so it is none. */
export function readAll<T>(body: unknown, read: (entry: unknown) => T | null): T[] | null {
  const entries = listAt(body, 'elements')?.map(read);
  if (entries === undefined || entries.includes(null)) return null;
  return entries.filter((entry) => entry !== null);
}

/** Ids are text; some come as numbers. */
export function idAt(body: unknown, name: string): string | null {
  const number = numberAt(body, name);
  const id = number === null ? textAt(body, name) : String(number);
  return id === '' ? null : id;
}

export function readUpload(body: unknown, asset: 'image' | 'document', bytes: number): UploadSession | null {
  const urn = textAt(body, 'value', asset);
  const uploadUrl = textAt(body, 'value', 'uploadUrl');
  if (urn === null || uploadUrl === null) return null;
  return { urn, token: '', parts: [{ uploadUrl, first: 0, last: bytes - 1 }] };
}

export function readVideoUpload(body: unknown): UploadSession | null {
  const urn = textAt(body, 'value', 'video');
  const parts = listAt(body, 'value', 'uploadInstructions')?.map(readPart);
  if (urn === null || parts === undefined || parts.length === 0 || parts.includes(null)) return null;
  return {
    urn,
    token: textAt(body, 'value', 'uploadToken') ?? '',
    parts: parts.filter((part) => part !== null),
  };
}

export function readState(body: unknown): AssetState | null {
  const state = textAt(body, 'status') ?? '';
  return states.get(state) ?? null;
}

/** A post that nobody has seen yet is not in the list. */
export function readStatistics(body: unknown): PostMetrics['values'] {
  const [first] = listAt(body, 'elements') ?? [];
  const names = {
    views: 'impressionCount',
    reach: 'uniqueImpressionsCount',
    clicks: 'clickCount',
    likes: 'likeCount',
    comments: 'commentCount',
    shares: 'shareCount',
  };
  const counts = Object.entries(names).map(
    ([name, field]) => [name, numberAt(first, 'totalShareStatistics', field)] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count !== null));
}

function readPart(body: unknown): UploadPart | null {
  const uploadUrl = textAt(body, 'uploadUrl');
  const first = numberAt(body, 'firstByte');
  const last = numberAt(body, 'lastByte');
  return uploadUrl === null || first === null || last === null ? null : { uploadUrl, first, last };
}

function assetsOf(body: unknown): string[] {
  const images = listAt(body, 'content', 'multiImage', 'images') ?? [];
  const found = [
    textAt(body, 'content', 'media', 'id'),
    textAt(body, 'content', 'article', 'thumbnail'),
    ...images.map((image) => textAt(image, 'id')),
  ];
  return found.filter((urn) => urn !== null);
}
