import type { HttpAnswer } from '../../common/http/index.js';
import {
  classifyAnswer,
  listAt,
  PublishError,
  recordAt,
  textAt,
  unreadableBy,
  type LiveOption,
  type PostMetrics,
} from '../core/index.js';
import { googleBody, readGoogleFailure, untilPacificMidnight } from '../families/google/index.js';
import { youtubeErrors } from './youtube.errors.js';

const dayMs = 24 * 60 * 60_000;

export interface YoutubeChannel {
  readonly id: string;
  readonly title: string;
  readonly handle: string | null;
  readonly avatarUrl: string | null;
  /** The playlist of everything that was uploaded. */
  readonly uploads: string | null;
  readonly longUploads: string | null;
}

export interface YoutubeVideo {
  readonly id: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly publishedAt: Date | null;
  readonly privacy: string | null;
  readonly uploadStatus: string | null;
  /** Why it failed or was rejected. */
  readonly reason: string | null;
  readonly fileBytes: number | null;
}

export interface YoutubeComment {
  readonly id: string;
  readonly author: string | null;
  readonly text: string | null;
  readonly createdAt: Date;
}

/** An entry of a playlist. */
export interface PlaylistEntry {
  readonly id: string;
  readonly videoId: string;
  readonly addedAt: Date | null;
}

/** A page of whatever is listed. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

export { googleBody as bodyOf };

/** What an answer that is no success means. */
export function failureOf(answer: HttpAnswer, operation: string, now: Date): PublishError {
  const failed = readGoogleFailure(answer, operation);
  const retryAfterMs = failed.retryAfterMs ?? waitOf(failed, now);
  return classifyAnswer(youtubeErrors, {
    ...failed,
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  });
}

/** Nothing in the headers: quotas of the project are full again at midnight in California, that of a channel after a day. */
function waitOf(
  { code, message }: { code?: string | undefined; message: string },
  now: Date,
): number | undefined {
  const ofDay =
    ['quotaExceeded', 'dailyLimitExceeded'].includes(code ?? '') ||
    /limit 'Video Uploads per day'/.test(message);
  if (ofDay) return untilPacificMidnight(now);
  return ['uploadLimitExceeded', 'uploadRateLimitExceeded'].includes(code ?? '') ? dayMs : undefined;
}

export const unreadable = unreadableBy('youtube', 'YouTube');

export function expect<T>(value: T | null, operation: string): T {
  if (value === null) throw unreadable(operation);
  return value;
}

/** A list with one entry that cannot be read proves nothing, so it is none. */
export function readPage<T>(body: unknown, read: (entry: unknown) => T | null): Page<T> | null {
  // Google leaves an empty list out.
  const entries = (listAt(body, 'items') ?? (recordAt(body) === null ? null : []))?.map(read);
  if (entries === undefined || entries.includes(null)) return null;
  return { items: entries.filter((entry) => entry !== null), next: textAt(body, 'nextPageToken') };
}

export function readChannel(body: unknown): YoutubeChannel | null {
  const id = textAt(body, 'id');
  if (id === null) return null;
  return {
    id,
    title: textAt(body, 'snippet', 'title') ?? id,
    handle: textAt(body, 'snippet', 'customUrl'),
    avatarUrl: textAt(body, 'snippet', 'thumbnails', 'default', 'url'),
    uploads: textAt(body, 'contentDetails', 'relatedPlaylists', 'uploads'),
    longUploads: textAt(body, 'status', 'longUploadsStatus'),
  };
}

export function readVideo(body: unknown): YoutubeVideo | null {
  const id = textAt(body, 'id');
  if (id === null) return null;
  return {
    id,
    title: textAt(body, 'snippet', 'title'),
    description: textAt(body, 'snippet', 'description'),
    publishedAt: dateOf(textAt(body, 'snippet', 'publishedAt')),
    privacy: textAt(body, 'status', 'privacyStatus'),
    uploadStatus: textAt(body, 'status', 'uploadStatus'),
    reason: textAt(body, 'status', 'failureReason') ?? textAt(body, 'status', 'rejectionReason'),
    fileBytes: countOf(textAt(body, 'fileDetails', 'fileSize')),
  };
}

export function readEntry(body: unknown): PlaylistEntry | null {
  const id = textAt(body, 'id');
  const videoId =
    textAt(body, 'contentDetails', 'videoId') ?? textAt(body, 'snippet', 'resourceId', 'videoId');
  if (id === null || videoId === null) return null;
  return { id, videoId, addedAt: dateOf(textAt(body, 'snippet', 'publishedAt')) };
}

export function readComment(body: unknown): YoutubeComment | null {
  const id = textAt(body, 'id');
  const comment = recordAt(body, 'snippet', 'topLevelComment', 'snippet');
  const createdAt = dateOf(textAt(comment, 'publishedAt'));
  if (id === null || createdAt === null) return null;
  const author = textAt(comment, 'authorChannelId', 'value');
  return { id, author, text: textAt(comment, 'textOriginal'), createdAt };
}

/** A category that no video may have is left out. */
export function readOption(body: unknown): LiveOption | null {
  const value = textAt(body, 'id');
  const label = textAt(body, 'snippet', 'title');
  return value === null || label === null ? null : { value, label };
}

/** What is hidden is left out. */
export function readStatistics(body: unknown): PostMetrics['values'] {
  const names = { views: 'viewCount', likes: 'likeCount', comments: 'commentCount' };
  const counts = Object.entries(names).map(
    ([name, field]) => [name, countOf(textAt(body, 'statistics', field))] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count !== null));
}

/** How many bytes a session has; without the header it has none. */
export function receivedOf({ headers }: HttpAnswer): number {
  const last = /^bytes=0-(\d+)$/.exec(headers['range'] ?? '')?.[1];
  return last === undefined ? 0 : Number(last) + 1;
}

function dateOf(text: string | null): Date | null {
  const date = new Date(text ?? Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date;
}

/** Counts come as text. */
function countOf(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text) ? Number(text) : null;
}
