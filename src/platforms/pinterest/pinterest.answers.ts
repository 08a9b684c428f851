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
  type PostMetrics,
  unreadableBy,
} from '../core/index.js';
import { pinterestErrors } from './pinterest.errors.js';

export interface PinterestAccount {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly accountType: string;
  readonly avatarUrl: string | null;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  readonly privacy: string;
  readonly isAdsOnly: boolean;
}

export interface Section {
  readonly id: string;
  readonly name: string;
}

/** A pin of a board, as far as a look needs it. */
export interface SeenPin {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly altText: string;
  readonly link: string | null;
  readonly mediaType: string | null;
  readonly isOwn: boolean;
  readonly createdAt: Date;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly bookmark: string | null;
}

export interface UploadTarget {
  readonly mediaId: string;
  readonly url: string;
  readonly parameters: readonly (readonly [name: string, value: string])[];
}

/** What an answer that is no success means. The storage of videos writes XML, the API `{ code, message }`. */
export function failureOf(answer: HttpAnswer, operation: string): PublishError {
  const body = bodyOf(answer);
  const number = numberAt(body, 'code');
  const [, word] = /<Code>([A-Za-z]+)<\/Code>/.exec(answer.text()) ?? [];
  const code = number === null ? word : String(number);
  return classifyAnswer(pinterestErrors, {
    status: answer.status,
    code,
    message: textAt(body, 'message') ?? '',
    operation,
    retryAfterMs: answer.status === 429 ? waitOf(answer.headers) : undefined,
    recognised: code !== undefined,
  });
}

/** What Pinterest has found in a video after it had taken it. */
export function mediaFailure(operation: string): PublishError {
  const failed = { status: 200, code: 'failed', message: '', operation, recognised: true };
  return classifyAnswer(pinterestErrors, failed);
}

/** `100, 100;w=60` and `100` begin with the same number. */
export function headerNumber(headers: Readonly<Record<string, string>>, name: string): number | null {
  const [found] = /^\d+/.exec(headers[name] ?? '') ?? [];
  return found === undefined ? null : Number(found);
}

function waitOf(headers: Readonly<Record<string, string>>): number | undefined {
  const seconds = headerNumber(headers, 'retry-after') ?? headerNumber(headers, 'x-ratelimit-reset');
  return seconds === null ? undefined : seconds * 1000;
}

export const unreadable = unreadableBy('pinterest', 'Pinterest');

export function readAccount(body: unknown): PinterestAccount | null {
  const [id, username] = [textAt(body, 'id'), textAt(body, 'username')];
  if (id === null || username === null) return null;
  return {
    id,
    username,
    name: textAt(body, 'business_name') ?? username,
    accountType: textAt(body, 'account_type') ?? 'PINNER',
    avatarUrl: textAt(body, 'profile_image'),
  };
}

export function readUpload(body: unknown): UploadTarget | null {
  const [mediaId, url] = [textAt(body, 'media_id'), textAt(body, 'upload_url')];
  const given = recordAt(body, 'upload_parameters');
  if (mediaId === null || url === null || given === null) return null;
  const parameters = Object.keys(given).map((name) => [name, textAt(given, name) ?? ''] as const);
  return { mediaId, url, parameters };
}

/** A page with one item that cannot be read proves nothing, so it is none. */
export function readPage<T>(body: unknown, read: (item: unknown) => T | null): Page<T> | null {
  const items = listAt(body, 'items')?.map(read);
  if (items === undefined || items.includes(null)) return null;
  return { items: items.filter((item) => item !== null), bookmark: textAt(body, 'bookmark') };
}

export function readBoard(item: unknown): Board | null {
  const [id, name] = [textAt(item, 'id'), textAt(item, 'name')];
  if (id === null || name === null) return null;
  const isAdsOnly = flagAt(item, 'is_ads_only') ?? false;
  return { id, name, privacy: textAt(item, 'privacy') ?? 'PUBLIC', isAdsOnly };
}

export function readSection(item: unknown): Section | null {
  const [id, name] = [textAt(item, 'id'), textAt(item, 'name')];
  return id === null || name === null ? null : { id, name };
}

export function readPin(item: unknown): SeenPin | null {
  const id = textAt(item, 'id');
  const createdAt = timeOf(textAt(item, 'created_at'));
  if (id === null || createdAt === null) return null;
  return {
    id,
    title: textAt(item, 'title') ?? '',
    description: textAt(item, 'description') ?? '',
    altText: textAt(item, 'alt_text') ?? '',
    link: textAt(item, 'link'),
    mediaType: textAt(item, 'media', 'media_type'),
    // Boards are shared; an answer that does not say whose a pin is does not rule it out.
    isOwn: flagAt(item, 'is_owner') ?? true,
    createdAt,
  };
}

/** Live answers have no time zone, the description does: it is UTC. */
function timeOf(written: string | null): Date | null {
  if (written === null) return null;
  const hasZone = /(Z|[+-]\d\d:?\d\d)$/.test(written);
  const time = new Date(hasZone ? written : `${written}Z`);
  return Number.isNaN(time.getTime()) ? null : time;
}

/** Figures of the whole life of a pin; of accounts without analytics there are none. */
export function readMetrics(body: unknown): PostMetrics['values'] {
  const given = recordAt(body, 'pin_metrics', 'lifetime_metrics');
  const values = {
    views: numberAt(given, 'impression'),
    clicks: numberAt(given, 'clickthrough'),
    likes: numberAt(given, 'reaction'),
    comments: numberAt(given, 'comment'),
    saves: numberAt(given, 'save'),
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}
